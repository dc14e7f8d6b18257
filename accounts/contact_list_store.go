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

// contacts narrows the contacts c of the accounts a to a filter, as far as a viewer
// sees them, and says where they are read from.
func (w *where) contacts(v *people.Viewer, f Filter) (from string) {
	s := sightOf(v)
	w.say("c.org_id = a.org_id")
	w.say("c.account_id = a.id")
	if s.few() {
		w.add("a.org_id = ?", w.d.Org())
		from = s.from(w) + " cross join contacts c"
	} else {
		w.add("c.org_id = ?", w.d.Org())
		s.accounts(w, "a")
		if !f.byCreation() {
			w.say("c.name_key >= ''") // the index for walking by name, and nothing more
		}
		from = "contacts c cross join accounts a"
	}
	for _, word := range f.words() {
		like := "%" + likeEscapes.Replace(word) + "%"
		w.add(`(c.search_key like ? escape '\' or a.name_key like ? escape '\')`, like, like)
	}
	w.owner(f, v)
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
	w := newWhere(d)
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
