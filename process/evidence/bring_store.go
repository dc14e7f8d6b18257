package evidence

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/process"
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
}

// opportunity is an open deal, as far as the row tells.
func (r dealRow) opportunity() deals.Opportunity {
	o := deals.Opportunity{ID: r.ID, Stage: r.Stage, StageSince: calendar.Instant(r.StageSince), Process: r.Process,
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
			coalesce(segment, '') as segment, coalesce(product, '') as product, process_id
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

// resettle writes what differs between two standings of deals: which version they
// follow, and the milestones of which something changed.
func resettle(ctx context.Context, tx *db.DB, list []brought) error {
	var under, shown, items [][]any
	touched := map[process.MilestoneID][]deals.ID{}
	ids := make([]deals.ID, len(list))
	for i := range list {
		b := &list[i]
		ids[i] = b.id
		under = append(under, []any{string(tx.Org()), string(b.id), string(b.after.Process), int64(b.after.Number), int64(b.after.Since)})
		for _, m := range b.touched() {
			touched[m] = append(touched[m], b.id)
			if is, has := b.after.Shown[m]; has {
				shown = append(shown, milestoneValues(tx.Org(), b.id, &is))
			}
			for k := range b.after.Items {
				if b.after.Items[k].Milestone == m {
					items = append(items, itemValues(tx.Org(), b.id, &b.after.Items[k]))
				}
			}
		}
	}
	if _, err := tx.Exec(ctx, `delete from deal_processes where org_id = $1 and `+tx.OneOf("deal_id", 2), tx.Org(), db.List(ids)); err != nil {
		return fmt.Errorf("clearing which process deals follow: %w", err)
	}
	for m, ids := range touched {
		slices.Sort(ids)
		for _, table := range []string{"deal_milestones", "evidence"} {
			if _, err := tx.Exec(ctx, `delete from `+table+` where org_id = $1 and milestone_id = $3 and `+tx.OneOf("deal_id", 2), tx.Org(), db.List(ids), m); err != nil {
				return fmt.Errorf("clearing %s: %w", table, err)
			}
		}
	}
	if err := tx.InsertMany(ctx, "deal_processes", []string{"org_id", "deal_id", "process_id", "number", "since"}, under); err != nil {
		return fmt.Errorf("writing which process deals follow: %w", err)
	}
	if err := tx.InsertMany(ctx, "deal_milestones", milestoneColumns, shown); err != nil {
		return fmt.Errorf("writing milestones: %w", err)
	}
	return tx.InsertMany(ctx, "evidence", itemColumns, items)
}
