package accounts

import (
	"context"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

// What is not there and what is not for this person are told in the same words, so
// that nobody can find out which accounts exist.
var (
	errNoAccount = problem.NotFound("There is no such account, or it is not yours to see.")
	errNoContact = problem.NotFound("There is no such contact, or it is not yours to see.")
)

// plausible keeps what cannot be an id from a database that would stumble over it.
func plausible[T ~string](id T) bool {
	return len(id) == 36 && strings.Trim(string(id), "0123456789abcdef-") == ""
}

const accountColumns = `a.id, a.name, coalesce(a.parent_id, '') as parent_id, coalesce(a.owner_id, '') as owner_id,
	a.website, a.industry, a.size, a.country, a.region, a.phone, a.about, a.merged_into, a.created_at, a.version`

// accountOf reads an account, whoever asks; pages ask Find.
func accountOf(ctx context.Context, d *db.DB, id ID) (Account, error) {
	if !plausible(id) {
		return Account{}, errNoAccount
	}
	a, err := db.One[Account](ctx, d, `
		select `+accountColumns+`
		from accounts a
		where a.org_id = $1 and a.id = $2`, d.Org(), id)
	if problem.Is(err, problem.KindNotFound) {
		err = errNoAccount
	}
	return a, err
}

func accountNamed(ctx context.Context, d *db.DB, name string) (ID, error) {
	return db.One[ID](ctx, d, `
		select id
		from accounts
		where org_id = $1 and name_key = $2`, d.Org(), deals.AccountKey(name))
}

func childrenOf(ctx context.Context, d *db.DB, id ID) ([]Account, error) {
	return db.All[Account](ctx, d, `
		select `+accountColumns+`
		from accounts a
		where a.org_id = $1 and a.parent_id = $2 and a.merged_into = ''
		order by coalesce(a.name_key, ''), a.id`, d.Org(), id)
}

func dealsOf(ctx context.Context, d *db.DB, id ID) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select id
		from opportunities
		where org_id = $1 and account_id = $2
		order by id`, d.Org(), id)
}

// updateAccount writes what may change of an account. The name of one that went
// into another is free again: a deal that is opened under it later makes an account
// that is seen, rather than falling into one that is not.
func updateAccount(ctx context.Context, tx *db.DB, a Account) error {
	key := deals.AccountKey(a.Name)
	if a.MergedInto != "" {
		key = "merged " + string(a.ID)
	}
	_, err := tx.Exec(ctx, `
		update accounts set name = $3, name_key = $4, parent_id = $5, owner_id = $6, website = $7, industry = $8,
			size = $9, country = $10, region = $11, phone = $12, about = $13, merged_into = $14, version = $15,
			match_key = $16, search_key = $17, domain = $18
		where org_id = $1 and id = $2`,
		tx.Org(), a.ID, a.Name, key, orNull(a.Parent), orNull(a.Owner), a.Website, a.Industry, a.Size, a.Country,
		a.Region, a.Phone, a.About, a.MergedInto, a.Version, matchOf(a), searchOf(a), siteOf(a.Website))
	return err
}

func orNull[T ~string](value T) any {
	if value == "" {
		return nil
	}
	return string(value)
}

// unkeyed is an account whose keys are not made yet: a name that came with a deal.
type unkeyed struct {
	ID   ID     `db:"id"`
	Name string `db:"name"`
}

func accountsWithoutKeys(ctx context.Context, d *db.DB, most int) ([]unkeyed, error) {
	return db.All[unkeyed](ctx, d, `
		select id, name
		from accounts
		where org_id = $1 and match_key = ''
		order by id
		limit $2`, d.Org(), most)
}

func setKeys(ctx context.Context, tx *db.DB, id ID, match, search string) error {
	_, err := tx.Exec(ctx, `
		update accounts set match_key = $3, search_key = $4
		where org_id = $1 and id = $2 and match_key = ''`, tx.Org(), id, match, search)
	return err
}

// eachAccount visits every account, for verification.
func eachAccount(ctx context.Context, d *db.DB, org db.Org, visit func(*Account) error) error {
	return db.Each(ctx, d, visit, `
		select `+accountColumns+`
		from accounts a
		where a.org_id = $1
		order by a.id`, org)
}

type named struct {
	ID   people.ID `db:"id"`
	Name string    `db:"name"`
	Here int64     `db:"here"`
}

// peopleNamed lists the names of everyone, for owners and for who did what.
func peopleNamed(ctx context.Context, d *db.DB) ([]named, error) {
	return db.All[named](ctx, d, `
		select id, name, case when left_at is null then 1 else 0 end as here
		from people
		where org_id = $1
		order by name_key, id`, d.Org())
}

// DealRow is a deal as the account's page lists it.
type DealRow struct {
	ID        deals.ID         `db:"id"`
	Title     string           `db:"title"`
	Owner     people.ID        `db:"owner_id"`
	Stage     string           `db:"stage"`
	Minor     int64            `db:"amount_minor"` // -1 when nobody knows
	Currency  string           `db:"currency"`
	CloseDate calendar.Date    `db:"close_date"`
	Outcome   deals.Outcome    `db:"outcome"`
	ClosedAt  calendar.Instant `db:"closed_at"`
	Version   int64            `db:"version"`
}
