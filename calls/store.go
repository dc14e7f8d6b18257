package calls

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// row is a call as the table holds it.
type row struct {
	From        calendar.Date    `db:"from_day"`
	Until       calendar.Date    `db:"until_day"`
	Person      people.ID        `db:"person_id"`
	Scope       Scope            `db:"scope"`
	Currency    money.Currency   `db:"currency"`
	Sequence    int64            `db:"sequence"`
	Commit      int64            `db:"commit_minor"`
	Best        int64            `db:"best_minor"`
	Why         string           `db:"why"`
	EffectiveAt calendar.Instant `db:"effective_at"`
	RecordedAt  calendar.Instant `db:"recorded_at"`
}

func (r row) call() Call {
	return Call{Key{r.Person, r.Scope, r.From, r.Until, r.Currency}, r.Commit, r.Best, r.Why, r.EffectiveAt, r.RecordedAt, r.Sequence}
}

const fields = `from_day, until_day, person_id, scope, currency, sequence, commit_minor, best_minor, why, effective_at, recorded_at`

var columns = []string{"org_id", "from_day", "until_day", "person_id", "scope", "currency", "sequence", "commit_minor", "best_minor",
	"why", "effective_at", "recorded_at"}

func insertCalls(ctx context.Context, tx *db.DB, list []Call) error {
	rows := make([][]any, len(list))
	for i, c := range list {
		rows[i] = []any{string(tx.Org()), string(c.From), string(c.Until), string(c.Person), string(c.Scope), string(c.Currency),
			c.Sequence, c.Commit, c.Best, c.Why, int64(c.EffectiveAt), int64(c.RecordedAt)}
	}
	return tx.InsertMany(ctx, "period_calls", columns, rows)
}

func bookOf(list []row, err error) (*Book, error) {
	calls := make([]Call, len(list))
	for i, r := range list {
		calls[i] = r.call()
	}
	return NewBook(calls), err
}

// callsOf reads all that was called under a key.
func callsOf(ctx context.Context, d *db.DB, k Key) (*Book, error) {
	return bookOf(db.All[row](ctx, d, `
		select `+fields+`
		from period_calls
		where org_id = $1 and from_day = $2 and until_day = $3 and person_id = $4 and scope = $5 and currency = $6`,
		d.Org(), k.From, k.Until, k.Person, k.Scope, k.Currency))
}

// callsBetween reads the calls for periods that begin from a day on and before another,
// as far as they were known before an instant.
func callsBetween(ctx context.Context, d *db.DB, org db.Org, from, until calendar.Date, asOf calendar.Instant) (*Book, error) {
	return bookOf(db.All[row](ctx, d, `
		select `+fields+`
		from period_calls
		where org_id = $1 and from_day >= $2 and from_day < $3 and recorded_at < $4 and effective_at < $4`, org, from, until, asOf))
}

// everyCall reads the whole table, for comparing it with the ledger.
func everyCall(ctx context.Context, d *db.DB, org db.Org) ([]row, error) {
	return db.All[row](ctx, d, `
		select `+fields+`
		from period_calls
		where org_id = $1
		order by sequence`, org)
}

// Due is what the open deals of an owner come to that are expected to close in a period,
// in one currency and one category.
type Due struct {
	Owner    people.ID      `db:"owner_id"`
	Currency money.Currency `db:"currency"`
	Category deals.Category `db:"call_category"`
	Deals    int64          `db:"deals"`
	Minor    int64          `db:"minor"`
}

// dueIn adds up the open deals that are expected to close in a period.
func dueIn(ctx context.Context, d *db.DB, org db.Org, p calendar.Period) ([]Due, error) {
	return db.All[Due](ctx, d, `
		select owner_id, currency, call_category, count(*) as deals, cast(coalesce(sum(amount_minor), 0) as bigint) as minor
		from opportunities
		where org_id = $1 and outcome is null and close_date >= $2 and close_date < $3 and owner_id is not null and currency is not null
		group by owner_id, currency, call_category
		order by owner_id, currency, call_category`, org, p.From, p.Until)
}

// dueDeal is one open deal that is expected to close in a period.
type dueDeal struct {
	ID       deals.ID       `db:"id"`
	Title    string         `db:"title"`
	Account  string         `db:"account_name"`
	Owner    people.ID      `db:"owner_id"`
	Stage    string         `db:"stage"`
	Category deals.Category `db:"call_category"`
	Close    calendar.Date  `db:"close_date"`
	Minor    int64          `db:"amount_minor"`
}

// mostDue bounds how many deals a page lists.
const mostDue = 200

// dueDeals lists the open deals of some owners that are expected to close in a period, in
// one currency, the largest first.
func dueDeals(ctx context.Context, d *db.DB, p calendar.Period, in money.Currency, owners []people.ID) ([]dueDeal, error) {
	return db.All[dueDeal](ctx, d, `
		select o.id, o.title, coalesce(a.name, '') as account_name, o.owner_id, o.stage, o.call_category, o.close_date, o.amount_minor
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1 and o.outcome is null and o.close_date >= $2 and o.close_date < $3 and o.currency = $4
			and `+d.OneOf("o.owner_id", 5)+`
		order by o.amount_minor desc, o.id
		limit 200`, d.Org(), p.From, p.Until, in, db.List(owners))
}

// currenciesCalled lists in which currencies anything was ever called.
func currenciesCalled(ctx context.Context, d *db.DB) ([]money.Currency, error) {
	return db.All[money.Currency](ctx, d, `
		select distinct currency
		from period_calls
		where org_id = $1
		order by currency`, d.Org())
}
