package people

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

func insertLink(ctx context.Context, tx *db.DB, l link, tokenHash string) error {
	_, err := tx.Exec(ctx, `
		insert into sign_in_links (org_id, token_hash, person_id, purpose, made_at, expires_at)
		values ($1, $2, $3, $4, $5, $6)`,
		tx.Org(), tokenHash, l.Person, l.Purpose, l.MadeAt, l.ExpiresAt)
	return err
}

const linkFields = `org_id, person_id, purpose, made_at, expires_at, coalesce(used_at, 0) as used_at`

// linkOf finds a link by its token, in every organization.
func linkOf(ctx context.Context, d *db.DB, tokenHash string) (link, error) {
	return db.One[link](ctx, d, `
		select `+linkFields+`
		from sign_in_links
		where token_hash = $1`, tokenHash)
}

// openLinksOf lists the links by which a person can still set a password.
func openLinksOf(ctx context.Context, d *db.DB, person ID, now calendar.Instant) ([]link, error) {
	return db.All[link](ctx, d, `
		select `+linkFields+`
		from sign_in_links
		where org_id = $1 and person_id = $2 and used_at is null and expires_at > $3
			and purpose in ('invitation', 'reset')
		order by made_at desc`, d.Org(), person, now)
}

func markUsed(ctx context.Context, tx *db.DB, tokenHash string, at calendar.Instant) (int64, error) {
	return tx.Exec(ctx, `
		update sign_in_links set used_at = $3
		where org_id = $1 and token_hash = $2 and used_at is null and expires_at > $3`, tx.Org(), tokenHash, at)
}

func deleteLinks(ctx context.Context, tx *db.DB, person ID) error {
	_, err := tx.Exec(ctx, `delete from sign_in_links where org_id = $1 and person_id = $2`, tx.Org(), person)
	return err
}

// insertResetRequests notes a request for everyone who can sign in with an address,
// and tells how many they are.
func insertResetRequests(ctx context.Context, d *db.DB, email string, at calendar.Instant) (int64, error) {
	return d.Exec(ctx, `
		insert into reset_requests (org_id, person_id, asked_at)
		select org_id, id, cast($2 as bigint)
		from people
		where email = $1 and email <> '' and left_at is null
		on conflict (org_id, person_id) do update set asked_at = excluded.asked_at`, email, at)
}

// resetRequest is someone who waits for a link to set a new password.
type resetRequest struct {
	Person  ID               `db:"person_id"`
	AskedAt calendar.Instant `db:"asked_at"`
}

func resetRequests(ctx context.Context, d *db.DB) ([]resetRequest, error) {
	return db.All[resetRequest](ctx, d, `
		select person_id, asked_at
		from reset_requests
		where org_id = $1
		order by asked_at, person_id`, d.Org())
}

func deleteResetRequest(ctx context.Context, tx *db.DB, person ID) error {
	_, err := tx.Exec(ctx, `delete from reset_requests where org_id = $1 and person_id = $2`, tx.Org(), person)
	return err
}
