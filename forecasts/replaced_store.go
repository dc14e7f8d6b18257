package forecasts

import (
	"context"
	"fmt"
	"math"

	"milepost/calendar"
	"milepost/internal/db"
)

// newestEdition stands for kept forecasts as they are now.
const newestEdition = math.MaxInt64

// editionOf is how often rehearsed forecasts of an organization were replaced so far.
func editionOf(ctx context.Context, d *db.DB) (int64, error) {
	return db.One[int64](ctx, d, `
		select coalesce(max(edition), 0)
		from replaced_rehearsals
		where org_id = $1`, d.Org())
}

// replacedSince lists, for a method, the first edition after one at which each day's
// rehearsed forecast was replaced.
func replacedSince(ctx context.Context, d *db.DB, method string, edition int64) (map[calendar.Date]int64, error) {
	type replaced struct {
		Day     calendar.Date `db:"day"`
		Edition int64         `db:"edition"`
	}
	list, err := db.All[replaced](ctx, d, `
		select day, min(edition) as edition
		from replaced_rehearsals
		where org_id = $1 and method = $2 and edition > $3
		group by day`, d.Org(), method, edition)
	found := make(map[calendar.Date]int64, len(list))
	for _, r := range list {
		found[r.Day] = r.Edition
	}
	return found, err
}

// replacedAt reads what was replaced with an edition.
func replacedAt(ctx context.Context, d *db.DB, edition int64) (Frozen, error) {
	return db.One[Frozen](ctx, d, `
		select `+frozenFields+`
		from replaced_rehearsals
		where org_id = $1 and edition = $2`, d.Org(), edition)
}

// replace puts a rehearsed forecast in the place of an outdated one, which is laid aside; of
// one that says the same only the doubt is taken. It never touches one that was frozen on
// its day. It gives the edition that holds from then on.
func replace(ctx context.Context, d *db.DB, f *Frozen) (edition int64, err error) {
	err = d.InTx(ctx, func(tx *db.DB) error {
		if edition, err = editionOf(ctx, tx); err != nil {
			return fmt.Errorf("counting what was replaced: %w", err)
		}
		const is = ` from frozen_forecasts where org_id = $1 and day = $2 and method = $3 and rehearsed = 1 and outdated = 1`
		changed, err := db.All[int](ctx, tx, `select case when document = $4 then 0 else 1 end as changed`+is, tx.Org(), f.Day, f.Method, f.Document)
		if err != nil || len(changed) == 0 {
			return err
		}
		if changed[0] == 0 {
			_, err := tx.Exec(ctx, `update frozen_forecasts set outdated = 0 where org_id = $1 and day = $2 and method = $3`, tx.Org(), f.Day, f.Method)
			return err
		}
		edition++
		if _, err := tx.Exec(ctx, `insert into replaced_rehearsals (org_id, edition, `+frozenFields+`) select org_id, $4, `+frozenFields+is,
			tx.Org(), f.Day, f.Method, edition); err != nil {
			return fmt.Errorf("laying an outdated forecast aside: %w", err)
		}
		_, err = tx.Exec(ctx, `
			update frozen_forecasts
			set as_of = $4, frozen_at = $5, sequence = $6, settings = $7, open_deals = $8, document = $9, outdated = 0
			where org_id = $1 and day = $2 and method = $3`,
			tx.Org(), f.Day, f.Method, f.AsOf, f.FrozenAt, f.Sequence, f.Settings, f.Open, f.Document)
		return err
	})
	return edition, err
}
