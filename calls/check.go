package calls

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// Check compares the table of calls with the ledger, and says where they differ.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	var recorded []Call
	err := ledger.EachOfKinds(ctx, d, org, []ledger.Kind{Given}, deals.Ever, func(e *ledger.Entry) error {
		var fact Fact
		if err := e.Read(&fact); err != nil {
			return err
		}
		recorded = append(recorded, callIn(e, &fact))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading calls from the ledger: %w", err)
	}
	stored, err := everyCall(ctx, d, org)
	if err != nil {
		return nil, fmt.Errorf("reading the table of calls: %w", err)
	}
	if slices.EqualFunc(recorded, stored, func(c Call, r row) bool { return c == r.call() }) {
		return nil, nil
	}
	return []string{fmt.Sprintf("the calls that were given (%d in the table) differ from the ledger (%d)", len(stored), len(recorded))}, nil
}
