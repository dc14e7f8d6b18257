package audits

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// Check compares the tables of this room with what the ledger comes to, for
// `milepost verify`, and says in sentences what differs.
func Check(ctx context.Context, d *db.DB, org db.Org) (found []string, err error) {
	d = d.For(org)
	err = d.Snapshot(ctx, func(d *db.DB) error {
		audits, drawn, err := recorded(ctx, d)
		if err != nil {
			return err
		}
		rows, err := allAudits(ctx, d)
		if err != nil {
			return err
		}
		weekRows, err := weeks(ctx, d)
		if err != nil {
			return err
		}
		found = append(differences("audits", audits, rows, func(a Audit) string { return string(a.ID) }),
			differences("audit_weeks", drawn, weekRows, func(w Week) string { return string(w.Week) })...)
		return nil
	})
	return found, err
}

// recorded is what the ledger comes to.
func recorded(ctx context.Context, d *db.DB) ([]Audit, []Week, error) {
	byDeal := map[deals.ID][]ledger.Entry{}
	var drawn []Week
	err := ledger.EachOfKinds(ctx, d, d.Org(), append([]ledger.Kind{WeekDrawn}, folded...), deals.Ever, func(e *ledger.Entry) error {
		if e.Kind != WeekDrawn {
			byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], *e)
			return nil
		}
		w, err := weekOf(e)
		drawn = append(drawn, w)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the entries of audits: %w", err)
	}
	var list []Audit
	for _, id := range slices.Sorted(maps.Keys(byDeal)) {
		audits, err := Fold(byDeal[id])
		if err != nil {
			return nil, nil, err
		}
		list = append(list, audits...)
	}
	return list, drawn, nil
}

func differences[T comparable](table string, want, have []T, key func(T) string) []string {
	var found []string
	byKey := make(map[string]T, len(have))
	for _, row := range have {
		byKey[key(row)] = row
	}
	for _, row := range want {
		is, there := byKey[key(row)]
		delete(byKey, key(row))
		switch {
		case !there:
			found = append(found, fmt.Sprintf("%s: the row %s, which the ledger comes to, is not there", table, key(row)))
		case is != row:
			found = append(found, fmt.Sprintf("%s: the row %s is %+v, but the ledger comes to %+v", table, key(row), is, row))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byKey)) {
		found = append(found, fmt.Sprintf("%s: the row %s is in no entry of the ledger", table, name))
	}
	return found
}
