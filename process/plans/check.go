package plans

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// Check compares the rows of plans with what the ledger comes to, for milepost verify.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	var found []string
	err := d.For(org).Snapshot(ctx, func(d *db.DB) error {
		rows, err := allRows(ctx, d)
		if err != nil {
			return err
		}
		with, err := dealsWithPlans(ctx, d)
		if err != nil {
			return err
		}
		have := make(map[ID]row, len(rows))
		for _, r := range rows {
			have[r.ID] = r
		}
		for part := range slices.Chunk(with, 200) {
			differences, err := compare(ctx, d, part, have)
			if err != nil {
				return err
			}
			found = append(found, differences...)
		}
		for _, r := range rows {
			if _, left := have[r.ID]; left {
				found = append(found, fmt.Sprintf("plans: the row %s is in no entry of the ledger", r.ID))
			}
		}
		return nil
	})
	return found, err
}

// compare takes out of have what is as the ledger says.
func compare(ctx context.Context, d *db.DB, list []string, have map[ID]row) ([]string, error) {
	entries, err := ledger.OfOpportunities(ctx, d, d.Org(), list)
	if err != nil {
		return nil, err
	}
	byDeal := map[deals.ID][]ledger.Entry{}
	for _, e := range entries {
		byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], e)
	}
	var found []string
	for _, deal := range list {
		plans, err := Fold(byDeal[deals.ID(deal)])
		if err != nil {
			return nil, err
		}
		for i := range plans {
			want, err := rowOf(&plans[i])
			if err != nil {
				return nil, err
			}
			is, there := have[want.ID]
			delete(have, want.ID)
			switch {
			case !there:
				found = append(found, fmt.Sprintf("plans: the plan %s, which the ledger comes to, is not there", want.ID))
			case is != want:
				found = append(found, fmt.Sprintf("plans: the row %s is %+v, but the ledger comes to %+v", want.ID, is, want))
			}
		}
	}
	return found, nil
}
