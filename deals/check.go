package deals

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// mostDifferences is how many differences are listed; more say nothing new.
const mostDifferences = 100

// checkedAtOnce is how many deals are held in memory while tables are checked.
const checkedAtOnce = 500

// Check folds every deal, and every account, from the ledger and compares it with
// its row. It lists what differs, in sentences. Others may write meanwhile: what
// differs is looked at once more while nobody does.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	differences, err := checkAccounts(ctx, d)
	if err != nil {
		return differences, err
	}
	found, err := CheckDeals(ctx, d, org)
	differences = append(differences, found...)
	return differences[:min(len(differences), mostDifferences)], err
}

// CheckDeals is Check without the accounts, of which a room above may know more than
// this one (a new name, a merger) and which it compares itself.
func CheckDeals(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	var differences []string
	for after := ""; len(differences) < mostDifferences; {
		ids, err := recordedDeals(ctx, d, after, checkedAtOnce)
		if err != nil {
			return differences, fmt.Errorf("listing the deals of the ledger: %w", err)
		}
		until := ""
		if len(ids) == checkedAtOnce {
			until = ids[len(ids)-1]
		}
		found, err := checkStretch(ctx, d, ids, after, until)
		if err != nil {
			return differences, err
		}
		differences = append(differences, found...)
		if after = until; until == "" {
			break
		}
	}
	return differences[:min(len(differences), mostDifferences)], nil
}

// checkStretch compares the deals of a stretch of ids, and looks again, with the
// ledger held, when something differs.
func checkStretch(ctx context.Context, d *db.DB, ids []string, after, until string) ([]string, error) {
	found, err := compareStretch(ctx, d, ids, after, until)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	err = ledger.Record(ctx, d, ledger.By{}, func(w *ledger.Writer) error { // records nothing, but holds the place
		found, err = compareStretch(ctx, w.DB, ids, after, until)
		return err
	})
	return found, err
}

func compareStretch(ctx context.Context, d *db.DB, ids []string, after, until string) ([]string, error) {
	rows, err := rowsBetween(ctx, d, after, until)
	if err != nil {
		return nil, fmt.Errorf("reading the table of deals: %w", err)
	}
	entries, err := ledger.OfOpportunities(ctx, d, d.Org(), ids)
	if err != nil {
		return nil, fmt.Errorf("reading the entries of deals: %w", err)
	}
	byDeal := byOpportunity(entries)
	var differences []string
	for _, id := range slices.Sorted(maps.Keys(byDeal)) {
		o, exists, err := Fold(byDeal[id], Ever)
		if err != nil {
			return nil, err
		}
		row, there := rows[id]
		delete(rows, id)
		switch {
		case !exists && there:
			differences = append(differences, fmt.Sprintf("deal %s has a row, but the ledger does not create it", id))
		case exists && !there:
			differences = append(differences, fmt.Sprintf("deal %s is in the ledger, but has no row", id))
		case exists:
			differences = append(differences, compare(&o, &row)...)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		differences = append(differences, fmt.Sprintf("deal %s has a row, but no entry in the ledger", id))
	}
	return differences, nil
}

func byOpportunity(entries []ledger.Entry) map[ID][]ledger.Entry {
	byDeal := map[ID][]ledger.Entry{}
	for _, e := range entries {
		byDeal[ID(e.Opportunity)] = append(byDeal[ID(e.Opportunity)], e)
	}
	return byDeal
}

// compare lists the columns in which a deal's row is not what its entries come to.
func compare(folded, row *Opportunity) []string {
	var differences []string
	want, got := values("", folded), values("", row)
	for i, column := range opportunityColumns {
		if want[i] != got[i] {
			differences = append(differences, fmt.Sprintf("deal %s: %s is %s by the ledger, and %s in the table", folded.ID, column, shownValue(want[i]), shownValue(got[i])))
		}
	}
	if !maps.Equal(folded.Attributes, row.Attributes) {
		differences = append(differences, fmt.Sprintf("deal %s: its attributes are %v by the ledger, and %v in the table", folded.ID, folded.Attributes, row.Attributes))
	}
	if !slices.Equal(folded.Competitors, row.Competitors) {
		differences = append(differences, fmt.Sprintf("deal %s: its competitors are %v by the ledger, and %v in the table", folded.ID, folded.Competitors, row.Competitors))
	}
	return differences
}

func shownValue(value any) string {
	if value == nil {
		return "empty"
	}
	return fmt.Sprintf("%q", fmt.Sprint(value))
}

// checkAccounts compares the accounts; there are far fewer of them than of deals'
// entries, and each has one.
func checkAccounts(ctx context.Context, d *db.DB) ([]string, error) {
	var differences []string
	for after, more := "", true; more && len(differences) < mostDifferences; {
		recorded, err := recordedAccounts(ctx, d, after, checkedAtOnce)
		if err != nil {
			return differences, fmt.Errorf("listing the accounts of the ledger: %w", err)
		}
		until := ""
		if more = len(recorded) == checkedAtOnce; more {
			until = string(recorded[len(recorded)-1].ID)
		}
		rows, err := accountsBetween(ctx, d, after, until)
		if err != nil {
			return differences, fmt.Errorf("reading the table of accounts: %w", err)
		}
		for _, a := range recorded {
			row, there := rows[a.ID]
			delete(rows, a.ID)
			if !there {
				differences = append(differences, fmt.Sprintf("account %s (%s) is in the ledger, but has no row", a.ID, a.Name))
			} else if row != a {
				differences = append(differences, fmt.Sprintf("account %s is %q by the ledger, and %q in the table", a.ID, a.Name, row.Name))
			}
		}
		differences = append(differences, withoutEntry(ctx, d, rows)...)
		after = until
	}
	return differences, nil
}

// withoutEntry lists the rows of accounts that the ledger, looked at once more, does
// not make.
func withoutEntry(ctx context.Context, d *db.DB, rows map[AccountID]Account) []string {
	var differences []string
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		entries, err := ledger.OfSubject(ctx, d, d.Org(), string(id))
		if err == nil && len(entries) == 0 {
			err = problem.NotFound("no entry")
		}
		if err != nil {
			differences = append(differences, fmt.Sprintf("account %s (%s) has a row, but the ledger does not make it", id, rows[id].Name))
		}
	}
	return differences
}
