package changes

import (
	"context"

	"milepost/internal/db"
	"milepost/people"
)

// today is how a deal is called, to whom it is to be sold and whose it is, today.
type today struct {
	ID      string    `db:"id"`
	Title   string    `db:"title"`
	Account string    `db:"account"`
	Owner   people.ID `db:"owner_id"`
}

// dealsToday reads some deals.
func dealsToday(ctx context.Context, d *db.DB, org db.Org, ids []string) (map[string]today, error) {
	list, err := db.All[today](ctx, d, `
		select o.id, o.title, coalesce(o.owner_id, '') as owner_id, coalesce(a.name, '') as account
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1 and `+d.OneOf("o.id", 2), org, db.List(ids))
	found := make(map[string]today, len(list))
	for _, t := range list {
		found[t.ID] = t
	}
	return found, err
}
