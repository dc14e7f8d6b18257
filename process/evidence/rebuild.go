package evidence

import (
	"context"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// Rebuild makes the rows of this room again from the ledger, for every deal that follows
// a process.
func Rebuild(ctx context.Context, w *ledger.Writer) error {
	library, err := process.ReadLibrary(ctx, w.DB)
	if err != nil {
		return err
	}
	list, err := dealsUnderAny(ctx, w.DB)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, atOnce) {
		byDeal, err := entriesOf(ctx, w, part)
		if err != nil {
			return err
		}
		standings := make(map[deals.ID]*Standing, len(part))
		for _, id := range part {
			s, err := Fold(byDeal[id], library, deals.Ever)
			if err != nil {
				return err
			}
			standings[id] = &s
		}
		if err := settleMany(ctx, w.DB, standings); err != nil {
			return err
		}
	}
	return nil
}

// Skip takes this room's reader to the end of the ledger: of a company that was written
// as a whole, there is nothing to follow.
func Skip(ctx context.Context, d *db.DB) error { return ledger.Skip(ctx, d, Reader) }
