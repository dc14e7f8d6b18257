package past

import (
	"context"
	"encoding/json"
	"fmt"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/process"
)

// wayRow is as much of a deal as its way begins with.
type wayRow struct {
	dealRow
	Number int `db:"number"` // of the version that it follows
}

// eachDeal visits deals: some, or all when the list is nil.
func eachDeal(ctx context.Context, d *db.DB, some []deals.ID, visit func(*wayRow) error) error {
	only, args := "", []any{d.Org()}
	if some != nil {
		only, args = ` and `+d.OneOf("o.id", 2), append(args, db.List(some))
	}
	return db.Each(ctx, d, visit, `
		select o.id, coalesce(o.owner_id, '') as owner_id, o.process_id, o.created_at, coalesce(o.outcome, '') as outcome,
			coalesce(o.closed_at, 0) as closed_at, coalesce(p.number, 0) as number
		from opportunities o
		left join deal_processes p on p.org_id = o.org_id and p.deal_id = o.id
		where o.org_id = $1`+only, args...)
}

type reachedRow struct {
	Deal      deals.ID            `db:"deal_id"`
	Milestone process.MilestoneID `db:"milestone_id"`
	Since     calendar.Instant    `db:"since"`
}

// eachReached visits which of some milestones stand in deals, and since when.
func eachReached(ctx context.Context, d *db.DB, ids []process.MilestoneID, some []deals.ID, visit func(*reachedRow) error) error {
	only, args := "", []any{d.Org(), db.List(ids)}
	if some != nil {
		only, args = ` and `+d.OneOf("deal_id", 3), append(args, db.List(some))
	}
	return db.Each(ctx, d, visit, `
		select deal_id, milestone_id, since
		from deal_milestones
		where org_id = $1 and state in ('claimed', 'confirmed') and `+d.OneOf("milestone_id", 2)+only, args...)
}

// eachRecorded visits the milestones that histories name, by their labels.
func eachRecorded(ctx context.Context, d *db.DB, some []deals.ID, visit func(*labelRow, *deals.Fact)) error {
	only, args := "", []any{d.Org(), deals.MilestoneRecorded}
	if some != nil {
		only, args = ` and `+d.OneOf("opportunity_id", 3), append(args, db.List(some))
	}
	return db.Each(ctx, d, func(r *labelRow) error {
		if r.Payload == "" { // erased
			return nil
		}
		var fact deals.Fact
		if err := json.Unmarshal([]byte(r.Payload), &fact); err != nil {
			return fmt.Errorf("reading the payload of entry %d: %w", r.Sequence, err)
		}
		visit(r, &fact)
		return nil
	}, `
		select sequence, effective_at, kind, opportunity_id, payload
		from entries
		where org_id = $1 and kind = $2 and opportunity_id is not null`+only, args...)
}

// touchedSince lists deals of which something was recorded after a place in the ledger,
// up to so many.
func touchedSince(ctx context.Context, d *db.DB, after int64, most int) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and sequence > $2 and opportunity_id is not null
		limit $3`, d.Org(), after, most)
}
