package activities

import (
	"context"
	"fmt"
	"strings"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// ofDeals reads the rows of some deals, deal by deal, in the order of their ids.
func (t *table[T]) ofDeals(ctx context.Context, d *db.DB, list []deals.ID) ([]T, error) {
	if len(list) == 1 {
		return db.All[T](ctx, d, `select `+strings.Join(t.columns, ", ")+` from `+t.name+`
			where org_id = $1 and deal_id = $2
			order by id`, d.Org(), list[0])
	}
	return db.All[T](ctx, d, `select `+strings.Join(t.columns, ", ")+` from `+t.name+`
		where org_id = $1 and `+d.OneOf("deal_id", 2)+`
		order by deal_id, id`, d.Org(), db.List(list))
}

func (t *table[T]) one(ctx context.Context, d *db.DB, id ID, missing string) (T, error) {
	found, err := db.One[T](ctx, d, `select `+strings.Join(t.columns, ", ")+` from `+t.name+`
		where org_id = $1 and id = $2`, d.Org(), id)
	if problem.Is(err, problem.KindNotFound) {
		err = problem.NotFound("%s", missing)
	}
	return found, err
}

func (t *table[T]) update(ctx context.Context, tx *db.DB, row T) error {
	sets := make([]string, len(t.columns)-1)
	for i, column := range t.columns[1:] {
		sets[i] = fmt.Sprintf("%s = $%d", column, i+3)
	}
	_, err := tx.Exec(ctx, `update `+t.name+` set `+strings.Join(sets, ", ")+`
		where org_id = $1 and id = $2`, append([]any{tx.Org()}, t.values(row)...)...)
	return err
}

func (t *table[T]) remove(ctx context.Context, tx *db.DB, id ID) error {
	_, err := tx.Exec(ctx, `delete from `+t.name+` where org_id = $1 and id = $2`, tx.Org(), id)
	return err
}

func (t *table[T]) count(ctx context.Context, d *db.DB) (int64, error) {
	return db.One[int64](ctx, d, `select count(*) from `+t.name+` where org_id = $1`, d.Org())
}

// knownActivities tells which of some ids have a row already.
func knownActivities(ctx context.Context, d *db.DB, ids []string) (map[ID]bool, error) {
	found, err := db.All[ID](ctx, d, `
		select id
		from activities
		where org_id = $1 and `+d.OneOf("id", 2), d.Org(), db.List(ids))
	known := make(map[ID]bool, len(found))
	for _, id := range found {
		known[id] = true
	}
	return known, err
}

// ownerSettings reads who owned some deals, and since when.
func ownerSettings(ctx context.Context, d *db.DB, list []deals.ID) (map[deals.ID][]holding, error) {
	found, err := db.All[ledger.Entry](ctx, d, `
		select opportunity_id, sequence, effective_at, payload
		from entries
		where org_id = $1 and opportunity_id is not null and `+d.OneOf("opportunity_id", 2)+` and kind = $3
		order by opportunity_id, sequence`, d.Org(), db.List(list), deals.OwnerSet)
	held := map[deals.ID][]holding{}
	for i := range found {
		h, err := heldFrom(&found[i])
		if err != nil {
			return nil, err
		}
		deal := deals.ID(found[i].Opportunity)
		held[deal] = append(held[deal], h)
	}
	return held, err
}

func setOwner(ctx context.Context, tx *db.DB, deal deals.ID, owner people.ID) error {
	_, err := tx.Exec(ctx, `
		update activities set owner_id = $3
		where org_id = $1 and deal_id = $2 and owner_id <> $3`, tx.Org(), deal, owner)
	return err
}

// dealOfEntry is the deal that an entry belongs to; empty when to none.
func dealOfEntry(ctx context.Context, d *db.DB, sequence int64) (deals.ID, error) {
	return db.One[deals.ID](ctx, d, `
		select coalesce(opportunity_id, '')
		from entries
		where org_id = $1 and sequence = $2`, d.Org(), sequence)
}

// dealsAfter lists deals that have entries, in the order of their ids.
func dealsAfter(ctx context.Context, d *db.DB, after deals.ID, most int) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and opportunity_id is not null and opportunity_id > $2
		order by opportunity_id
		limit $3`, d.Org(), after, most)
}
