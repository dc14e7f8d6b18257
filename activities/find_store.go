package activities

import (
	"context"
	"strings"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

// Found is a deal that someone may be about to log for.
type Found struct {
	ID      deals.ID  `db:"id" json:"id"`
	Title   string    `db:"title" json:"title"`
	Account string    `db:"account" json:"account"`
	Owner   people.ID `db:"owner_id" json:"-"`
	Open    int64     `db:"is_open" json:"open"`
}

// findMost is how many deals are offered: what fits beside a keyboard.
const findMost = 8

// findDeals looks for the deal that a person means, as they type: their own open
// deals first, what was worked on last at the top; then other open deals that they
// see; then those that have ended.
func findDeals(ctx context.Context, d *db.DB, v *people.Viewer, typed string) ([]Found, error) {
	owners, all := v.Visible()
	var list []Found
	for _, look := range []struct {
		owners []people.ID
		all    bool
		open   bool
	}{
		{owners: []people.ID{v.ID}, open: true},
		{owners: owners, all: all, open: true},
		{owners: owners, all: all},
	} {
		if len(list) >= findMost || !look.open && strings.TrimSpace(typed) == "" {
			break
		}
		found, err := findSome(ctx, d, look.owners, look.all, look.open, typed)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if len(list) < findMost && !holds(list, f.ID) {
				list = append(list, f)
			}
		}
	}
	return list, nil
}

func holds(list []Found, id deals.ID) bool {
	for _, f := range list {
		if f.ID == id {
			return true
		}
	}
	return false
}

func findSome(ctx context.Context, d *db.DB, owners []people.ID, all, open bool, typed string) ([]Found, error) {
	c := &condition{args: []any{d.Org()}}
	switch {
	case all:
	case len(owners) == 1:
		c.and("o.owner_id = $%d", owners[0])
	default:
		c.oneOf(d, "o.owner_id", owners)
	}
	if open {
		c.and("o.outcome is null")
	} else {
		c.and("o.outcome is not null")
	}
	for _, word := range strings.Fields(people.Key(typed)) {
		c.and(`(o.title_key like $%[1]d escape '\' or a.name_key like $%[1]d escape '\')`, "%"+escapeLike(word)+"%")
	}
	return db.All[Found](ctx, d, `
		select o.id, o.title, coalesce(a.name, '') as account, coalesce(o.owner_id, '') as owner_id,
			case when o.outcome is null then 1 else 0 end as is_open
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1`+c.text.String()+`
		order by o.version desc, o.id
		limit 8`, c.args...)
}
