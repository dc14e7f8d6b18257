package board

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// change is that something was recorded about a deal.
type change struct {
	Sequence int64
	Deal     deals.ID
	Before   people.ID // whose it was, where it was handed over
}

var errEnough = errors.New("enough")

// changesSince reads the ledger from a sequence to another, unless that is too much.
func changesSince(ctx context.Context, d *db.DB, after, until int64) (list []change, whole bool, err error) {
	read := 0
	err = ledger.EachSince(ctx, d, d.Org(), after, func(e *ledger.Entry) error {
		if read++; e.Sequence > until || read > 4*mostChanges || len(list) > mostChanges {
			return errEnough
		}
		if e.Opportunity != "" {
			c := change{Sequence: e.Sequence, Deal: deals.ID(e.Opportunity)}
			if e.Kind == deals.OwnerSet {
				c.Before = "?"
			}
			list = append(list, c)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, false, fmt.Errorf("reading the ledger after %d: %w", after, err)
	}
	whole = read <= 4*mostChanges && len(list) <= mostChanges
	for i := range list {
		if list[i].Before != "" && whole {
			if list[i].Before, err = ownerBefore(ctx, d, list[i]); err != nil {
				return nil, false, err
			}
		}
	}
	return list, whole, nil
}

// ownerBefore is whose deal it was: they are told that it is gone.
func ownerBefore(ctx context.Context, d *db.DB, c change) (people.ID, error) {
	entries, err := ledger.OfOpportunity(ctx, d, d.Org(), string(c.Deal))
	if err != nil {
		return "", err
	}
	earlier := slices.DeleteFunc(entries, func(e ledger.Entry) bool { return e.Sequence >= c.Sequence })
	o, _, err := deals.Fold(earlier, deals.Ever)
	return o.Owner, err
}
