package accounts

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
)

type sumLine struct {
	Account      ID               `db:"account_id"`
	Outcome      string           `db:"outcome"`
	Currency     money.Currency   `db:"currency"`
	Minor        int64            `db:"minor"`
	Deals        int              `db:"deals"`
	LastActivity calendar.Instant `db:"last_activity"`
}

func sumsOf(ctx context.Context, d *db.DB, s sight, ids []ID) ([]sumLine, error) {
	w := newWhere(d)
	w.add("o.org_id = ?", d.Org())
	w.oneOf("o.account_id", db.List(ids))
	s.deals(w, "o")
	return db.All[sumLine](ctx, d, `
		select o.account_id, coalesce(o.outcome, '') as outcome, coalesce(o.currency, '') as currency,
			cast(coalesce(sum(o.amount_minor), 0) as bigint) as minor, count(*) as deals,
			coalesce(max(o.last_activity_at), 0) as last_activity
		from opportunities o
		where `+w.text()+`
		group by o.account_id, o.outcome, o.currency`, w.args...)
}

// sumsBelow walks down from an account; a union keeps a circle, which there must not
// be, from running for ever.
func sumsBelow(ctx context.Context, d *db.DB, s sight, id ID) ([]sumLine, error) {
	w := newWhere(d)
	w.add("o.org_id = ?", d.Org())
	top := w.arg(id)
	s.deals(w, "o")
	return db.All[sumLine](ctx, d, `
		with recursive below (id) as (
			select a.id
			from accounts a
			where a.org_id = $1 and a.id = $`+itoa(top)+`
			union
			select a.id
			from below
			join accounts a on a.org_id = $1 and a.parent_id = below.id and a.merged_into = ''
		)
		select below.id as account_id, coalesce(o.outcome, '') as outcome, coalesce(o.currency, '') as currency,
			cast(coalesce(sum(o.amount_minor), 0) as bigint) as minor, count(*) as deals, 0 as last_activity
		from below
		join opportunities o on o.account_id = below.id
		where `+w.text()+`
		group by below.id, o.outcome, o.currency`, w.args...)
}

type headCount struct {
	Account ID  `db:"account_id"`
	People  int `db:"people"`
}

func peopleAt(ctx context.Context, d *db.DB, ids []ID) ([]headCount, error) {
	return db.All[headCount](ctx, d, `
		select account_id, count(*) as people
		from contacts
		where org_id = $1 and `+d.OneOf("account_id", 2)+` and left_on = '' and erased = 0
		group by account_id`, d.Org(), db.List(ids))
}

// dealRows lists the deals in sight of an account: open ones first, by expected
// close, then what ended last.
func dealRows(ctx context.Context, d *db.DB, s sight, id ID, most int) ([]DealRow, error) {
	w := newWhere(d)
	w.add("o.org_id = ?", d.Org())
	w.add("o.account_id = ?", id)
	s.deals(w, "o")
	limit := w.arg(most)
	return db.All[DealRow](ctx, d, `
		select o.id, o.title, coalesce(o.owner_id, '') as owner_id, o.stage, coalesce(o.amount_minor, -1) as amount_minor,
			coalesce(o.currency, '') as currency, coalesce(o.close_date, '') as close_date,
			coalesce(o.outcome, '') as outcome, coalesce(o.closed_at, 0) as closed_at, o.version
		from opportunities o
		where `+w.text()+`
		order by case when o.outcome is null then 0 else 1 end, coalesce(o.closed_at, 0) desc,
			coalesce(o.close_date, '9999'), o.id
		limit $`+itoa(limit), w.args...)
}
