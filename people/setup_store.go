package people

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

// waysIn counts the people with a password who are here, the invitations that are
// out, and the demonstration companies. (An invitation that was not used in time is
// removed by the nightly job.)
func waysIn(ctx context.Context, d *db.DB) (int, error) {
	return db.One[int](ctx, d, `
		select (
			select count(*)
			from passwords w
			join people p on p.org_id = w.org_id and p.id = w.person_id
			where p.left_at is null
		) + (
			select count(*)
			from sign_in_links
			where purpose = 'invitation' and used_at is null
		) + (
			select count(*)
			from organizations
			where demonstration = 1
		) as ways`)
}

// claimSetUp fails for the second of two who set up at once: its row is there.
func claimSetUp(ctx context.Context, tx *db.DB, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `insert into set_ups (id, done_at) values (1, $1)`, at)
	return err
}
