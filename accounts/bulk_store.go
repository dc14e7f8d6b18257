package accounts

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

const bulkFields = `id, person_id, what, value, state, made_at, ended_at, touched_at`

// bulkOf reads a bulk change of a person's own.
func bulkOf(ctx context.Context, d *db.DB, person people.ID, id string) (bulk, error) {
	return db.One[bulk](ctx, d, `
		select `+bulkFields+`
		from account_changes
		where org_id = $1 and id = $2 and person_id = $3`, d.Org(), id, person)
}

// bulksUnderWay lists what is running or being undone, and was not gone on with since
// an instant.
func bulksUnderWay(ctx context.Context, d *db.DB, since calendar.Instant) ([]bulk, error) {
	return db.All[bulk](ctx, d, `
		select `+bulkFields+`
		from account_changes
		where org_id = $1 and state in ('running', 'undoing') and touched_at <= $2
		order by made_at, id`, d.Org(), since)
}

// bulkUnderWayOf is a change of a person's own that has not come to its end.
func bulkUnderWayOf(ctx context.Context, d *db.DB, person people.ID) ([]bulk, error) {
	return db.All[bulk](ctx, d, `
		select `+bulkFields+`
		from account_changes
		where org_id = $1 and person_id = $2 and state in ('running', 'undoing')
		order by made_at, id
		limit 1`, d.Org(), person)
}

func insertBulk(ctx context.Context, tx *db.DB, b bulk) error {
	_, err := tx.Exec(ctx, `
		insert into account_changes (org_id, id, person_id, what, value, state, made_at, ended_at, touched_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.Org(), b.ID, b.Person, b.What, b.Value, b.State, b.MadeAt, b.EndedAt, b.TouchedAt)
	return err
}

// moveBulk brings a bulk change from one state to another, unless someone was faster.
func moveBulk(ctx context.Context, d *db.DB, b bulk, from string) (bool, error) {
	n, err := d.Exec(ctx, `
		update account_changes set what = $3, value = $4, state = $5, ended_at = $6, touched_at = $7
		where org_id = $1 and id = $2 and state = $8`,
		d.Org(), b.ID, b.What, b.Value, b.State, b.EndedAt, b.TouchedAt, from)
	return n == 1, err
}

// forgetUnused drops what a person chose before and never ran.
func forgetUnused(ctx context.Context, tx *db.DB, person people.ID) error {
	if _, err := tx.Exec(ctx, `
		delete from account_change_rows
		where org_id = $1 and change_id in (
			select b.id
			from account_changes b
			where b.org_id = $1 and b.person_id = $2 and b.state in ('chosen', 'planned'))`, tx.Org(), person); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		delete from account_changes
		where org_id = $1 and person_id = $2 and state in ('chosen', 'planned')`, tx.Org(), person)
	return err
}

var pickedColumns = []string{"org_id", "change_id", "account_id", "place", "state", "version", "value_before", "value_after", "reason"}

// putPicked writes accounts of a bulk change, over what was written of them before.
func putPicked(ctx context.Context, tx *db.DB, id string, list []picked) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([][]any, len(list))
	for i, p := range list {
		rows[i] = []any{string(tx.Org()), id, string(p.Account), p.Place, p.State, p.Version, p.Before, p.After, p.Reason}
	}
	if _, err := tx.Exec(ctx, `
		delete from account_change_rows
		where org_id = $1 and change_id = $2 and `+tx.OneOf("account_id", 3), tx.Org(), id, db.List(accountsIn(list))); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "account_change_rows", pickedColumns, rows)
}

const pickedFields = `account_id, place, state, version, value_before, value_after, reason`

// pickedAfter lists accounts of a bulk change, whatever their state, beyond a place.
func pickedAfter(ctx context.Context, d *db.DB, id string, place int64, most int) ([]picked, error) {
	return db.All[picked](ctx, d, `
		select `+pickedFields+`
		from account_change_rows
		where org_id = $1 and change_id = $2 and place > $3
		order by place
		limit $4`, d.Org(), id, place, most)
}

// pickedIn lists accounts of a bulk change in a state.
func pickedIn(ctx context.Context, d *db.DB, id, state string, most int) ([]picked, error) {
	return db.All[picked](ctx, d, `
		select `+pickedFields+`
		from account_change_rows
		where org_id = $1 and change_id = $2 and state = $3
		order by place
		limit $4`, d.Org(), id, state, most)
}

// stopPicked gives up what is still to be changed.
func stopPicked(ctx context.Context, tx *db.DB, id, from, to, reason string) error {
	_, err := tx.Exec(ctx, `
		update account_change_rows set state = $4, reason = $5
		where org_id = $1 and change_id = $2 and state = $3`, tx.Org(), id, from, to, reason)
	return err
}

// pickedCount is how many accounts are in a state that had the same before.
type pickedCount struct {
	State    string `db:"state"`
	Before   string `db:"value_before"`
	Accounts int    `db:"accounts"`
}

func pickedCounts(ctx context.Context, d *db.DB, id string) ([]pickedCount, error) {
	return db.All[pickedCount](ctx, d, `
		select state, value_before, count(*) as accounts
		from account_change_rows
		where org_id = $1 and change_id = $2
		group by state, value_before
		order by accounts desc, state, value_before`, d.Org(), id)
}

// matching lists the accounts that a filter finds, by their ids.
func matching(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, most int) ([]ID, error) {
	w := &where{d: d, all: true}
	from := w.accounts(v, f)
	limit := w.arg(most)
	return db.All[ID](ctx, d, `
		select a.id
		from `+from+`
		where `+w.text()+`
		order by a.id
		limit $`+itoa(limit), w.args...)
}

// several reads those of some accounts that are in sight, also such as went into others.
func several(ctx context.Context, d *db.DB, s sight, ids []ID) (map[ID]Account, error) {
	w := newWhere(d)
	w.add("a.org_id = ?", d.Org())
	w.oneOf("a.id", db.List(ids))
	s.accounts(w, "a")
	list, err := db.All[Account](ctx, d, `
		select `+accountColumns+`
		from accounts a
		where `+w.text(), w.args...)
	found := make(map[ID]Account, len(list))
	for _, a := range list {
		found[a.ID] = a
	}
	return found, err
}
