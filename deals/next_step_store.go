package deals

import (
	"context"

	"milepost/internal/db"
)

// stepsPlanned tells whether a next step is planned in any open deal: where none is,
// that one is missing says nothing.
func stepsPlanned(ctx context.Context, d *db.DB) (bool, error) {
	any, err := db.All[int](ctx, d, `
		select 1
		from opportunities
		where org_id = $1 and outcome is null and next_due is not null
		limit 1`, d.Org())
	return len(any) > 0, err
}
