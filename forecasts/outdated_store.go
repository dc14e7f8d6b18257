package forecasts

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/db"
)

// outdate looks through what the ledger gained since the last look, up to an entry, for
// what had been recorded before the day of a rehearsed forecast, and marks these outdated.
// It gives the earliest instant from which anything of it counts.
func outdate(ctx context.Context, d *db.DB, head int64) (earliest calendar.Instant, err error) {
	err = d.InTx(ctx, func(tx *db.DB) error {
		since, err := checkedUpTo(ctx, tx)
		if err != nil {
			return fmt.Errorf("finding how far rehearsed forecasts were checked: %w", err)
		}
		if earliest, err = history.Earliest(ctx, tx, tx.Org(), since, head); err != nil {
			return fmt.Errorf("looking for earlier history: %w", err)
		}
		if _, err := tx.Exec(ctx, `
			update frozen_forecasts
			set outdated = 1
			where org_id = $1 and rehearsed = 1 and as_of > $2 and sequence < $3`, tx.Org(), earliest, head); err != nil {
			return fmt.Errorf("marking outdated forecasts: %w", err)
		}
		_, err = tx.Exec(ctx, `
			insert into rehearsals_checked (org_id, sequence)
			values ($1, $2)
			on conflict (org_id) do update set sequence = excluded.sequence`, tx.Org(), head)
		return err
	})
	return earliest, err
}

// checkedUpTo is the entry up to which it was looked; where it never was, what the first
// rehearsed forecast knew.
func checkedUpTo(ctx context.Context, d *db.DB) (int64, error) {
	return db.One[int64](ctx, d, `
		select coalesce(
			(select sequence from rehearsals_checked where org_id = $1),
			(select min(sequence) from frozen_forecasts where org_id = $1 and rehearsed = 1),
			0)`, d.Org())
}

// outdatedDays lists the days of a method's rehearsed forecasts that are outdated.
func outdatedDays(ctx context.Context, d *db.DB, method string) ([]calendar.Date, error) {
	return db.All[calendar.Date](ctx, d, `
		select day
		from frozen_forecasts
		where org_id = $1 and method = $2 and outdated = 1
		order by day`, d.Org(), method)
}

// Outdated is how many days have a rehearsed forecast that is outdated, and will be made again.
func Outdated(ctx context.Context, d *db.DB) (days int, err error) {
	return db.One[int](ctx, d, `
		select count(distinct day)
		from frozen_forecasts
		where org_id = $1 and outdated = 1`, d.Org())
}
