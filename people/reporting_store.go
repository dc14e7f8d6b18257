package people

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

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

// linesThatCount is the condition that a line holds at $3, or was the last one of
// someone who has left by then: what they sold stays in sight of the line that they
// worked in.
const linesThatCount = `l.from_at <= $3 and (l.until_at is null or l.until_at > $3 or exists (
	select 1
	from people p
	where p.org_id = l.org_id and p.id = l.person_id and p.left_at = l.until_at))`

// everyoneBelow lists who reports to a person at an instant, level by level. The
// cross join holds SQLite to this order; left to itself it reads every line of the
// organization at each step.
func everyoneBelow(ctx context.Context, d *db.DB, person ID, at calendar.Instant) ([]ID, error) {
	return db.All[ID](ctx, d, `
		with recursive below (person_id, depth) as (
			select l.person_id, 1
			from reporting_lines l
			where l.org_id = $1 and l.manager_id = $2 and `+linesThatCount+`
			union
			select l.person_id, b.depth + 1
			from below b
			cross join reporting_lines l
			where l.org_id = $1 and l.manager_id = b.person_id and b.depth < 100 and `+linesThatCount+`
		)
		select person_id
		from below
		group by person_id
		order by min(depth), person_id`, d.Org(), person, at)
}

// reportsNow lists who reports to a person directly.
func reportsNow(ctx context.Context, d *db.DB, person ID) ([]ID, error) {
	return db.All[ID](ctx, d, `
		select person_id
		from reporting_lines
		where org_id = $1 and manager_id = $2 and until_at is null
		order by person_id`, d.Org(), person)
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
