package search

import (
	"context"

	"milepost/activities"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/problem"
)

// ownersOf tells who owns some deals.
func ownersOf(ctx context.Context, d *db.DB, list []string) (map[string]string, error) {
	found, err := db.All[dealSource](ctx, d, `
		select id, coalesce(owner_id, '') as owner_id
		from `+d.Wanted(2)+`
		join opportunities on org_id = $1 and id = wanted.value`, d.Org(), db.List(list))
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

// idsAfter lists what there is of a kind, in the order of the ids; of notes, the
// deals that have some.
func idsAfter(ctx context.Context, d *db.DB, k Kind, after string, most int) ([]string, error) {
	table := map[Kind]string{Deal: "opportunities", Account: "accounts", Contact: "contacts", Person: "people"}[k]
	if k == Note {
		return db.All[string](ctx, d, `
			select distinct opportunity_id
			from entries
			where org_id = $1 and opportunity_id > $2 and opportunity_id is not null and kind = $4
			order by opportunity_id
			limit $3`, d.Org(), after, most, activities.NoteWritten)
	}
	return db.All[string](ctx, d, `
		select id
		from `+table+`
		where org_id = $1 and id > $2
		order by id
		limit $3`, d.Org(), after, most)
}
