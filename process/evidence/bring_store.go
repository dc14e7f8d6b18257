package evidence

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
)

// dealRow is as much of a deal's row as decides about its process and its stage.
type dealRow struct {
	ID         deals.ID `db:"id"`
	Stage      string   `db:"stage"`
	StageSince int64    `db:"stage_since"`
	Minor      *int64   `db:"amount_minor"`
	Currency   string   `db:"currency"`
	Segment    string   `db:"segment"`
	Product    string   `db:"product"`
	Process    string   `db:"process_id"`
	Outcome    string   `db:"outcome"`
}

// opportunity is the deal, as far as the row tells.
func (r dealRow) opportunity() deals.Opportunity {
	o := deals.Opportunity{ID: r.ID, Stage: r.Stage, StageSince: calendar.Instant(r.StageSince), Process: r.Process, Outcome: deals.Outcome(r.Outcome),
		Attributes: map[string]string{"segment": r.Segment, "product": r.Product}}
	if r.Minor != nil {
		o.Amount = &money.Amount{Minor: *r.Minor, Currency: money.Currency(r.Currency)}
	}
	return o
}

// deciding reads the rows of deals.
func deciding(ctx context.Context, d *db.DB, list []deals.ID) ([]dealRow, error) {
	return db.All[dealRow](ctx, d, `
		select id, coalesce(stage, '') as stage, coalesce(stage_since, 0) as stage_since, amount_minor, coalesce(currency, '') as currency,
			coalesce(segment, '') as segment, coalesce(product, '') as product, process_id, coalesce(outcome, '') as outcome
		from opportunities
		where org_id = $1 and `+d.OneOf("id", 2)+`
		order by id`, d.Org(), db.List(list))
}

// foldedEntry is as much of an entry as this room folds.
type foldedEntry struct {
	Sequence    int64            `db:"sequence"`
	ID          string           `db:"id"`
	RecordedAt  calendar.Instant `db:"recorded_at"`
	EffectiveAt calendar.Instant `db:"effective_at"`
	Actor       string           `db:"actor"`
	Via         ledger.Via       `db:"via"`
	Kind        ledger.Kind      `db:"kind"`
	Subject     string           `db:"subject"`
	Opportunity string           `db:"opportunity_id"`
	Payload     string           `db:"payload"`
}

// foldedOf reads the entries of deals that this room folds, and no others.
func foldedOf(ctx context.Context, d *db.DB, list []deals.ID) (map[deals.ID][]ledger.Entry, error) {
	kinds := append([]ledger.Kind{deals.ProcessSet, deals.MilestoneRecorded}, Kinds...)
	byDeal := make(map[deals.ID][]ledger.Entry, len(list))
	err := db.Each(ctx, d, func(e *foldedEntry) error {
		byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], ledger.Entry{Sequence: e.Sequence, ID: e.ID, RecordedAt: e.RecordedAt, EffectiveAt: e.EffectiveAt,
			Actor: e.Actor, Via: e.Via, Kind: e.Kind, Subject: e.Subject, Opportunity: e.Opportunity, Payload: e.Payload})
		return nil
	}, `
		select sequence, id, recorded_at, effective_at, actor, via, kind, subject, opportunity_id, payload
		from entries
		where org_id = $1 and opportunity_id is not null and `+d.OneOf("opportunity_id", 2)+` and `+d.OneOf("kind", 3)+`
		order by opportunity_id, sequence`, d.Org(), db.List(list), db.List(kinds))
	return byDeal, err
}

// changes are the rows to be written and taken out for deals that come along.
type changes struct {
	fresh, moved, none   [][]any // of deal_processes: to insert, to update, to take out
	shownGone, itemsGone [][]any // keys of rows that are there
	shown, items         [][]any
}

// resettle writes what differs between two standings of deals: which version they
// follow, and the milestones of which something changed. Only rows that are there are
// taken out, each by its key.
func resettle(ctx context.Context, tx *db.DB, list []brought) error {
	var c changes
	for i := range list {
		c.take(tx.Org(), &list[i])
	}
	deal, milestone := []string{"org_id", "deal_id"}, []string{"org_id", "deal_id", "milestone_id"}
	under := []string{"process_id", "number", "since"}
	for _, step := range []struct {
		do    func(context.Context, string, []string, [][]any) error
		table string
		names []string
		rows  [][]any
	}{
		{tx.DeleteMany, "deal_processes", deal, c.none},
		{tx.InsertMany, "deal_processes", append(deal, under...), c.fresh},
		{tx.DeleteMany, "deal_milestones", milestone, c.shownGone},
		{tx.InsertMany, "deal_milestones", milestoneColumns, c.shown},
		{tx.DeleteMany, "evidence", append(milestone, "id"), c.itemsGone},
		{tx.InsertMany, "evidence", itemColumns, c.items},
	} {
		if err := step.do(ctx, step.table, step.names, step.rows); err != nil {
			return err
		}
	}
	return tx.UpdateMany(ctx, "deal_processes", deal, under, c.moved)
}

func (c *changes) take(org db.Org, b *brought) {
	under := []any{string(org), string(b.id), string(b.after.Process), int64(b.after.Number), int64(b.after.Since)}
	switch {
	case b.after.Process == "":
		c.none = append(c.none, under[:2])
	case b.before.Process == "":
		c.fresh = append(c.fresh, under)
	default:
		c.moved = append(c.moved, under)
	}
	for _, m := range b.touched() {
		if _, had := b.before.Shown[m]; had {
			c.shownGone = append(c.shownGone, []any{string(org), string(b.id), string(m)})
		}
		if is, has := b.after.Shown[m]; has {
			c.shown = append(c.shown, milestoneValues(org, b.id, &is))
		}
		for k := range b.before.Items {
			if i := &b.before.Items[k]; i.Milestone == m {
				c.itemsGone = append(c.itemsGone, []any{string(org), string(b.id), string(m), string(i.ID)})
			}
		}
		for k := range b.after.Items {
			if b.after.Items[k].Milestone == m {
				c.items = append(c.items, itemValues(org, b.id, &b.after.Items[k]))
			}
		}
	}
}
