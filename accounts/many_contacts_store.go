package accounts

import (
	"context"

	"milepost/internal/db"
	"milepost/people"
)

// matchingContactIDs lists the contacts that a filter finds, by their ids.
func matchingContactIDs(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, most int) ([]string, error) {
	w := &where{d: d, all: true}
	from := w.contacts(v, f)
	limit := w.arg(most)
	return db.All[string](ctx, d, `
		select c.id
		from `+from+`
		where `+w.text()+`
		order by c.id
		limit $`+itoa(limit), w.args...)
}

// severalContacts reads those of some contacts whose accounts are in sight.
func severalContacts(ctx context.Context, d *db.DB, s sight, ids []string) (map[string]Contact, error) {
	w := newWhere(d)
	w.add("c.org_id = ?", d.Org())
	w.oneOf("c.id", db.List(ids))
	s.accounts(w, "a")
	list, err := db.All[Contact](ctx, d, `
		select `+contactColumns+`
		from contacts c
		join accounts a on a.org_id = c.org_id and a.id = c.account_id
		where `+w.text(), w.args...)
	found := make(map[string]Contact, len(list))
	for _, c := range list {
		found[string(c.ID)] = c
	}
	return found, err
}
