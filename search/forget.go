package search

import (
	"context"

	"milepost/internal/db"
)

// followAndForget is what recurs without anybody looking: what was recorded becomes to
// be found, and the words of what was erased go from the index's pages too, a little at
// a time.
func followAndForget(ctx context.Context, d *db.DB) error {
	if err := CatchUp(ctx, d); err != nil {
		return err
	}
	erased, err := lastErasure(ctx, d)
	if err != nil || erased == 0 {
		return err
	}
	for more := true; more; {
		if more, err = d.Forget(ctx); err != nil {
			return err
		}
	}
	return forgotten(ctx, d, erased)
}
