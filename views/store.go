package views

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

const viewFields = `v.id, v.list, v.owner_id, coalesce(p.name, '') as owner_name, v.name, v.query, v.shared, v.created_at,
	coalesce(v.deleted_at, 0) as deleted_at`

const viewSource = `
		from saved_views v
		left join people p on p.org_id = v.org_id and p.id = v.owner_id`

// ownViews lists a person's views of a list, by name.
func ownViews(ctx context.Context, d *db.DB, list string, owner people.ID) ([]View, error) {
	return db.All[View](ctx, d, `
		select `+viewFields+viewSource+`
		where v.org_id = $1 and v.list = $2 and v.owner_id = $3 and v.deleted_at is null
		order by v.name_key, v.id`, d.Org(), list, owner)
}

// viewsAround lists a person's views of a list, or of all lists, and what others share,
// whoever it is there for.
func viewsAround(ctx context.Context, d *db.DB, list string, person people.ID) ([]View, error) {
	return db.All[View](ctx, d, `
		select `+viewFields+viewSource+`
		where v.org_id = $1 and ($2 = '' or v.list = $2) and (v.owner_id = $3 or v.shared = 1) and v.deleted_at is null
		order by case when v.owner_id = $3 then 0 else 1 end, v.name_key, v.id`, d.Org(), list, person)
}

// ownView reads a view of a person's own, a deleted one too.
func ownView(ctx context.Context, d *db.DB, id ID, owner people.ID) (View, error) {
	return db.One[View](ctx, d, `
		select `+viewFields+viewSource+`
		where v.org_id = $1 and v.id = $2 and v.owner_id = $3`, d.Org(), id, owner)
}

// viewOf reads a view that is there, whoever's it is.
func viewOf(ctx context.Context, d *db.DB, id ID) (View, error) {
	return db.One[View](ctx, d, `
		select `+viewFields+viewSource+`
		where v.org_id = $1 and v.id = $2 and v.deleted_at is null`, d.Org(), id)
}

// everyView lists all views, the deleted ones too, for verification.
func everyView(ctx context.Context, d *db.DB) ([]View, error) {
	return db.All[View](ctx, d, `
		select `+viewFields+viewSource+`
		where v.org_id = $1
		order by v.id`, d.Org())
}

func insertView(ctx context.Context, tx *db.DB, v View, version int64) error {
	_, err := tx.Exec(ctx, `
		insert into saved_views (org_id, id, list, owner_id, name, name_key, query, shared, created_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.Org(), v.ID, v.List, v.Owner, v.Name, people.Key(v.Name), v.Query, v.Shared, v.CreatedAt, version)
	return err
}

func updateView(ctx context.Context, tx *db.DB, v View, version int64) error {
	_, err := tx.Exec(ctx, `
		update saved_views set name = $3, name_key = $4, query = $5, shared = $6, deleted_at = $7, version = $8
		where org_id = $1 and id = $2`,
		tx.Org(), v.ID, v.Name, people.Key(v.Name), v.Query, v.Shared, instant(v.DeletedAt), version)
	return err
}

func instant(at calendar.Instant) any {
	if at == 0 {
		return nil
	}
	return int64(at)
}

// defaultOf is the view that a list opens with for a person; empty when it is none.
func defaultOf(ctx context.Context, d *db.DB, person people.ID, list string) (ID, error) {
	found, err := db.All[ID](ctx, d, `
		select view_id
		from default_views
		where org_id = $1 and person_id = $2 and list = $3`, d.Org(), person, list)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

func upsertDefault(ctx context.Context, tx *db.DB, person people.ID, list string, id ID) error {
	_, err := tx.Exec(ctx, `
		insert into default_views (org_id, person_id, list, view_id) values ($1, $2, $3, $4)
		on conflict (org_id, person_id, list) do update set view_id = excluded.view_id`, tx.Org(), person, list, id)
	return err
}

func deleteDefault(ctx context.Context, tx *db.DB, person people.ID, list string) error {
	_, err := tx.Exec(ctx, `
		delete from default_views
		where org_id = $1 and person_id = $2 and list = $3`, tx.Org(), person, list)
	return err
}

// preference is what a list opens with for someone.
type preference struct {
	Person people.ID `db:"person_id"`
	List   string    `db:"list"`
	View   ID        `db:"view_id"`
}

func everyDefault(ctx context.Context, d *db.DB) ([]preference, error) {
	return db.All[preference](ctx, d, `
		select person_id, list, view_id
		from default_views
		where org_id = $1
		order by person_id, list`, d.Org())
}
