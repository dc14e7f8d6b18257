package search

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/problem"
)

// ownersOf tells who owns some deals.
func ownersOf(ctx context.Context, d *db.DB, list []string) (map[string]string, error) {
	found, err := db.All[dealSource](ctx, d, `
		select id, coalesce(owner_id, '') as owner_id
		from `+d.Wanted(2)+` opportunities on org_id = $1 and id = wanted.value`, d.Org(), db.List(list))
	owners := make(map[string]string, len(found))
	for _, o := range found {
		owners[o.ID] = o.Owner
	}
	return owners, err
}

// about is what an entry of the ledger was about.
type about struct {
	Subject string   `db:"subject"`
	Deal    deals.ID `db:"opportunity_id"`
}

func aboutEntry(ctx context.Context, d *db.DB, sequence int64) (about, error) {
	found, err := db.One[about](ctx, d, `
		select subject, coalesce(opportunity_id, '') as opportunity_id
		from entries
		where org_id = $1 and sequence = $2`, d.Org(), sequence)
	if problem.Is(err, problem.KindNotFound) {
		err = nil
	}
	return found, err
}
