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

func rolesOf(ctx context.Context, d *db.DB, person ID) ([]Role, error) {
	return db.All[Role](ctx, d, `
		select role
		from role_grants
		where org_id = $1 and person_id = $2 and revoked_at is null
		order by role`, d.Org(), person)
}

func insertGrant(ctx context.Context, tx *db.DB, person ID, role Role, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		insert into role_grants (org_id, person_id, role, granted_at)
		values ($1, $2, $3, $4)`, tx.Org(), person, role, at)
	return err
}

func endGrant(ctx context.Context, tx *db.DB, person ID, role Role, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		update role_grants set revoked_at = $4
		where org_id = $1 and person_id = $2 and role = $3 and revoked_at is null`, tx.Org(), person, role, at)
	return err
}

func otherAdministrators(ctx context.Context, d *db.DB, person ID) (int, error) {
	return db.One[int](ctx, d, `
		select count(*)
		from role_grants g
		join people p on p.org_id = g.org_id and p.id = g.person_id
		where g.org_id = $1 and g.role = 'administrator' and g.revoked_at is null
			and g.person_id <> $2 and p.left_at is null`, d.Org(), person)
}

const lineFields = `person_id, manager_id, from_at, coalesce(until_at, 0) as until_at`

func lineNow(ctx context.Context, d *db.DB, person ID) (Line, error) {
	lines, err := db.All[Line](ctx, d, `
		select `+lineFields+`
		from reporting_lines
		where org_id = $1 and person_id = $2 and until_at is null`, d.Org(), person)
	if err != nil || len(lines) == 0 {
		return Line{Person: person}, err
	}
	return lines[0], nil
}

// linesSince lists the lines that hold at an instant or after it.
func linesSince(ctx context.Context, d *db.DB, at calendar.Instant) ([]Line, error) {
	return db.All[Line](ctx, d, `
		select `+lineFields+`
		from reporting_lines
		where org_id = $1 and (until_at is null or until_at > $2)
		order by person_id, from_at`, d.Org(), at)
}

// lastLineEnd is when the newest of a person's former lines ended; 0 when none did.
func lastLineEnd(ctx context.Context, d *db.DB, person ID) (calendar.Instant, error) {
	return db.One[calendar.Instant](ctx, d, `
		select coalesce(max(until_at), 0) as ended
		from reporting_lines
		where org_id = $1 and person_id = $2`, d.Org(), person)
}

func linesOf(ctx context.Context, d *db.DB, person ID) ([]Line, error) {
	return db.All[Line](ctx, d, `
		select `+lineFields+`
		from reporting_lines
		where org_id = $1 and person_id = $2
		order by from_at`, d.Org(), person)
}

func deleteLine(ctx context.Context, tx *db.DB, l Line) error {
	_, err := tx.Exec(ctx, `
		delete from reporting_lines
		where org_id = $1 and person_id = $2 and from_at = $3`, tx.Org(), l.Person, l.From)
	return err
}

func linesAsOf(ctx context.Context, d *db.DB, org db.Org, at calendar.Instant) ([]Line, error) {
	return db.All[Line](ctx, d, `
		select `+lineFields+`
		from reporting_lines
		where org_id = $1 and from_at <= $2 and (until_at is null or until_at > $2)
		order by person_id`, org, at)
}

func insertLine(ctx context.Context, tx *db.DB, l Line) error {
	_, err := tx.Exec(ctx, `
		insert into reporting_lines (org_id, person_id, manager_id, from_at)
		values ($1, $2, $3, $4)`, tx.Org(), l.Person, l.Manager, l.From)
	return err
}

func endLine(ctx context.Context, tx *db.DB, person ID, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		update reporting_lines set until_at = $3
		where org_id = $1 and person_id = $2 and until_at is null`, tx.Org(), person, at)
	return err
}

// underling is someone down the line, and how they come to be there.
type underling struct {
	Person ID    `db:"person_id"`
	Depth  int   `db:"depth"`
	Here   int64 `db:"here"` // 1 when the line holds; 0 when it was the last of someone who left
}

// linesThatCount is the condition that a line holds at $3, or was the last one of
// someone who has left by then: what they sold stays in sight of the line that they
// worked in.
const linesThatCount = `l.from_at <= $3 and (l.until_at is null or l.until_at > $3
	or l.until_at <= $3 and exists (
		select 1
		from people p
		where p.org_id = l.org_id and p.id = l.person_id and p.left_at = l.until_at))`

// everyoneBelow lists who reports to a person at an instant, level by level.
func everyoneBelow(ctx context.Context, d *db.DB, person ID, at calendar.Instant) ([]underling, error) {
	return db.All[underling](ctx, d, `
		with recursive below (person_id, depth, here) as (
			select l.person_id, 1, case when l.until_at is null or l.until_at > $3 then 1 else 0 end
			from reporting_lines l
			where l.org_id = $1 and l.manager_id = $2 and `+linesThatCount+`
			union
			select l.person_id, b.depth + 1, case when l.until_at is null or l.until_at > $3 then 1 else 0 end
			from below b
			join reporting_lines l on l.org_id = $1 and l.manager_id = b.person_id and `+linesThatCount+`
			where b.depth < 100
		)
		select person_id, min(depth) as depth, max(here) as here
		from below
		group by person_id
		order by 2, 1`, d.Org(), person, at)
}

// reportsNow lists who reports to a person directly.
func reportsNow(ctx context.Context, d *db.DB, person ID) ([]ID, error) {
	return db.All[ID](ctx, d, `
		select person_id
		from reporting_lines
		where org_id = $1 and manager_id = $2 and until_at is null
		order by person_id`, d.Org(), person)
}

// endGrants takes every role away; what the roles were stays on record.
func endGrants(ctx context.Context, tx *db.DB, person ID, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		update role_grants set revoked_at = $3
		where org_id = $1 and person_id = $2 and revoked_at is null`, tx.Org(), person, at)
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

type team struct {
	Manager ID     `db:"manager_id"`
	Name    string `db:"name"`
}

// teamNames are the names given to teams, by manager.
func teamNames(ctx context.Context, d *db.DB, org db.Org) (map[ID]string, error) {
	names := map[ID]string{}
	err := db.Each(ctx, d, func(t *team) error {
		names[t.Manager] = t.Name
		return nil
	}, `
		select manager_id, name
		from teams
		where org_id = $1`, org)
	return names, err
}

func upsertTeam(ctx context.Context, tx *db.DB, manager ID, name string) error {
	_, err := tx.Exec(ctx, `
		insert into teams (org_id, manager_id, name) values ($1, $2, $3)
		on conflict (org_id, manager_id) do update set name = $3`, tx.Org(), manager, name)
	return err
}

func deleteTeam(ctx context.Context, tx *db.DB, manager ID) error {
	_, err := tx.Exec(ctx, `delete from teams where org_id = $1 and manager_id = $2`, tx.Org(), manager)
	return err
}
