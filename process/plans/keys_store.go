package plans

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
)

// keyRow is what opens a private link.
type keyRow struct {
	Org      db.Org   `db:"org_id"`
	Plan     ID       `db:"plan_id"`
	Deal     deals.ID `db:"deal_id"`
	Link     LinkID   `db:"link_id"`
	Passcode string   `db:"passcode_hash"` // empty where none is asked for
}

// keyOf finds a key by its token, in every organization unless the handle is confined
// to one; none, or one.
func keyOf(ctx context.Context, d *db.DB, token string) ([]keyRow, error) {
	return db.All[keyRow](ctx, d, `
		select org_id, plan_id, deal_id, link_id, passcode_hash
		from plan_keys
		where token_hash = $1`, hashOf(token))
}

func insertKey(ctx context.Context, tx *db.DB, k keyRow, token string) error {
	_, err := tx.Exec(ctx, `
		insert into plan_keys (org_id, token_hash, plan_id, deal_id, link_id, passcode_hash)
		values ($1, $2, $3, $4, $5, $6)`, tx.Org(), hashOf(token), k.Plan, k.Deal, k.Link, k.Passcode)
	return err
}

func deleteKey(ctx context.Context, tx *db.DB, link LinkID) error {
	_, err := tx.Exec(ctx, `delete from plan_keys where org_id = $1 and link_id = $2`, tx.Org(), link)
	return err
}

// colleague is somebody whom the buyer would like to have in the plan.
type colleague struct {
	ID    RemarkID `db:"id"`
	Name  string   `db:"name"`
	Email string   `db:"email"`
	Title string   `db:"title"`
}

func insertColleague(ctx context.Context, tx *db.DB, plan ID, c colleague) error {
	_, err := tx.Exec(ctx, `
		insert into plan_colleagues (org_id, id, plan_id, name, email, title)
		values ($1, $2, $3, $4, $5, $6)`, tx.Org(), c.ID, plan, c.Name, c.Email, c.Title)
	return err
}

// colleaguesOf lists those of a plan who wait for an answer.
func colleaguesOf(ctx context.Context, d *db.DB, plan ID) ([]colleague, error) {
	return db.All[colleague](ctx, d, `
		select id, name, email, title
		from plan_colleagues
		where org_id = $1 and plan_id = $2
		order by id`, d.Org(), plan)
}

func deleteColleague(ctx context.Context, tx *db.DB, id RemarkID) error {
	_, err := tx.Exec(ctx, `delete from plan_colleagues where org_id = $1 and id = $2`, tx.Org(), id)
	return err
}

func insertTry(ctx context.Context, d *db.DB, id, key string, now calendar.Instant) error {
	_, err := d.Exec(ctx, `
		insert into plan_tries (id, key, tried_at)
		values ($1, $2, $3)`, id, key, now)
	return err
}

// triesSince counts the tries of a key within a window, but for one.
func triesSince(ctx context.Context, d *db.DB, key, but string, since calendar.Instant) (tries, error) {
	return db.One[tries](ctx, d, `
		select count(*) as count, coalesce(max(tried_at), 0) as newest
		from plan_tries
		where key = $1 and id <> $2 and tried_at > $3`, key, but, since)
}

func deleteTry(ctx context.Context, d *db.DB, id string) error {
	_, err := d.Exec(ctx, `delete from plan_tries where id = $1`, id)
	return err
}

func deleteTries(ctx context.Context, d *db.DB, key string) error {
	_, err := d.Exec(ctx, `delete from plan_tries where key = $1`, key)
	return err
}

func deleteOldTries(ctx context.Context, d *db.DB, before calendar.Instant) error {
	_, err := d.Exec(ctx, `delete from plan_tries where tried_at < $1`, before)
	return err
}
