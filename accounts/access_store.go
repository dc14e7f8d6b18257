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
func (s sight) accounts(w *where, a string, gather bool) {
	if s.all {
		return
	}
	list := w.arg(db.List(s.owners))
	if gather && len(s.owners) < manyOwners {
		w.say(a + `.id in (
			select seen.account_id from opportunities seen
			where seen.org_id = ` + a + `.org_id and ` + w.d.OneOf("seen.owner_id", list) + ` and seen.account_id is not null
			union
			select owned.id from accounts owned
			where owned.org_id = ` + a + `.org_id and ` + w.d.OneOf("owned.owner_id", list) + `)`)
		return
	}
	w.say(`(` + w.d.OneOf(a+".owner_id", list) + ` or exists (
		select 1 from opportunities seen
		where seen.org_id = ` + a + `.org_id and seen.account_id = ` + a + `.id and ` + w.d.OneOf("seen.owner_id", list) + `))`)
}

// deals says which rows of the table of deals, under a name, are seen.
func (s sight) deals(w *where, o string) {
	if !s.all {
		w.oneOf(o+".owner_id", db.List(s.owners))
	}
}

func seesAccount(ctx context.Context, d *db.DB, s sight, id ID) (bool, error) {
	w := newWhere(d)
	w.add("a.org_id = ?", d.Org())
	w.add("a.id = ?", id)
	s.accounts(w, "a", false)
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
