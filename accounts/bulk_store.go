package accounts

import (
	"context"

	"milepost/internal/db"
	"milepost/people"
)

// matching lists the accounts that a filter finds, by their ids.
func matching(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, most int) ([]string, error) {
	w := &where{d: d, all: true}
	from := w.accounts(v, f)
	limit := w.arg(most)
	return db.All[string](ctx, d, `
		select a.id
		from `+from+`
		where `+w.text()+`
		order by a.id
		limit $`+itoa(limit), w.args...)
}

// several reads those of some accounts that are in sight, also such as went into others.
func several(ctx context.Context, d *db.DB, s sight, ids []string) (map[string]Account, error) {
	w := newWhere(d)
	w.add("a.org_id = ?", d.Org())
	w.oneOf("a.id", db.List(ids))
	s.accounts(w, "a")
	list, err := db.All[Account](ctx, d, `
		select `+accountColumns+`
		from accounts a
		where `+w.text(), w.args...)
	found := make(map[string]Account, len(list))
	for _, a := range list {
		found[string(a.ID)] = a
	}
	return found, err
}
