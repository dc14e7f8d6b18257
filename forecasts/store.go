package forecasts

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

const frozenFields = `day, method, as_of, frozen_at, sequence, settings, open_deals, document, rehearsed`

func frozenMethods(ctx context.Context, d *db.DB, org db.Org, day calendar.Date) ([]string, error) {
	return db.All[string](ctx, d, `
		select method
		from frozen_forecasts
		where org_id = $1 and day = $2
		order by method`, org, day)
}

// keptDays lists the days before one that have a forecast by a method.
func keptDays(ctx context.Context, d *db.DB, org db.Org, method string, before calendar.Date) ([]calendar.Date, error) {
	return db.All[calendar.Date](ctx, d, `
		select day
		from frozen_forecasts
		where org_id = $1 and method = $2 and day < $3
		order by day`, org, method, before)
}

// insertFrozen keeps a forecast; what is there already stays.
func insertFrozen(ctx context.Context, d *db.DB, f Frozen) error {
	_, err := d.Exec(ctx, `
		insert into frozen_forecasts (org_id, `+frozenFields+`)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (org_id, day, method) do nothing`,
		d.Org(), f.Day, f.Method, f.AsOf, f.FrozenAt, f.Sequence, f.Settings, f.Open, f.Document, f.Rehearsed)
	return err
}

type titled struct {
	ID    string `db:"id"`
	Title string `db:"title"`
}

// titles reads how deals are called today.
func titles(ctx context.Context, d *db.DB, org db.Org, ids []string) (map[string]string, error) {
	list, err := db.All[titled](ctx, d, `
		select id, title
		from opportunities
		where org_id = $1 and `+d.OneOf("id", 2), org, db.List(ids))
	found := make(map[string]string, len(list))
	for _, t := range list {
		found[t.ID] = t.Title
	}
	return found, err
}
