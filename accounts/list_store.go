package accounts

import (
	"context"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// Listed is a line of the list of accounts.
type Listed struct {
	ID        ID               `db:"id"`
	Name      string           `db:"name"`
	Key       string           `db:"name_key"`
	Owner     people.ID        `db:"owner_id"`
	Industry  string           `db:"industry"`
	Country   string           `db:"country"`
	Region    string           `db:"region"`
	Website   string           `db:"website"`
	Phone     string           `db:"phone"`
	Size      string           `db:"size"`
	Parent    ID               `db:"parent_id"`
	CreatedAt calendar.Instant `db:"created_at"`
	Totals
}

func (l Listed) cursor(f Filter) cursor { return cursorOf(f, l.Key, l.CreatedAt, string(l.ID)) }

func cursorOf(f Filter, key string, created calendar.Instant, id string) cursor {
	if f.byCreation() {
		return cursor{itoa(int(created)), id}
	}
	return cursor{key, id}
}

// list reads a page of accounts, and tells whether there are more on either side.
func list(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, most int) (page []Listed, newer, older bool, err error) {
	w := newWhere(d)
	from := w.accounts(v, f)
	order, backwards := w.place(f, "a")
	limit := w.arg(most + 1)
	page, err = db.All[Listed](ctx, d, `
		select a.id, a.name, a.name_key, coalesce(a.owner_id, '') as owner_id, a.industry, a.country, a.region,
			a.website, a.phone, a.size, coalesce(a.parent_id, '') as parent_id, a.created_at
		from `+from+`
		where `+w.text()+`
		order by `+order+`
		limit $`+itoa(limit), w.args...)
	if err != nil {
		return nil, false, false, err
	}
	page, newer, older = cut(page, most, backwards, f)
	ids := make([]ID, len(page))
	for i := range page {
		ids[i] = page[i].ID
	}
	totals, err := totalsOf(ctx, d, sightOf(v), ids)
	for i := range page {
		page[i].Totals = totals[page[i].ID]
	}
	return page, newer, older, err
}

// cut takes off the row that only tells that there are more.
func cut[T any](page []T, most int, backwards bool, f Filter) (rows []T, newer, older bool) {
	more := len(page) > most
	if more {
		page = page[:most]
	}
	if backwards {
		slices.Reverse(page)
		return page, more, true
	}
	return page, f.After != "", more
}

// accounts narrows the accounts a to a filter, as far as a viewer sees them, and says
// where they are read from.
func (w *where) accounts(v *people.Viewer, f Filter) (from string) {
	s := sightOf(v)
	w.add("a.org_id = ?", w.d.Org())
	w.say("a.merged_into = ''")
	from = "accounts a"
	if s.few() || f.Show != "open" && f.Show != "unknown" { // who has an open deal in sight is in sight
		from = s.from(w)
	}
	for _, word := range f.words() {
		w.add(`(case when a.search_key = '' then a.name_key else a.search_key end) like ? escape '\'`, "%"+likeEscapes.Replace(word)+"%")
	}
	w.owner(f, v)
	w.group(f, accountGroupColumns)
	switch f.Show {
	case "open", "unknown":
		w.say(`exists (
			select 1 from opportunities o
			where ` + strings.Join(openDeals(w, s), " and ") + `)`)
	}
	if f.Show == "unknown" {
		w.say(`not exists (
			select 1 from contacts c
			where c.org_id = a.org_id and c.account_id = a.id and c.left_on = '' and c.erased = 0)`)
	}
	return from
}

func openDeals(w *where, s sight) []string {
	inner := &where{d: w.d, args: w.args, all: w.all}
	inner.say("o.org_id = a.org_id")
	inner.say("o.account_id = a.id")
	inner.say("o.outcome is null")
	s.deals(inner, "o")
	w.args = inner.args
	return inner.parts
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (w *where) owner(f Filter, v *people.Viewer) {
	switch owner := f.owner(v); owner {
	case "":
	case "none":
		w.say("a.owner_id is null")
	default:
		w.add("a.owner_id = ?", owner)
	}
}

// place puts the page where the filter's cursor says, and gives the order; a page
// that ends somewhere is read backwards.
func (w *where) place(f Filter, table string) (order string, backwards bool) {
	column := table + ".name_key"
	if f.byCreation() {
		column = table + ".created_at"
	}
	c, ok := readCursor(f.After)
	if before, has := readCursor(f.Before); has {
		c, ok, backwards = before, true, true
	}
	down := f.downwards() != backwards
	sign, direction := " > ", ""
	if down {
		sign, direction = " < ", " desc"
	}
	if ok {
		key := any(c.key)
		if f.byCreation() {
			key = c.instant()
		}
		w.add("("+column+", "+table+".id)"+sign+"(?, ?)", key, c.id)
	}
	return column + direction + ", " + table + ".id" + direction, backwards
}
