package monday

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// movingKinds are the kinds of entry on which a position depends.
var movingKinds = []ledger.Kind{deals.Created, deals.Retitled, deals.OwnerSet, deals.AmountSet, deals.CloseDateSet,
	deals.StageSet, deals.Closed, deals.Reopened}

// readWeek reads what changed since an instant.
func readWeek(ctx context.Context, d *db.DB, since calendar.Instant) (*week, error) {
	ids, err := changedSince(ctx, d, since, movingKinds)
	if err != nil {
		return nil, fmt.Errorf("finding what changed: %w", err)
	}
	w := newWeek(since)
	_, err = w.renew(ctx, d, ids)
	return w, err
}

// renew reads some deals anew, as they stood at an instant and as they stand now. A
// deal about which nothing became known since drops out. It tells in whose hands deals
// are, or were, of which that is another answer now.
func (w *week) renew(ctx context.Context, d *db.DB, ids []string) (owners []people.ID, err error) {
	fresh := make(map[string]*move, len(ids))
	for some := range slices.Chunk(ids, 2000) {
		err := dealByDeal(func(visit func(*ledger.Entry) error) error { return eachFactOf(ctx, d, some, movingKinds, visit) }, func(entries []ledger.Entry) (err error) {
			fresh[entries[0].Opportunity], err = moveOf(entries, w.since)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading what changed: %w", err)
		}
	}
	return w.take(fresh), nil
}

// moveOf folds the entries of one deal twice; nil when none of them counts since.
func moveOf(entries []ledger.Entry, since calendar.Instant) (*move, error) {
	if !slices.ContainsFunc(entries, func(e ledger.Entry) bool { return max(e.RecordedAt, e.EffectiveAt) >= since }) {
		return nil, nil
	}
	then, existed, err := deals.Fold(entries, since)
	if err != nil {
		return nil, err
	}
	now, exists, err := deals.Fold(entries, deals.Ever)
	if err != nil {
		return nil, err
	}
	return &move{ID: deals.ID(entries[0].Opportunity), Then: positionOf(&then, existed), Now: positionOf(&now, exists)}, nil
}

func positionOf(o *deals.Opportunity, exists bool) position {
	return position{Exists: exists, Outcome: o.Outcome, Owner: o.Owner, Amount: o.Amount, Close: o.CloseDate, Stage: o.Stage,
		Title: o.Title, Began: o.CreatedAt, ClosedAt: o.ClosedAt}
}
