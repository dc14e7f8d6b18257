package past

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
)

type dealRow struct {
	ID      deals.ID         `db:"id"`
	Owner   people.ID        `db:"owner_id"`
	Process process.ID       `db:"process_id"`
	Opened  calendar.Instant `db:"created_at"`
	Outcome deals.Outcome    `db:"outcome"`
	Closed  calendar.Instant `db:"closed_at"`
}

// readDeals reads every deal, as little of it as is needed here.
func readDeals(ctx context.Context, d *db.DB) ([]dealRow, error) {
	return db.All[dealRow](ctx, d, `
		select id, coalesce(owner_id, '') as owner_id, process_id, created_at, coalesce(outcome, '') as outcome, coalesce(closed_at, 0) as closed_at
		from opportunities
		where org_id = $1
		order by id`, d.Org())
}

type labelRow struct {
	Sequence    int64            `db:"sequence"`
	Effective   calendar.Instant `db:"effective_at"`
	Kind        ledger.Kind      `db:"kind"`
	Opportunity deals.ID         `db:"opportunity_id"`
	Payload     string           `db:"payload"`
}

// eachLabel visits what was recorded of stages and milestones, by label, in the order in
// which it was true: that of a stretch of the ledger.
func eachLabel(ctx context.Context, d *db.DB, kinds []ledger.Kind, after, upTo int64, visit func(*labelRow, *deals.Fact)) error {
	return db.Each(ctx, d, func(r *labelRow) error {
		var fact deals.Fact
		if r.Payload == "" { // erased
			return nil
		}
		if err := json.Unmarshal([]byte(r.Payload), &fact); err != nil {
			return fmt.Errorf("reading the payload of entry %d: %w", r.Sequence, err)
		}
		visit(r, &fact)
		return nil
	}, `
		select sequence, effective_at, kind, opportunity_id, payload
		from entries
		where org_id = $1 and sequence > $2 and sequence <= $3 and opportunity_id is not null and `+d.OneOf("kind", 4)+`
		order by effective_at, sequence`, d.Org(), after, upTo, db.List(kinds))
}

// reaches are when a deal first reached each label.
type reaches []process.Reach

func (r *reaches) take(label string, at calendar.Instant) {
	if label == "" {
		return
	}
	if i := slices.IndexFunc(*r, func(has process.Reach) bool { return has.Label == label }); i >= 0 {
		(*r)[i].At = min((*r)[i].At, at) // a later stretch of the ledger may tell of an earlier time
		return
	}
	*r = append(*r, process.Reach{Label: label, At: at})
}

// history is what a ledger says of deals by labels.
type history struct {
	deals      []dealRow
	stages     map[deals.ID]reaches
	milestones map[deals.ID]reaches
}

func readHistory(ctx context.Context, d *db.DB) (*history, error) {
	h := &history{stages: map[deals.ID]reaches{}, milestones: map[deals.ID]reaches{}}
	var err error
	if h.deals, err = readDeals(ctx, d); err != nil {
		return nil, err
	}
	head, err := ledger.Head(ctx, d, d.Org())
	if err != nil {
		return nil, err
	}
	followed := map[deals.ID]bool{} // their stages are phases of a process, which says nothing new
	err = eachLabel(ctx, d, []ledger.Kind{deals.StageSet, deals.MilestoneRecorded, deals.ProcessSet}, 0, head, func(r *labelRow, fact *deals.Fact) {
		to, label := h.stages, fact.Value
		switch r.Kind {
		case deals.ProcessSet:
			followed[r.Opportunity] = fact.Name != ""
			return
		case deals.MilestoneRecorded:
			to, label = h.milestones, fact.Name
			if fact.Value == "revoked" {
				return
			}
		default:
			if followed[r.Opportunity] {
				return
			}
		}
		list := to[r.Opportunity]
		list.take(label, r.Effective)
		to[r.Opportunity] = list
	})
	return h, err
}

func (h *history) hasMilestones() bool { return len(h.milestones) > 0 }

// beginning is the stage that most deals have first.
func (h *history) beginning() string {
	counts, most := map[string]int{}, ""
	for _, list := range h.stages {
		first := list[0].Label
		counts[first]++
		if counts[first] > counts[most] || counts[first] == counts[most] && first < most {
			most = first
		}
	}
	return most
}

// traces are the deals as discovery takes them. Of stages, the one in which deals begin
// is no milestone.
func (h *history) traces(ofStages bool) []process.Trace {
	from, beginning := h.milestones, ""
	if ofStages {
		from, beginning = h.stages, h.beginning()
	}
	list := make([]process.Trace, len(h.deals))
	for i, r := range h.deals {
		reached := slices.DeleteFunc(slices.Clone(from[r.ID]), func(is process.Reach) bool { return is.Label == beginning })
		list[i] = process.Trace{Opened: r.Opened, Outcome: r.Outcome, Reached: reached}
	}
	return list
}
