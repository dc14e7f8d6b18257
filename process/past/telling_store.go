package past

import (
	"context"
	"slices"
	"sync"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

type reachedRow struct {
	Deal      deals.ID            `db:"deal_id"`
	Milestone process.MilestoneID `db:"milestone_id"`
	Since     calendar.Instant    `db:"since"`
}

// eachReached visits which milestones stand in which deals, and since when.
func eachReached(ctx context.Context, d *db.DB, ids []process.MilestoneID, visit func(*reachedRow) error) error {
	return db.Each(ctx, d, visit, `
		select deal_id, milestone_id, since
		from deal_milestones
		where org_id = $1 and state in ('claimed', 'confirmed') and `+d.OneOf("milestone_id", 2), d.Org(), db.List(ids))
}

// memory keeps the labels of the histories that are being looked at, so that a page reads
// only what the ledger has gained.
type memory struct {
	turn sync.Mutex
	held map[db.Org]*heldLabels
}

type heldLabels struct {
	head   int64
	labels map[deals.ID]reaches
}

// mostHeld is how many organizations' labels are kept.
const mostHeld = 8

// labels gives the labels of every deal, to be read only while use runs.
func (m *memory) labels(ctx context.Context, d *db.DB, use func(map[deals.ID]reaches)) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	head, err := ledger.Head(ctx, d, d.Org())
	if err != nil {
		return err
	}
	h := m.held[d.Org()]
	if h == nil || head < h.head { // a restored ledger may be shorter than what is held
		h = &heldLabels{labels: map[deals.ID]reaches{}}
	}
	if err := h.read(ctx, d, head); err != nil {
		return err
	}
	if len(m.held) >= mostHeld || m.held == nil {
		m.held = map[db.Org]*heldLabels{}
	}
	m.held[d.Org()] = h
	use(h.labels)
	return nil
}

func (h *heldLabels) read(ctx context.Context, d *db.DB, head int64) error {
	if head == h.head {
		return nil
	}
	err := eachLabel(ctx, d, []ledger.Kind{deals.MilestoneRecorded}, h.head, head, func(r *labelRow, fact *deals.Fact) {
		if fact.Value != "revoked" {
			list := h.labels[r.Opportunity]
			list.take(fact.Name, r.Effective)
			h.labels[r.Opportunity] = list
		}
	})
	if err == nil {
		h.head = head
	}
	return err
}

// ways reads how deals went through the newest version of a process: those that follow
// it, and those that ended before it was first published, by the labels of their history.
func (m *memory) ways(ctx context.Context, d *db.DB, p *process.Process, definition *process.Definition) ([]Way, error) {
	rows, err := readDeals(ctx, d)
	if err != nil {
		return nil, err
	}
	place := map[process.MilestoneID]int{}
	var ids []process.MilestoneID
	for i, milestone := range definition.Milestones() {
		place[milestone.ID] = i
		ids = append(ids, milestone.ID)
	}
	began := calendar.Instant(0)
	if len(p.Versions) > 0 {
		began = p.Versions[0].At
	}
	rows = slices.DeleteFunc(rows, func(r dealRow) bool {
		return r.Process != p.ID && (r.Process != "" || r.Outcome == "" || began != 0 && r.Closed >= began)
	})
	list, at, byID := make([]Way, len(rows)), make([]calendar.Instant, len(rows)*len(ids)), make(map[deals.ID]int, len(rows))
	for i, r := range rows {
		list[i] = Way{Owner: r.Owner, Opened: r.Opened, Outcome: r.Outcome, At: at[i*len(ids) : (i+1)*len(ids)]}
		byID[r.ID] = i
	}
	if err := eachReached(ctx, d, ids, func(r *reachedRow) error {
		if i, is := byID[r.Deal]; is {
			list[i].At[place[r.Milestone]] = r.Since
		}
		return nil
	}); err != nil {
		return nil, err
	}
	known := false
	err = m.labels(ctx, d, func(labels map[deals.ID]reaches) { known = recall(definition, rows, list, labels) })
	if !known { // the history tells of other things: only deals that follow the process count
		kept := list[:0]
		for i := range rows {
			if rows[i].Process == p.ID {
				kept = append(kept, list[i])
			}
		}
		list = kept
	}
	return list, err
}

// recall puts in what the labels of a history say of deals that follow no process, and
// tells whether the process knows any of them.
func recall(d *process.Definition, rows []dealRow, list []Way, labels map[deals.ID]reaches) (known bool) {
	place := map[process.MilestoneID]int{}
	for i, milestone := range d.Milestones() {
		place[milestone.ID] = i
	}
	meant := map[string]int{}
	for i := range rows {
		if rows[i].Process != "" {
			continue
		}
		for _, is := range labels[rows[i].ID] {
			to, asked := meant[is.Label]
			if !asked {
				to = -1
				if id, means := d.Labelled(is.Label); means {
					to = place[id]
				}
				meant[is.Label] = to
			}
			if to >= 0 && (list[i].At[to] == 0 || is.At < list[i].At[to]) {
				list[i].At[to], known = is.At, true
			}
		}
	}
	return known
}
