package targets

import (
	"context"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// bookmarked is the last entry that wins took in.
func bookmarked(ctx context.Context, d *db.DB) (int64, error) {
	found, err := db.All[int64](ctx, d, `
		select sequence
		from bookmarks
		where org_id = $1 and reader = $2`, d.Org(), winsReader)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}

// concerned tells whether a win may depend on an entry of a stretch. The stretch has
// both its ends in the text, so that it is read by the key and not by a guess.
func concerned(ctx context.Context, d *db.DB, after, until int64) (bool, error) {
	found, err := db.All[int64](ctx, d, `
		select count(*)
		from entries
		where org_id = $1 and sequence > $2 and sequence <= $3 and kind in ($4, $5, $6, $7)`,
		d.Org(), after, until, deals.Closed, deals.Reopened, deals.OwnerSet, deals.AmountSet)
	return len(found) > 0 && found[0] > 0, err
}

// dealsWithWins tells which of some deals were ever won.
func dealsWithWins(ctx context.Context, tx *db.DB, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All[string](ctx, tx, `
		select distinct opportunity_id
		from wins
		where org_id = $1 and `+tx.OneOf("opportunity_id", 2), tx.Org(), db.List(ids))
}

// winEntries lists what the wins of some deals depend on, deal by deal.
func winEntries(ctx context.Context, tx *db.DB, ids []string) ([]ledger.Entry, error) {
	return db.All[ledger.Entry](ctx, tx, `
		select sequence, recorded_at, effective_at, kind, opportunity_id, payload
		from entries
		where org_id = $1 and opportunity_id is not null and `+tx.OneOf("opportunity_id", 2)+`
			and kind in ($3, $4, $5, $6)
		order by opportunity_id, sequence`,
		tx.Org(), db.List(ids), deals.Closed, deals.Reopened, deals.OwnerSet, deals.AmountSet)
}

var winColumns = []string{"org_id", "opportunity_id", "known_from", "known_until", "won_at", "owner_id", "currency", "amount_minor"}

func replaceWins(ctx context.Context, tx *db.DB, ids []string, list []winRow) error {
	if _, err := tx.Exec(ctx, `
		delete from wins
		where org_id = $1 and `+tx.OneOf("opportunity_id", 2), tx.Org(), db.List(ids)); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{string(tx.Org()), r.Deal, int64(r.KnownFrom), int64(r.KnownUntil), int64(r.WonAt), string(r.Owner),
			r.Currency, r.Minor}
	}
	return tx.InsertMany(ctx, "wins", winColumns, rows)
}

// wonRow is what one owner won in one currency.
type wonRow struct {
	Owner    people.ID `db:"owner_id"`
	Currency string    `db:"currency"`
	Wins     int64     `db:"wins"`
	Minor    int64     `db:"minor"`
}

// wonBetween adds up the deals won from an instant up to another, as known at asOf.
func wonBetween(ctx context.Context, d *db.DB, org db.Org, from, until, asOf calendar.Instant) ([]wonRow, error) {
	return db.All[wonRow](ctx, d, `
		select owner_id, currency, count(*) as wins, cast(sum(amount_minor) as bigint) as minor
		from wins
		where org_id = $1 and won_at >= $2 and won_at < $3 and known_from < $4 and known_until >= $4
		group by owner_id, currency
		order by owner_id, currency`, org, from, until, asOf)
}

// Win is one deal that was won, with whoever owned it then.
type Win struct {
	At       calendar.Instant `db:"won_at"`
	Owner    people.ID        `db:"owner_id"`
	Currency money.Currency   `db:"currency"` // empty while the deal has no amount
	Minor    int64            `db:"amount_minor"`
}

// WinsIn lists the deals won in a period, as known at an instant, in the order in which
// they were won. It takes in nothing: ask Attainment first where that matters.
func WinsIn(ctx context.Context, d *db.DB, o people.Organization, p calendar.Period, asOf calendar.Instant) ([]Win, error) {
	return db.All[Win](ctx, d, `
		select won_at, owner_id, currency, amount_minor
		from wins
		where org_id = $1 and won_at >= $2 and won_at < $3 and known_from < $4 and known_until >= $4
		order by won_at, opportunity_id`, o.ID, p.From.Midnight(o.Place()), p.Until.Midnight(o.Place()), asOf)
}

// newestRecorded is when the last entry of the ledger was recorded.
func newestRecorded(ctx context.Context, d *db.DB) (calendar.Instant, error) {
	found, err := db.All[calendar.Instant](ctx, d, `
		select e.recorded_at
		from ledger_heads h
		join entries e on e.org_id = h.org_id and e.sequence = h.sequence
		where h.org_id = $1`, d.Org())
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}

// wonNow adds up the deals won from an instant up to another as they stand now, for
// their present owners.
func wonNow(ctx context.Context, d *db.DB, from, until calendar.Instant) ([]wonRow, error) {
	return db.All[wonRow](ctx, d, `
		select coalesce(owner_id, '') as owner_id, coalesce(currency, '') as currency, count(*) as wins,
			cast(coalesce(sum(amount_minor), 0) as bigint) as minor
		from opportunities
		where org_id = $1 and outcome is not null and outcome = 'won' and closed_at >= $2 and closed_at < $3
		group by owner_id, currency`, d.Org(), from, until)
}

// firstWin is when the first deal of all was won, as known at asOf; a day far ahead
// when none was.
func firstWin(ctx context.Context, d *db.DB, org db.Org, asOf calendar.Instant) (calendar.Instant, error) {
	found, err := db.All[calendar.Instant](ctx, d, `
		select won_at
		from wins
		where org_id = $1 and known_from < $2 and known_until >= $2
		order by won_at
		limit 1`, org, asOf)
	if err != nil || len(found) == 0 {
		return calendar.NewDate(2999, 1, 1).Midnight(time.UTC), err
	}
	return found[0], nil
}

// everyWin lists all rows, for comparing them with the ledger.
func everyWin(ctx context.Context, d *db.DB, org db.Org) ([]winRow, error) {
	return db.All[winRow](ctx, d, `
		select opportunity_id, known_from, known_until, won_at, owner_id, currency, amount_minor
		from wins
		where org_id = $1
		order by opportunity_id, known_from`, org)
}
