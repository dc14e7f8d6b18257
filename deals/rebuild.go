package deals

import (
	"context"

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
			if err := update(ctx, tx, o); err != nil {
				return err
			}
		}
	}
	return insert(ctx, tx, made)
}
