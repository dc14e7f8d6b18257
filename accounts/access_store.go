package accounts

import (
	"context"
	"strconv"
	"strings"

	"milepost/internal/db"
	"milepost/problem"
)

// where gathers conditions and their arguments; a ? stands for the next argument.
type where struct {
	d     *db.DB
	parts []string
	args  []any
	all   bool // every row is asked for, as for a count, not the first few
}

func newWhere(d *db.DB) *where { return &where{d: d} }

func (w *where) arg(value any) int {
	w.args = append(w.args, value)
	return len(w.args)
}

func (w *where) add(condition string, args ...any) {
	for _, arg := range args {
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(w.arg(arg)), 1)
	}
	w.say(condition)
}

func (w *where) say(condition string) { w.parts = append(w.parts, condition) }

func (w *where) oneOf(column, list string) { w.say(w.d.OneOf(column, w.arg(list))) }

func (w *where) text() string { return strings.Join(w.parts, " and ") }

// manyOwners is from how many owners on a list is narrowed row by row as it is read
// in its order, rather than gathered owner by owner and sorted.
const manyOwners = 60

// accounts says which rows of the table of accounts, under a name, are seen: those
// that someone in sight owns, or has a deal with. Operations see all. Whoever sees
// an account sees its contacts.
func (s sight) accounts(w *where, a string) {
	if s.all {
		return
	}
	// Coalesced, the owner is compared with the list once a deal. By the index, the deal
	// would be looked for once for each owner on the list.
	list := w.arg(db.List(s.owners))
	sold := `(
		select 1 from opportunities seen
		where seen.org_id = ` + a + `.org_id and seen.account_id = ` + a + `.id and ` + w.d.OneOfMany("coalesce(seen.owner_id, '')", list)
	if w.all {
		sold = `exists ` + sold + `)`
	} else { // looked up row by row: PostgreSQL would gather all deals for the first few accounts
		sold += ` limit 1) = 1`
	}
	w.say(`(` + w.d.OneOfMany("coalesce("+a+".owner_id, '')", list) + ` or ` + sold + `)`)
}

// from says the same for a list of accounts a, as where to read them from. What few
// people have is gathered first, person by person; cross join keeps that order. The
// accounts of many are walked through in the order of the list, until it is full.
func (s sight) from(w *where) string {
	if !s.few() {
		s.accounts(w, "a")
		return "accounts a"
	}
	list, org := w.arg(db.List(s.owners)), itoa(w.arg(w.d.Org()))
	w.say("a.id = visible.id")
	deals := func(outcome string) string { // open and ended ones apart, as their indexes are
		return `select o.account_id as id from opportunities o
			where o.org_id = $` + org + ` and o.outcome is ` + outcome + ` and ` + w.d.OneOf("o.owner_id", list)
	}
	return `(select distinct id from (` + deals("null") + `
		union all ` + deals("not null") + `
		union all
		select owned.id from accounts owned
		where owned.org_id = $` + org + ` and owned.owner_id is not null and ` + w.d.OneOf("owned.owner_id", list) + `
	) each_one) visible cross join accounts a`
}

// few tells whether what is seen is gathered first.
func (s sight) few() bool { return !s.all && len(s.owners) < manyOwners }

// deals says which rows of the table of deals, under a name, are seen.
func (s sight) deals(w *where, o string) {
	switch {
	case s.all:
	case s.few():
		w.oneOf(o+".owner_id", db.List(s.owners))
	default:
		w.say(w.d.OneOfMany("coalesce("+o+".owner_id, '')", w.arg(db.List(s.owners))))
	}
}

func seesAccount(ctx context.Context, d *db.DB, s sight, id ID) (bool, error) {
	w := newWhere(d)
	w.add("a.org_id = ?", d.Org())
	w.add("a.id = ?", id)
	s.accounts(w, "a")
	n, err := db.One[int](ctx, d, `select count(*) from accounts a where `+w.text(), w.args...)
	return n == 1, err
}

// hiddenDeals counts the deals of an account that are out of sight.
func hiddenDeals(ctx context.Context, d *db.DB, s sight, id ID) (int, error) {
	all, err := db.One[int](ctx, d, `
		select count(*)
		from opportunities
		where org_id = $1 and account_id = $2`, d.Org(), id)
	if err != nil {
		return 0, err
	}
	w := newWhere(d)
	w.add("o.org_id = ?", d.Org())
	w.add("o.account_id = ?", id)
	s.deals(w, "o")
	seen, err := db.One[int](ctx, d, `select count(*) from opportunities o where `+w.text(), w.args...)
	return all - seen, err
}

func contactOf(ctx context.Context, d *db.DB, id ContactID) (Contact, error) {
	if !plausible(id) {
		return Contact{}, errNoContact
	}
	c, err := db.One[Contact](ctx, d, `
		select `+contactColumns+`
		from contacts c
		where c.org_id = $1 and c.id = $2`, d.Org(), id)
	if problem.Is(err, problem.KindNotFound) {
		err = errNoContact
	}
	return c, err
}
