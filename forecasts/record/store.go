package record

import (
	"context"
	"encoding/json"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
)

const scoreFields = `day, method, horizon, rehearsed, until, known, same, deals, wins_came, wins_said, brier, log_score, class_score, variance, sequence`

// tally is how many horizons of one frozen forecast are scored, and up to which entry it knew.
type tally struct {
	Day    calendar.Date `db:"day"`
	Method string        `db:"method"`
	Count  int           `db:"count"`
	Knew   int64         `db:"knew"`
}

func scoredCounts(ctx context.Context, d *db.DB) ([]tally, error) {
	return db.All[tally](ctx, d, `
		select day, method, count(*) as count, min(case when sequence > 0 then sequence else known end) as knew
		from forecast_scores
		where org_id = $1
		group by day, method`, d.Org())
}

// scoredOf lists the horizons of one frozen forecast that are scored.
func scoredOf(ctx context.Context, d *db.DB, day calendar.Date, method string) ([]forecasts.Horizon, error) {
	return db.All[forecasts.Horizon](ctx, d, `
		select horizon
		from forecast_scores
		where org_id = $1 and day = $2 and method = $3
		order by horizon`, d.Org(), day, method)
}

// scoredBetween lists what is scored of horizons that ended between two instants.
func scoredBetween(ctx context.Context, d *db.DB, after, until calendar.Instant) ([]Score, error) {
	return db.All[Score](ctx, d, `
		select `+scoreFields+`
		from forecast_scores
		where org_id = $1 and until > $2 and until <= $3
		order by day, method, horizon`, d.Org(), after, until)
}

// keep writes a score in the place of an earlier one.
func keep(ctx context.Context, tx *db.DB, s *Score) error {
	_, err := tx.Exec(ctx, `
		insert into forecast_scores (org_id, `+scoreFields+`, details)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		on conflict (org_id, day, method, horizon) do update set
			rehearsed = excluded.rehearsed, until = excluded.until, known = excluded.known, same = excluded.same,
			deals = excluded.deals, wins_came = excluded.wins_came, wins_said = excluded.wins_said, brier = excluded.brier,
			log_score = excluded.log_score, class_score = excluded.class_score, variance = excluded.variance,
			sequence = excluded.sequence, details = excluded.details`,
		tx.Org(), s.Day, s.Method, s.Horizon, s.Rehearsed, s.Until, s.Known, s.Same, s.Deals, s.WinsCame, s.WinsSaid,
		s.Brier, s.Log, s.Classes, s.Variance, s.Sequence, s.Packed)
	return err
}

// forget takes the scores of one frozen forecast away.
func forget(ctx context.Context, tx *db.DB, day calendar.Date, method string) error {
	_, err := tx.Exec(ctx, `
		delete from forecast_scores
		where org_id = $1 and day = $2 and method = $3`, tx.Org(), day, method)
	return err
}

// checked is up to which entry corrections were looked for, and when the last entry of
// then was recorded.
type checked struct {
	Sequence int64            `db:"sequence"`
	KnownAt  calendar.Instant `db:"known_at"`
}

func lastChecked(ctx context.Context, d *db.DB) (checked, error) {
	list, err := db.All[checked](ctx, d, `
		select sequence, known_at
		from forecast_scores_checked
		where org_id = $1`, d.Org())
	if err != nil || len(list) == 0 {
		return checked{}, err
	}
	return list[0], nil
}

func setChecked(ctx context.Context, d *db.DB, c checked) error {
	_, err := d.Exec(ctx, `
		insert into forecast_scores_checked (org_id, sequence, known_at)
		values ($1, $2, $3)
		on conflict (org_id) do update set sequence = excluded.sequence, known_at = excluded.known_at`,
		d.Org(), c.Sequence, c.KnownAt)
	return err
}

// horizonsScored lists the horizons that anything is scored of, shortest first.
func horizonsScored(ctx context.Context, d *db.DB) ([]forecasts.Horizon, error) {
	return db.All[forecasts.Horizon](ctx, d, `
		select horizon
		from forecast_scores
		where org_id = $1
		group by horizon
		having count(distinct day) > 1
		order by horizon`, d.Org())
}

// scoresAt reads all scores of one horizon, oldest first, without their details.
func scoresAt(ctx context.Context, d *db.DB, h forecasts.Horizon) ([]Score, error) {
	return db.All[Score](ctx, d, `
		select `+scoreFields+`
		from forecast_scores
		where org_id = $1 and horizon = $2
		order by day, method`, d.Org(), h)
}

// detailed is a row's details.
type detailed struct {
	Day    calendar.Date `db:"day"`
	Method string        `db:"method"`
	Packed string        `db:"details"`
}

// detailsAt reads the details of one horizon on some days, by day and method.
func detailsAt(ctx context.Context, d *db.DB, h forecasts.Horizon, days []calendar.Date) (map[calendar.Date]map[string]Details, error) {
	found := map[calendar.Date]map[string]Details{}
	err := db.Each(ctx, d, func(row *detailed) error {
		var details Details
		if err := json.Unmarshal([]byte(row.Packed), &details); err != nil {
			return err
		}
		if found[row.Day] == nil {
			found[row.Day] = map[string]Details{}
		}
		found[row.Day][row.Method] = details
		return nil
	}, `
		select day, method, details
		from forecast_scores
		where org_id = $1 and horizon = $2 and `+d.OneOf("day", 3), d.Org(), h, db.List(days))
	return found, err
}

// scoresUntil reads all scores of horizons that end at an instant, without their details.
func scoresUntil(ctx context.Context, d *db.DB, until calendar.Instant) ([]Score, error) {
	return db.All[Score](ctx, d, `
		select `+scoreFields+`
		from forecast_scores
		where org_id = $1 and until = $2
		order by day, method`, d.Org(), until)
}
