package audits

import (
	"context"
	"fmt"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

// Wait is an audit for which its auditor has something to do.
type Wait struct {
	ID    ID        `db:"id"`
	Deal  deals.ID  `db:"deal_id"`
	Owner people.ID `db:"owner_id"`
}

const waitsText = `
		select a.id, a.deal_id, o.owner_id
		from audits a
		join opportunities o on o.org_id = a.org_id and o.id = a.deal_id
		join deal_milestones m on m.org_id = a.org_id and m.deal_id = a.deal_id and m.milestone_id = a.milestone_id
		where a.org_id = $1 and o.owner_id is not null and (
			a.result = '' and m.state = 'claimed' and m.claimed_at = a.claimed_at
			or a.result = 'rejected' and m.state = 'rejected' and m.rejected_at = a.judged_at and m.reply <> '')`

// AllWaits lists the audits that wait, of the whole organization and of any week.
func AllWaits(ctx context.Context, d *db.DB) ([]Wait, error) {
	list, err := db.All[Wait](ctx, d, waitsText, d.Org())
	if err != nil {
		return nil, fmt.Errorf("listing the audits that wait: %w", err)
	}
	return list, nil
}

// WaitsIn lists those about some deals.
func WaitsIn(ctx context.Context, d *db.DB, ids []string) ([]Wait, error) {
	list, err := db.All[Wait](ctx, d, waitsText+` and `+d.OneOf("a.deal_id", 2), d.Org(), db.List(ids))
	if err != nil {
		return nil, fmt.Errorf("listing the audits of deals that wait: %w", err)
	}
	return list, nil
}
