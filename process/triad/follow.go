package triad

import (
	"context"
	"maps"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// reader is the name of this room's bookmark in the ledger.
const reader = "triad"

const (
	followed = 2000 // entries in one transaction
	atOnce   = 200  // deals held in memory
)

// CatchUp follows the ledger to its end: what was brought in of criteria, and deals
// that came under another version. It may run at any time and be cut off anywhere.
func CatchUp(ctx context.Context, d *db.DB) error {
	for {
		n, err := ledger.Follow(ctx, d, reader, followed, func(tx *db.DB, entries []ledger.Entry) error {
			touched, err := touchedBy(ctx, tx, entries)
			if err != nil {
				return err
			}
			return freshen(ctx, tx, touched)
		})
		if err != nil || n < followed {
			return err
		}
	}
}

// touchedBy lists the deals of which a batch of entries says something that counts
// here.
func touchedBy(ctx context.Context, tx *db.DB, entries []ledger.Entry) ([]deals.ID, error) {
	touched := map[deals.ID]bool{}
	for i := range entries {
		switch e := &entries[i]; e.Kind {
		case Assessed, deals.CriterionAssessed, deals.ProcessSet:
			touched[deals.ID(e.Opportunity)] = true
		case ledger.Erased:
			var what struct {
				Sequences []int64 `json:"sequences"`
			}
			if err := e.Read(&what); err != nil {
				return nil, err
			}
			for _, sequence := range what.Sequences {
				id, err := dealOf(ctx, tx, sequence)
				if err != nil {
					return nil, err
				}
				touched[id] = true
			}
		}
	}
	delete(touched, "")
	return slices.Sorted(maps.Keys(touched)), nil
}

func freshen(ctx context.Context, tx *db.DB, list []deals.ID) error {
	if len(list) == 0 {
		return nil
	}
	library, err := process.ReadLibrary(ctx, tx)
	if err != nil || len(library) == 0 { // without a process nothing is asked
		return err
	}
	for part := range slices.Chunk(list, atOnce) {
		triads, err := OfMany(ctx, tx, library, part)
		if err != nil {
			return err
		}
		if err := settle(ctx, tx, triads); err != nil {
			return err
		}
	}
	return nil
}
