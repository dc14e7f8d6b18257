package deals

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/internal/db"
	"milepost/internal/ledger"
)

// Rewrite folds deals anew from the ledger and writes their rows: those in fresh
// have no row yet. It is for many deals at once, as an import has them; entries
// holds all of each deal's entries, those that the transaction is about to append
// among them.
func Rewrite(ctx context.Context, tx *db.DB, entries map[ID][]ledger.Entry, order []ID, fresh map[ID]bool) error {
	var made []Opportunity
	for _, id := range order {
		o, exists, err := Fold(entries[id], Ever)
		if err != nil {
			return err
		}
		switch {
		case !exists:
			continue
		case fresh[id]:
			made = append(made, o)
		default:
			if err := update(ctx, tx, o, besides{true, true}); err != nil {
				return err
			}
		}
	}
	return insert(ctx, tx, made)
}

// Rebuild makes the tables again from the ledger: rows that differ are written
// anew, rows that are missing are made, and rows of which the ledger knows nothing
// go. It is for a restored or mended ledger; the writer's transaction keeps others
// from writing meanwhile.
func Rebuild(ctx context.Context, w *ledger.Writer) error {
	strangers, err := rebuildAccounts(ctx, w.DB)
	if err != nil {
		return fmt.Errorf("making the accounts again: %w", err)
	}
	for after, more := "", true; more; {
		ids, err := recordedDeals(ctx, w.DB, after, checkedAtOnce)
		if err != nil {
			return fmt.Errorf("listing the deals of the ledger: %w", err)
		}
		until := ""
		if more = len(ids) == checkedAtOnce; more {
			until = ids[len(ids)-1]
		}
		if err := rebuildStretch(ctx, w.DB, ids, after, until); err != nil {
			return fmt.Errorf("making deals again: %w", err)
		}
		after = until
	}
	return dropAccounts(ctx, w.DB, strangers)
}

func rebuildStretch(ctx context.Context, tx *db.DB, ids []string, after, until string) error {
	rows, err := rowsBetween(ctx, tx, after, until)
	if err != nil {
		return err
	}
	entries, err := ledger.OfOpportunities(ctx, tx, tx.Org(), ids)
	if err != nil {
		return err
	}
	byDeal, fresh := byOpportunity(entries), map[ID]bool{}
	var order []ID
	for _, id := range slices.Sorted(maps.Keys(byDeal)) {
		o, exists, err := Fold(byDeal[id], Ever)
		if err != nil {
			return err
		}
		row, there := rows[id]
		if !exists {
			continue // a row of it is a stranger's
		}
		delete(rows, id)
		if fresh[id] = !there; !there || len(compare(&o, &row)) > 0 {
			order = append(order, id)
		}
	}
	if err := dropDeals(ctx, tx, slices.Collect(maps.Keys(rows))); err != nil {
		return err
	}
	return Rewrite(ctx, tx, byDeal, order, fresh)
}

// rebuildAccounts makes the accounts again, and lists those that the ledger does
// not have: their rows can go once no deal names them.
func rebuildAccounts(ctx context.Context, tx *db.DB) (strangers []AccountID, err error) {
	for after, more := "", true; more; {
		recorded, err := recordedAccounts(ctx, tx, after, checkedAtOnce)
		if err != nil {
			return nil, err
		}
		until := ""
		if more = len(recorded) == checkedAtOnce; more {
			until = string(recorded[len(recorded)-1].ID)
		}
		rows, err := accountsBetween(ctx, tx, after, until)
		if err != nil {
			return nil, err
		}
		for _, a := range recorded {
			if row, there := rows[a.ID]; !there || row != a {
				if err := putAccount(ctx, tx, a); err != nil {
					return nil, err
				}
			}
			delete(rows, a.ID)
		}
		strangers = append(strangers, slices.Collect(maps.Keys(rows))...)
		after = until
	}
	return strangers, nil
}
