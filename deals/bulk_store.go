package deals

import (
	"context"
	"strconv"

	"milepost/internal/db"
)

// matching lists the deals that a filter finds, by their ids.
func matching(ctx context.Context, d *db.DB, q query, most int) ([]string, error) {
	w := q.conditions(d)
	return db.All[string](ctx, d, `
		select o.id
		from opportunities o
		where `+w.text()+`
		order by o.id
		limit `+strconv.Itoa(most), w.args...)
}

// several reads opportunities by their ids, without their attributes.
func several(ctx context.Context, d *db.DB, ids []string) (map[string]Opportunity, error) {
	list, err := db.All[row](ctx, d, `
		select `+rowFields+`
		from opportunities o
		where o.org_id = $1 and `+d.OneOf("o.id", 2), d.Org(), db.List(ids))
	found := make(map[string]Opportunity, len(list))
	for _, r := range list {
		found[string(r.ID)] = r.opportunity()
	}
	return found, err
}

// countLed counts those of some deals whose stage follows from a sales process.
func countLed(ctx context.Context, d *db.DB, ids []string) (int64, error) {
	return db.One[int64](ctx, d, `
		select count(*)
		from opportunities o
		where o.org_id = $1 and o.process_id <> '' and `+d.OneOf("o.id", 2), d.Org(), db.List(ids))
}
