package triad

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// mostDifferences is how many differences are listed; more say nothing new.
const mostDifferences = 100

// Check compares the rows of this room with what the ledger comes to, after catching
// up, and lists in sentences what differs. It is for `milepost verify`.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	for range 10 {
		if err := CatchUp(ctx, d); err != nil {
			return nil, err
		}
		var found []string
		behind := int64(0)
		err := d.Snapshot(ctx, func(d *db.DB) (err error) {
			if behind, err = ledger.Behind(ctx, d, reader); err != nil || behind > 0 {
				return err
			}
			found, err = compareAll(ctx, d)
			return err
		})
		if err != nil || behind == 0 {
			return found[:min(len(found), mostDifferences)], err
		}
	}
	return nil, fmt.Errorf("the ledger goes on growing while the qualification of deals is compared with it; try again in a quieter moment")
}

func compareAll(ctx context.Context, d *db.DB) ([]string, error) {
	library, err := process.ReadLibrary(ctx, d)
	if err != nil {
		return nil, err
	}
	var found []string
	for after := deals.ID(""); len(found) < mostDifferences; {
		list, err := spannedAfter(ctx, d, after, atOnce)
		if err != nil || len(list) == 0 {
			return found, err
		}
		after = list[len(list)-1]
		triads, err := OfMany(ctx, d, library, list)
		if err != nil {
			return found, err
		}
		rows, err := spansOf(ctx, d, list)
		if err != nil {
			return found, err
		}
		for _, id := range list {
			if !slices.Equal(rows[id], triads[id].Spans()) {
				found = append(found, fmt.Sprintf("the qualification of deal %s is otherwise in the table than by the ledger", id))
			}
		}
	}
	return found, nil
}
