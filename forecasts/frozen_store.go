package forecasts

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

// FrozenHead is a frozen forecast without what it said.
type FrozenHead struct {
	Day       calendar.Date    `db:"day"`
	Method    string           `db:"method"`
	AsOf      calendar.Instant `db:"as_of"`
	Settings  string           `db:"settings"`
	Sequence  int64            `db:"sequence"`  // of the newest entry that it knew
	Rehearsed int              `db:"rehearsed"` // 1: made later, from what had been recorded before the day
}

// FrozenHeads lists all frozen forecasts, oldest first; those of days before one without
// their settings.
func FrozenHeads(ctx context.Context, d *db.DB, org db.Org, since calendar.Date) ([]FrozenHead, error) {
	return db.All[FrozenHead](ctx, d, `
		select day, method, as_of, case when day >= $2 then settings else '' end as settings, sequence, rehearsed
		from frozen_forecasts
		where org_id = $1
		order by day, method`, org, since)
}

// FrozenHeadsOn lists a method's frozen forecasts of some days, with their settings.
func FrozenHeadsOn(ctx context.Context, d *db.DB, org db.Org, method string, days []calendar.Date) ([]FrozenHead, error) {
	return db.All[FrozenHead](ctx, d, `
		select day, method, as_of, settings, sequence, rehearsed
		from frozen_forecasts
		where org_id = $1 and method = $2 and `+d.OneOf("day", 3)+`
		order by day`, org, method, db.List(days))
}

// frozenThen reads a method's forecasts that were frozen on their very days, of some days, with
// so many open deals at most.
func frozenThen(ctx context.Context, d *db.DB, method string, days []calendar.Date, most int) ([]Frozen, error) {
	return db.All[Frozen](ctx, d, `
		select `+frozenFields+`
		from frozen_forecasts
		where org_id = $1 and method = $2 and rehearsed = 0 and open_deals <= $3 and `+d.OneOf("day", 4)+`
		order by day`, d.Org(), method, most, db.List(days))
}

// FrozenOne reads the frozen forecast of a day by a method.
func FrozenOne(ctx context.Context, d *db.DB, org db.Org, day calendar.Date, method string) (Frozen, error) {
	return db.One[Frozen](ctx, d, `
		select `+frozenFields+`
		from frozen_forecasts
		where org_id = $1 and method = $2 and day = $3`, org, method, day)
}
