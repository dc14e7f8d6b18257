package targets

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// Check compares the tables of targets with the ledger, and says where they differ.
// The table of wins is brought to the end of the ledger first.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	if err := CatchUp(ctx, d); err != nil {
		return nil, err
	}
	var differences []string
	settings, err := settingsFromLedger(ctx, d, org)
	if err != nil {
		return nil, err
	}
	stored, err := everySetting(ctx, d, org)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(settings, byCell)
	slices.SortFunc(stored, byCell)
	if !slices.EqualFunc(settings, stored, sameSetting) {
		differences = append(differences, fmt.Sprintf("the targets that were set (%d in the table) differ from the ledger (%d)", len(stored), len(settings)))
	}
	wins, err := winsFromLedger(ctx, d, org)
	if err != nil {
		return nil, err
	}
	kept, err := everyWin(ctx, d, org)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(wins, byDeal)
	slices.SortFunc(kept, byDeal)
	if !slices.Equal(wins, kept) {
		differences = append(differences, fmt.Sprintf("the won deals (%d in the table) differ from the ledger (%d)", len(kept), len(wins)))
	}
	return differences, nil
}

func sameSetting(a, b setRow) bool {
	valuesAlike := same(a.Value, b.Value)
	a.Value, b.Value = nil, nil
	return valuesAlike && a == b
}

func settingsFromLedger(ctx context.Context, d *db.DB, org db.Org) ([]setRow, error) {
	var rows []setRow
	err := ledger.EachOfKinds(ctx, d, org, Kinds, deals.Ever, func(e *ledger.Entry) error {
		var fact Fact
		if err := e.Read(&fact); err != nil {
			return err
		}
		rows = append(rows, rowsOf(e, &fact)...)
		return nil
	})
	return rows, err
}

// byCell puts settings into one order, whatever the order of texts in a database.
func byCell(a, b setRow) int {
	return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scope, b.Scope),
		cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Sequence, b.Sequence))
}

// byDeal does the same for wins.
func byDeal(a, b winRow) int {
	return cmp.Or(cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.KnownFrom, b.KnownFrom))
}

func winsFromLedger(ctx context.Context, d *db.DB, org db.Org) ([]winRow, error) {
	entriesOf := map[string][]ledger.Entry{}
	err := ledger.EachOfKinds(ctx, d, org, winKinds, deals.Ever, func(e *ledger.Entry) error {
		entriesOf[e.Opportunity] = append(entriesOf[e.Opportunity], *e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var rows []winRow
	for _, entries := range entriesOf {
		of, err := winsOf(entries)
		if err != nil {
			return nil, err
		}
		rows = append(rows, of...)
	}
	return rows, nil
}
