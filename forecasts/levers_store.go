package forecasts

import (
	"context"

	"milepost/internal/db"
)

type followed struct {
	ID      string `db:"id"`
	Process string `db:"process_id"`
}

// processesOf reads which processes deals follow; those that follow none are left out.
func processesOf(ctx context.Context, d *db.DB, ids []string) (map[string]string, error) {
	list, err := db.All[followed](ctx, d, `
		select id, process_id
		from opportunities
		where org_id = $1 and process_id <> '' and `+d.OneOf("id", 2), d.Org(), db.List(ids))
	found := make(map[string]string, len(list))
	for _, f := range list {
		found[f.ID] = f.Process
	}
	return found, err
}
