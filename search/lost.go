package search

import (
	"context"
	"errors"

	"milepost/internal/db"
	"milepost/internal/ledger"
)

// isLost tells whether there are entries whose words are not in the index, as after a
// backup came back, which brings none along.
func isLost(ctx context.Context, d *db.DB) (bool, error) {
	latest, err := latestEntry(ctx, d)
	if err != nil || len(latest) == 0 {
		return false, err
	}
	e := latest[0]
	is, err := d.IsIndexed(ctx, string(e.Kind), db.Word(e.Kind.letter()+belongsTo+plainID(string(d.Org()))), e.Number)
	return !is, err
}

// startOver empties the index, so that it is made again by following the ledger from
// its beginning; cut off in the middle, that goes on where it was.
func startOver(ctx context.Context, d *db.DB) error {
	err := d.InTx(ctx, func(tx *db.DB) error {
		if err := ledger.Rewind(ctx, tx, reader); err != nil {
			return err
		}
		// Nobody else follows now: what looked lost may have been between two numbers.
		if lost, err := isLost(ctx, tx); err != nil {
			return err
		} else if !lost {
			return errNotLost
		}
		ours := make([]db.Match, len(Kinds))
		for i, k := range Kinds {
			ours[i] = db.Word(k.letter() + belongsTo + plainID(string(tx.Org())))
		}
		if err := tx.UnindexAll(ctx, db.AnyOf(ours...)); err != nil {
			return err
		}
		return deleteAllEntries(ctx, tx)
	})
	if errors.Is(err, errNotLost) {
		return nil
	}
	return err
}

// errNotLost undoes the beginning of a fresh start that is not needed.
var errNotLost = errors.New("the index is there")
