package people

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

func rolesOf(ctx context.Context, d *db.DB, person ID) ([]Role, error) {
	return db.All[Role](ctx, d, `
		select role
		from role_grants
		where org_id = $1 and person_id = $2 and revoked_at is null
		order by role`, d.Org(), person)
}

// insertGrant gives a role; one that was taken away within the same millisecond is
// given back.
func insertGrant(ctx context.Context, tx *db.DB, person ID, role Role, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		insert into role_grants (org_id, person_id, role, granted_at)
		values ($1, $2, $3, $4)
		on conflict (org_id, person_id, role, granted_at) do update set revoked_at = null`, tx.Org(), person, role, at)
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

// endGrants takes every role away; what the roles were stays on record.
func endGrants(ctx context.Context, tx *db.DB, person ID, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		update role_grants set revoked_at = $3
		where org_id = $1 and person_id = $2 and revoked_at is null`, tx.Org(), person, at)
	return err
}
