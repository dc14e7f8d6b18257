package people

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

const organizationColumns = `org_id, name, time_zone, fiscal_start, currency, demonstration, created_at`

// Organizations lists every organization in the database; the handle must not be
// confined to one.
func Organizations(ctx context.Context, d *db.DB) ([]Organization, error) {
	return db.All[Organization](ctx, d, `select `+organizationColumns+` from organizations order by created_at, org_id`)
}

// OrganizationOf reads one organization.
func OrganizationOf(ctx context.Context, d *db.DB, org db.Org) (Organization, error) {
	return db.One[Organization](ctx, d, `select `+organizationColumns+` from organizations where org_id = $1`, org)
}

func insertOrganization(ctx context.Context, tx *db.DB, o Organization) error {
	demonstration := 0
	if o.Demonstration {
		demonstration = 1
	}
	_, err := tx.Exec(ctx, `
		insert into organizations (org_id, name, time_zone, fiscal_start, currency, demonstration, created_at)
		values ($1, $2, $3, $4, $5, $6, $7)`,
		o.ID, o.Name, o.TimeZone, o.FiscalStart, o.Currency, demonstration, o.CreatedAt)
	return err
}

func updateOrganization(ctx context.Context, tx *db.DB, o Organization) error {
	_, err := tx.Exec(ctx, `
		update organizations set name = $2, time_zone = $3, fiscal_start = $4, currency = $5
		where org_id = $1`, tx.Org(), o.Name, o.TimeZone, o.FiscalStart, o.Currency)
	return err
}

const personFields = `id, name, email, title, joined_at, coalesce(left_at, 0) as left_at, imported, version`

// PersonOf reads one person.
func PersonOf(ctx context.Context, d *db.DB, org db.Org, id ID) (Person, error) {
	return db.One[Person](ctx, d, `select `+personFields+` from people where org_id = $1 and id = $2`, org, id)
}

// Everyone lists the people of an organization by name, those who left too.
func Everyone(ctx context.Context, d *db.DB, org db.Org) ([]Person, error) {
	return db.All[Person](ctx, d, `
		select `+personFields+`
		from people
		where org_id = $1
		order by name_key, id`, org)
}

// Several lists some people, in the order in which Everyone lists all.
func Several(ctx context.Context, d *db.DB, org db.Org, ids []ID) ([]Person, error) {
	return db.All[Person](ctx, d, `
		select `+personFields+`
		from people
		where org_id = $1 and `+d.OneOf("id", 2)+`
		order by name_key, id`, org, db.List(ids))
}

// Named finds people by their names, compared by Key; several people may share one.
func Named(ctx context.Context, d *db.DB, org db.Org, names []string) ([]Person, error) {
	keys := make([]string, len(names))
	for i, name := range names {
		keys[i] = Key(name)
	}
	return db.All[Person](ctx, d, `
		select `+personFields+`
		from people
		where org_id = $1 and `+d.OneOf("name_key", 2)+`
		order by joined_at, id`, org, db.List(keys))
}

func byEmail(ctx context.Context, d *db.DB, email string) (Person, error) {
	return db.One[Person](ctx, d, `
		select `+personFields+`
		from people
		where org_id = $1 and email = $2`, d.Org(), email)
}

func insertPerson(ctx context.Context, tx *db.DB, p Person) error {
	imported := 0
	if p.Imported {
		imported = 1
	}
	_, err := tx.Exec(ctx, `
		insert into people (org_id, id, name, name_key, email, title, joined_at, imported, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.Org(), p.ID, p.Name, Key(p.Name), p.Email, p.Title, p.JoinedAt, imported, p.Version)
	return err
}

func updatePerson(ctx context.Context, tx *db.DB, p Person) error {
	_, err := tx.Exec(ctx, `
		update people set name = $3, name_key = $4, email = $5, title = $6, version = $7
		where org_id = $1 and id = $2`,
		tx.Org(), p.ID, p.Name, Key(p.Name), p.Email, p.Title, p.Version)
	return err
}

// touch notes the newest entry that changed what is known of a person, by which a
// concurrent edit is seen.
func touch(ctx context.Context, tx *db.DB, person ID, sequence int64) error {
	_, err := tx.Exec(ctx, `
		update people set version = $3
		where org_id = $1 and id = $2`, tx.Org(), person, sequence)
	return err
}

// markLeft notes since when a person is gone; 0 means that they are here.
func markLeft(ctx context.Context, tx *db.DB, person ID, at calendar.Instant, sequence int64) error {
	_, err := tx.Exec(ctx, `
		update people set left_at = nullif(cast($3 as bigint), 0), version = $4
		where org_id = $1 and id = $2`, tx.Org(), person, at, sequence)
	return err
}

func deleteHash(ctx context.Context, tx *db.DB, person ID) error {
	_, err := tx.Exec(ctx, `delete from passwords where org_id = $1 and person_id = $2`, tx.Org(), person)
	return err
}
