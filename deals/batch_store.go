package deals

import (
	"context"

	"milepost/internal/db"
)

// accountsThere tells which of some account ids are in use.
func accountsThere(ctx context.Context, d *db.DB, ids []AccountID) (map[AccountID]bool, error) {
	list, err := db.All[AccountID](ctx, d, `
		select id
		from accounts
		where org_id = $1 and `+d.OneOf("id", 2), d.Org(), db.List(ids))
	there := make(map[AccountID]bool, len(list))
	for _, id := range list {
		there[id] = true
	}
	return there, err
}
