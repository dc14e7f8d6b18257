package deals

import (
	"context"
	"strconv"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

const bulkFields = `id, person_id, what, value, state, made_at, ended_at, touched_at`

// bulkOf reads a bulk change of a person's own.
func bulkOf(ctx context.Context, d *db.DB, person people.ID, id string) (bulk, error) {
	return db.One[bulk](ctx, d, `
		select `+bulkFields+`
		from bulk_changes
		where org_id = $1 and id = $2 and person_id = $3`, d.Org(), id, person)
}

// bulksUnderWay lists what is running or being undone, and was not gone on with since
// an instant.
func bulksUnderWay(ctx context.Context, d *db.DB, since calendar.Instant) ([]bulk, error) {
	return db.All[bulk](ctx, d, `
		select `+bulkFields+`
		from bulk_changes
		where org_id = $1 and state in ('running', 'undoing') and touched_at <= $2
		order by made_at, id`, d.Org(), since)
}

// bulkUnderWayOf is a change of a person's own that has not come to its end.
func bulkUnderWayOf(ctx context.Context, d *db.DB, person people.ID) ([]bulk, error) {
	return db.All[bulk](ctx, d, `
		select `+bulkFields+`
		from bulk_changes
		where org_id = $1 and person_id = $2 and state in ('running', 'undoing')
		order by made_at, id
		limit 1`, d.Org(), person)
}

func insertBulk(ctx context.Context, tx *db.DB, b bulk) error {
	_, err := tx.Exec(ctx, `
		insert into bulk_changes (org_id, id, person_id, what, value, state, made_at, ended_at, touched_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.Org(), b.ID, b.Person, b.What, b.Value, b.State, b.MadeAt, b.EndedAt, b.TouchedAt)
	return err
}

// moveBulk brings a bulk change from one state to another, unless someone was faster.
func moveBulk(ctx context.Context, d *db.DB, b bulk, from string) (bool, error) {
	n, err := d.Exec(ctx, `
		update bulk_changes set what = $3, value = $4, state = $5, ended_at = $6, touched_at = $7
		where org_id = $1 and id = $2 and state = $8`,
		d.Org(), b.ID, b.What, b.Value, b.State, b.EndedAt, b.TouchedAt, from)
	return n == 1, err
}

// forgetUnused drops what a person chose before and never ran.
func forgetUnused(ctx context.Context, tx *db.DB, person people.ID) error {
	if _, err := tx.Exec(ctx, `
		delete from bulk_change_deals
		where org_id = $1 and bulk_id in (
			select b.id
			from bulk_changes b
			where b.org_id = $1 and b.person_id = $2 and b.state in ('chosen', 'planned'))`, tx.Org(), person); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		delete from bulk_changes
		where org_id = $1 and person_id = $2 and state in ('chosen', 'planned')`, tx.Org(), person)
	return err
}

var pickedColumns = []string{"org_id", "bulk_id", "deal_id", "place", "state", "version", "value_before", "value_after", "reason"}

// putPicked writes deals of a bulk change, over what was written of them before.
func putPicked(ctx context.Context, tx *db.DB, id string, list []picked) error {
	ids, rows := make([]ID, len(list)), make([][]any, len(list))
	for i, p := range list {
		ids[i] = p.Deal
		rows[i] = []any{string(tx.Org()), id, string(p.Deal), p.Place, p.State, p.Version, p.Before, p.After, p.Reason}
	}
	if _, err := tx.Exec(ctx, `
		delete from bulk_change_deals
		where org_id = $1 and bulk_id = $2 and `+tx.OneOf("deal_id", 3), tx.Org(), id, db.List(ids)); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "bulk_change_deals", pickedColumns, rows)
}

const pickedFields = `deal_id, place, state, version, value_before, value_after, reason`

// pickedAfter lists deals of a bulk change, whatever their state, beyond a place.
func pickedAfter(ctx context.Context, d *db.DB, id string, place int64, most int) ([]picked, error) {
	return db.All[picked](ctx, d, `
		select `+pickedFields+`
		from bulk_change_deals
		where org_id = $1 and bulk_id = $2 and place > $3
		order by place
		limit `+strconv.Itoa(most), d.Org(), id, place)
}

// pickedIn lists deals of a bulk change in a state.
func pickedIn(ctx context.Context, d *db.DB, id, state string, most int) ([]picked, error) {
	return db.All[picked](ctx, d, `
		select `+pickedFields+`
		from bulk_change_deals
		where org_id = $1 and bulk_id = $2 and state = $3
		order by place
		limit `+strconv.Itoa(most), d.Org(), id, state)
}

// stopPicked gives up what is still to be changed.
func stopPicked(ctx context.Context, tx *db.DB, id, from, to, reason string) error {
	_, err := tx.Exec(ctx, `
		update bulk_change_deals set state = $4, reason = $5
		where org_id = $1 and bulk_id = $2 and state = $3`, tx.Org(), id, from, to, reason)
	return err
}

// pickedCount is how many deals are in a state for a reason.
type pickedCount struct {
	State  string `db:"state"`
	Reason string `db:"reason"`
	Deals  int64  `db:"deals"`
}

func pickedCounts(ctx context.Context, d *db.DB, id string) ([]pickedCount, error) {
	return db.All[pickedCount](ctx, d, `
		select state, reason, count(*) as deals
		from bulk_change_deals
		where org_id = $1 and bulk_id = $2
		group by state, reason
		order by deals desc, state, reason`, d.Org(), id)
}

// matching lists the deals that a filter finds, by their ids.
func matching(ctx context.Context, d *db.DB, q query, most int) ([]ID, error) {
	w := q.conditions(d)
	return db.All[ID](ctx, d, `
		select o.id
		from opportunities o
		where `+w.text()+`
		order by o.id
		limit `+strconv.Itoa(most), w.args...)
}

// several reads opportunities by their ids, without their attributes.
func several(ctx context.Context, d *db.DB, ids []ID) (map[ID]Opportunity, error) {
	list, err := db.All[row](ctx, d, `
		select `+rowFields+`
		from opportunities o
		where o.org_id = $1 and `+d.OneOf("o.id", 2), d.Org(), db.List(ids))
	found := make(map[ID]Opportunity, len(list))
	for _, r := range list {
		found[r.ID] = r.opportunity()
	}
	return found, err
}

// pickedLed counts the deals of a bulk change whose stage follows from a sales process.
func pickedLed(ctx context.Context, d *db.DB, id string) (int64, error) {
	return db.One[int64](ctx, d, `
		select count(*)
		from bulk_change_deals b
		join opportunities o on o.org_id = b.org_id and o.id = b.deal_id
		where b.org_id = $1 and b.bulk_id = $2 and o.process_id <> ''`, d.Org(), id)
}
