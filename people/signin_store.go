package people

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
)

// candidates looks in every organization for those who can sign in with an address.
func candidates(ctx context.Context, d *db.DB, email string) ([]candidate, error) {
	return db.All[candidate](ctx, d, `
		select p.org_id, p.id as person_id, o.name as organization, w.hash
		from people p
		join organizations o on o.org_id = p.org_id
		join passwords w on w.org_id = p.org_id and w.person_id = p.id
		where p.email = $1 and p.email <> '' and p.left_at is null
		order by o.name, p.org_id`, email)
}

// replaceHash stores a new hash of the same password, unless it was changed meanwhile.
func replaceHash(ctx context.Context, d *db.DB, person ID, before, hash string) error {
	_, err := d.Exec(ctx, `
		update passwords set hash = $4
		where org_id = $1 and person_id = $2 and hash = $3`, d.Org(), person, before, hash)
	return err
}

func upsertHash(ctx context.Context, tx *db.DB, person ID, hash string, at calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		insert into passwords (org_id, person_id, hash, set_at) values ($1, $2, $3, $4)
		on conflict (org_id, person_id) do update set hash = $3, set_at = $4`, tx.Org(), person, hash, at)
	return err
}

// hashesOf is the person's password hash: one, or none.
func hashesOf(ctx context.Context, d *db.DB, person ID) ([]string, error) {
	return db.All[string](ctx, d, `
		select hash
		from passwords
		where org_id = $1 and person_id = $2`, d.Org(), person)
}

func insertSignIn(ctx context.Context, tx *db.DB, s SignIn, tokenHash string) error {
	_, err := tx.Exec(ctx, `
		insert into sign_ins (org_id, token_hash, id, person_id, began_at, seen_at, expires_at, device)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Org(), tokenHash, s.ID, s.Person, s.BeganAt, s.SeenAt, s.ExpiresAt, s.Device)
	return err
}

const signInFields = `org_id, id, person_id, began_at, seen_at, expires_at, device`

// asking is who is asking, by a sign-in: everything but roles and the line.
type asking struct {
	SignIn
	Name          string           `db:"name"`
	Email         string           `db:"email"`
	LeftAt        calendar.Instant `db:"left_at"`
	Organization  string           `db:"organization"`
	TimeZone      string           `db:"time_zone"`
	FiscalStart   int              `db:"fiscal_start"`
	Currency      money.Currency   `db:"currency"`
	Demonstration bool             `db:"demonstration"`
	CreatedAt     calendar.Instant `db:"created_at"`
}

// whoAsks finds who is asking by the token of a sign-in, in every organization: one
// query, because every request makes it.
func whoAsks(ctx context.Context, d *db.DB, tokenHash string, now calendar.Instant) (asking, error) {
	return db.One[asking](ctx, d, `
		select s.org_id, s.id, s.person_id, s.began_at, s.seen_at, s.expires_at, s.device,
			p.name, p.email, coalesce(p.left_at, 0) as left_at,
			o.name as organization, o.time_zone, o.fiscal_start, o.currency, o.demonstration, o.created_at
		from sign_ins s
		join people p on p.org_id = s.org_id and p.id = s.person_id
		join organizations o on o.org_id = s.org_id
		where s.token_hash = $1 and s.expires_at > $2`, tokenHash, now)
}

// signInsOf lists a person's sign-ins, the one used last first, and those that have
// expired too.
func signInsOf(ctx context.Context, d *db.DB, person ID) ([]SignIn, error) {
	return db.All[SignIn](ctx, d, `
		select `+signInFields+`
		from sign_ins
		where org_id = $1 and person_id = $2
		order by seen_at desc, id desc`, d.Org(), person)
}

func touchSignIn(ctx context.Context, d *db.DB, id string, seen, expires calendar.Instant) error {
	_, err := d.Exec(ctx, `
		update sign_ins set seen_at = $3, expires_at = $4
		where org_id = $1 and id = $2`, d.Org(), id, seen, expires)
	return err
}

func deleteSignIn(ctx context.Context, tx *db.DB, id string) error {
	_, err := tx.Exec(ctx, `delete from sign_ins where org_id = $1 and id = $2`, tx.Org(), id)
	return err
}

func triesOfEmail(ctx context.Context, tx *db.DB, key, except string, since calendar.Instant) (tries, error) {
	return db.One[tries](ctx, tx, `
		select count(*) as count, coalesce(max(tried_at), 0) as newest
		from sign_in_attempts
		where email_key = $1 and tried_at > $2 and id <> $3`, key, since, except)
}

func triesOfAddress(ctx context.Context, tx *db.DB, address, except string, since calendar.Instant) (tries, error) {
	return db.One[tries](ctx, tx, `
		select count(*) as count, coalesce(max(tried_at), 0) as newest
		from sign_in_attempts
		where address = $1 and tried_at > $2 and id <> $3`, address, since, except)
}

func insertTry(ctx context.Context, tx *db.DB, id, key, address string, now calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		insert into sign_in_attempts (id, email_key, address, tried_at)
		values ($1, $2, $3, $4)`, id, key, address, now)
	return err
}

func deleteTry(ctx context.Context, d *db.DB, id string) error {
	_, err := d.Exec(ctx, `delete from sign_in_attempts where id = $1`, id)
	return err
}

func deleteTries(ctx context.Context, d *db.DB, key string) error {
	_, err := d.Exec(ctx, `delete from sign_in_attempts where email_key = $1`, key)
	return err
}

// deleteOld removes sign-ins and links that are past, and tries that count no more.
func deleteOld(ctx context.Context, d *db.DB, before, tries calendar.Instant) error {
	if _, err := d.Exec(ctx, `delete from sign_ins where org_id = $1 and expires_at < $2`, d.Org(), before); err != nil {
		return err
	}
	if _, err := d.Exec(ctx, `delete from sign_in_links where org_id = $1 and expires_at < $2`, d.Org(), before); err != nil {
		return err
	}
	_, err := d.Exec(ctx, `delete from sign_in_attempts where tried_at < $1`, tries)
	return err
}
