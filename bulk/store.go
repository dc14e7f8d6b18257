package bulk

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

const fields = `id, person_id, what, value, state, made_at, ended_at, touched_at`

// changeOf reads a change of a person's own.
func changeOf(ctx context.Context, d *db.DB, list string, person people.ID, id string) (change, error) {
	return db.One[change](ctx, d, `
		select `+fields+`
		from bulks
		where org_id = $1 and id = $2 and list = $3 and person_id = $4`, d.Org(), id, list, person)
}

// underWay lists what is running or being undone, and was not gone on with since an
// instant.
func underWay(ctx context.Context, d *db.DB, list string, since calendar.Instant) ([]change, error) {
	return db.All[change](ctx, d, `
		select `+fields+`
		from bulks
		where org_id = $1 and list = $2 and state in ('running', 'undoing') and touched_at <= $3
		order by made_at, id`, d.Org(), list, since)
}

// underWayOf is a change of a person's own that has not come to its end.
func underWayOf(ctx context.Context, d *db.DB, list string, person people.ID) ([]change, error) {
	return db.All[change](ctx, d, `
		select `+fields+`
		from bulks
		where org_id = $1 and list = $2 and person_id = $3 and state in ('running', 'undoing')
		order by made_at, id
		limit 1`, d.Org(), list, person)
}

// earlier is a change that was run, and how many records it changed.
type earlier struct {
	change
	Records int64 `db:"records"`
}

// earlierOf lists the changes that a person ran, the latest first.
func earlierOf(ctx context.Context, d *db.DB, list string, person people.ID, most int) ([]earlier, error) {
	return db.All[earlier](ctx, d, `
		select `+fields+`, (
			select count(*)
			from bulk_rows r
			where r.org_id = b.org_id and r.bulk_id = b.id and r.state in ('changed', 'restored', 'kept')) as records
		from bulks b
		where b.org_id = $1 and b.list = $2 and b.person_id = $3 and b.state in ('running', 'done', 'undoing', 'undone')
		order by b.made_at desc, b.id desc
		limit $4`, d.Org(), list, person, most)
}

func insertChange(ctx context.Context, tx *db.DB, list string, c change) error {
	_, err := tx.Exec(ctx, `
		insert into bulks (org_id, id, list, person_id, what, value, state, made_at, ended_at, touched_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.Org(), c.ID, list, c.Person, c.What, c.Value, c.State, c.MadeAt, c.EndedAt, c.TouchedAt)
	return err
}

// moveChange brings a change from one state to another, unless someone was faster.
func moveChange(ctx context.Context, d *db.DB, c change, from string) (bool, error) {
	n, err := d.Exec(ctx, `
		update bulks set what = $3, value = $4, state = $5, ended_at = $6, touched_at = $7
		where org_id = $1 and id = $2 and state = $8`,
		d.Org(), c.ID, c.What, c.Value, c.State, c.EndedAt, c.TouchedAt, from)
	return n == 1, err
}

// forgetUnused drops what a person chose before and never ran.
func forgetUnused(ctx context.Context, tx *db.DB, list string, person people.ID) error {
	if _, err := tx.Exec(ctx, `
		delete from bulk_rows
		where org_id = $1 and bulk_id in (
			select b.id
			from bulks b
			where b.org_id = $1 and b.list = $2 and b.person_id = $3 and b.state in ('chosen', 'planned'))`, tx.Org(), list, person); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		delete from bulks
		where org_id = $1 and list = $2 and person_id = $3 and state in ('chosen', 'planned')`, tx.Org(), list, person)
	return err
}
