package accounts

import (
	"context"

	"milepost/internal/db"
	"milepost/people"
)

// ListedContact is a line of the list of contacts.
type ListedContact struct {
	Contact
	Key         string `db:"name_key"`
	AccountName string `db:"account_name"`
	Among       int    `db:"among"` // how many there are, where they were counted too
}

func (l ListedContact) cursor(f Filter) cursor {
	return cursorOf(f, l.Key, l.CreatedAt, string(l.ID))
}

// listContacts reads a page of contacts, and tells whether there are more.
func listContacts(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, most int) (page []ListedContact, newer, older bool, err error) {
	w := newWhere(d)
	from := w.contacts(v, f)
	order, backwards := w.place(f, "c")
	limit := w.arg(most + 1)
	page, err = db.All[ListedContact](ctx, d, `
		select `+contactColumns+`, c.name_key, a.name as account_name
		from `+from+`
		where `+w.text()+`
		order by `+order+`
		limit $`+itoa(limit), w.args...)
	if err != nil {
		return nil, false, false, err
	}
	page, newer, older = cut(page, most, backwards, f)
	return page, newer, older, nil
}

// foundContacts reads the first page of contacts and counts them. Words are in no
// index, so whoever looked for them twice would wait twice.
func foundContacts(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, most int) (page []ListedContact, count int, older bool, err error) {
	w := &where{d: d, all: true}
	from := w.contacts(v, f)
	order, _ := w.place(f, "c")
	column, direction := "name_key", ""
	if f.byCreation() {
		column = "created_at"
	}
	if f.downwards() {
		direction = " desc"
	}
	page, err = db.All[ListedContact](ctx, d, `
		with found as materialized (
			select c.id, c.`+column+` as place
			from `+from+`
			where `+w.text()+`
			order by `+order+`
			limit `+itoa(mostCounted+1)+`
		)
		select `+contactColumns+`, c.name_key, a.name as account_name, (select count(*) from found) as among
		from (select id, place from found order by place`+direction+`, id`+direction+` limit `+itoa(most+1)+`) page
		cross join contacts c
		cross join accounts a
		where c.org_id = $`+itoa(w.arg(d.Org()))+` and c.id = page.id and a.org_id = c.org_id and a.id = c.account_id
		order by page.place`+direction+`, page.id`+direction, w.args...)
	if err != nil || len(page) == 0 {
		return nil, 0, false, err
	}
	count = page[0].Among
	page, _, older = cut(page, most, false, f)
	return page, count, older, nil
}

// contacts narrows the contacts c of the accounts a to a filter, as far as a viewer
// sees them, and says where they are read from.
func (w *where) contacts(v *people.Viewer, f Filter) (from string) {
	s := sightOf(v)
	if !w.all || !s.all || f.Owner != "" || f.Shape.Narrows() { // a contact has an account: to count, it need not be read
		w.say("c.org_id = a.org_id")
		w.say("c.account_id = a.id")
		from = " cross join accounts a"
	}
	org := w.arg(w.d.Org())
	named := `c.account_id in (select n.id from accounts n where n.org_id = $` + itoa(org) + ` and n.name_key like ? escape '\')`
	if s.few() {
		w.say("a.org_id = $" + itoa(org))
		from = s.from(w) + " cross join contacts c"
		named = `a.name_key like ? escape '\'`
	} else {
		w.say("c.org_id = $" + itoa(org))
		s.accounts(w, "a")
		if !f.byCreation() {
			w.say("c.name_key >= ''") // the index for walking by name, and nothing more
		}
		from = "contacts c" + from
	}
	for _, word := range f.words() {
		like := "%" + likeEscapes.Replace(word) + "%"
		w.add(`(c.search_key like ? escape '\' or `+named+`)`, like, like)
	}
	w.owner(f, v)
	w.group(f, contactGroupColumns)
	switch f.Show {
	case "all":
	case "left":
		w.say("c.left_on <> ''")
	default:
		w.say("c.left_on = ''")
	}
	return from
}

func countContacts(ctx context.Context, d *db.DB, v *people.Viewer, f Filter) (int, error) {
	w := &where{d: d, all: true}
	from := w.contacts(v, f)
	limit := itoa(w.arg(mostCounted + 1))
	return db.One[int](ctx, d, `
		select count(*)
		from (
			select 1
			from `+from+`
			where `+w.text()+`
			limit $`+limit+`
		) counted`, w.args...)
}
