package bulk

import (
	"context"

	"milepost/internal/db"
)

var rowColumns = []string{"org_id", "bulk_id", "record_id", "place", "state", "version", "value_before", "value_after", "reason"}

// putRows writes records of a change, over what was written of them before.
func putRows(ctx context.Context, tx *db.DB, id string, list []Row) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{string(tx.Org()), id, r.ID, r.Place, r.State, r.Version, r.Before, r.After, r.Reason}
	}
	if _, err := tx.Exec(ctx, `
		delete from bulk_rows
		where org_id = $1 and bulk_id = $2 and `+tx.OneOf("record_id", 3), tx.Org(), id, db.List(idsOf(list))); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "bulk_rows", rowColumns, rows)
}

const rowFields = `record_id, place, state, version, value_before, value_after, reason`

// rowsAfter lists records of a change, whatever their state, beyond a place.
func rowsAfter(ctx context.Context, d *db.DB, id string, place int64, most int) ([]Row, error) {
	return db.All[Row](ctx, d, `
		select `+rowFields+`
		from bulk_rows
		where org_id = $1 and bulk_id = $2 and place > $3
		order by place
		limit $4`, d.Org(), id, place, most)
}

// rowsIn lists records of a change in a state.
func rowsIn(ctx context.Context, d *db.DB, id, state string, most int) ([]Row, error) {
	return db.All[Row](ctx, d, `
		select `+rowFields+`
		from bulk_rows
		where org_id = $1 and bulk_id = $2 and state = $3
		order by place
		limit $4`, d.Org(), id, state, most)
}

// stopRows gives up what is still to be changed.
func stopRows(ctx context.Context, tx *db.DB, id, from, to, reason string) error {
	_, err := tx.Exec(ctx, `
		update bulk_rows set state = $4, reason = $5
		where org_id = $1 and bulk_id = $2 and state = $3`, tx.Org(), id, from, to, reason)
	return err
}

// tally is how many records are in a state, and how many of them go from where to
// where.
type tally struct {
	State   string `db:"state"`
	Before  string `db:"value_before"`
	After   string `db:"value_after"`
	Records int64  `db:"records"`
}

func tallies(ctx context.Context, d *db.DB, id string) ([]tally, error) {
	return db.All[tally](ctx, d, `
		select state, value_before, value_after, count(*) as records
		from bulk_rows
		where org_id = $1 and bulk_id = $2
		group by state, value_before, value_after
		order by records desc, state, value_before, value_after`, d.Org(), id)
}

// everyID lists the records of a change.
func everyID(ctx context.Context, d *db.DB, id string) ([]string, error) {
	return db.All[string](ctx, d, `
		select record_id
		from bulk_rows
		where org_id = $1 and bulk_id = $2
		order by place`, d.Org(), id)
}
