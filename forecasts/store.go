package forecasts

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

// entryLine is what a forecast needs of an entry about a deal; the payload is left out
// where the kind is none that it uses.
type entryLine struct {
	Sequence    int64            `db:"sequence"`
	RecordedAt  calendar.Instant `db:"recorded_at"`
	EffectiveAt calendar.Instant `db:"effective_at"`
	Kind        string           `db:"kind"`
	Opportunity string           `db:"opportunity_id"`
	Payload     string           `db:"payload"`
}

// eachLine visits the entries about deals up to and including a sequence.
func eachLine(ctx context.Context, d *db.DB, org db.Org, after, upTo int64, visit func(*entryLine) error) error {
	return db.Each(ctx, d, visit, `
		select sequence, recorded_at, effective_at, kind, opportunity_id,
			case when `+d.OneOf("kind", 4)+` then payload else '' end as payload
		from entries
		where org_id = $1 and sequence > $2 and sequence <= $3 and opportunity_id is not null
		order by sequence`, org, after, upTo, db.List(usedKinds))
}

const frozenFields = `day, method, as_of, frozen_at, sequence, settings, open_deals, document`

func frozenMethods(ctx context.Context, d *db.DB, org db.Org, day calendar.Date) ([]string, error) {
	return db.All[string](ctx, d, `
		select method
		from frozen_forecasts
		where org_id = $1 and day = $2
		order by method`, org, day)
}

// FrozenOn reads the forecasts that were frozen on a day, by method.
func FrozenOn(ctx context.Context, d *db.DB, org db.Org, day calendar.Date) ([]Frozen, error) {
	return db.All[Frozen](ctx, d, `
		select `+frozenFields+`
		from frozen_forecasts
		where org_id = $1 and day = $2
		order by method`, org, day)
}

// insertFrozen keeps a forecast; what is there already stays.
func insertFrozen(ctx context.Context, d *db.DB, f Frozen) error {
	_, err := d.Exec(ctx, `
		insert into frozen_forecasts (org_id, `+frozenFields+`)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (org_id, day, method) do nothing`,
		d.Org(), f.Day, f.Method, f.AsOf, f.FrozenAt, f.Sequence, f.Settings, f.Open, f.Document)
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
