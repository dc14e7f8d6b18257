package board

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// signedIn tells whether a sign-in still holds. It does not prolong it: a board that
// is left open must not keep its owner signed in for ever.
func signedIn(ctx context.Context, d *db.DB, v *people.Viewer, now calendar.Instant) (bool, error) {
	n, err := db.One[int](ctx, d, `
		select count(*)
		from sign_ins
		where org_id = $1 and person_id = $2 and id = $3 and expires_at > $4`, v.Org, v.ID, v.SignInID, now)
	return n > 0, err
}
