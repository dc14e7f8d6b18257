package people

import (
	"context"

	"milepost/internal/db"
)

// grant is a role that someone has now.
type grant struct {
	Person ID   `db:"person_id"`
	Role   Role `db:"role"`
}

func grantsNow(ctx context.Context, d *db.DB) ([]grant, error) {
	return db.All[grant](ctx, d, `
		select person_id, role
		from role_grants
		where org_id = $1 and revoked_at is null
		order by person_id, role`, d.Org())
}

// withPassword lists who has set a password.
func withPassword(ctx context.Context, d *db.DB) ([]ID, error) {
	return db.All[ID](ctx, d, `
		select person_id
		from passwords
		where org_id = $1`, d.Org())
}
