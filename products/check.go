package products

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// mostDifferences is how many differences are listed; more say nothing new.
const mostDifferences = 100

// Check folds the catalogue and every deal's basket anew from the ledger and lists
// where the tables differ. It is for `milepost verify`.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	var found []string
	err := d.For(org).Snapshot(ctx, func(d *db.DB) error {
		products, err := compareCatalogue(ctx, d)
		if err != nil {
			return err
		}
		wanted, kept, err := bothBaskets(ctx, d)
		if err != nil {
			return err
		}
		found = products
		for _, deal := range slices.Sorted(maps.Keys(wanted)) {
			if have := kept[deal]; !sameBasket(wanted[deal], have) {
				found = append(found, fmt.Sprintf("the products of deal %s are %+v in the tables and %+v by the ledger", deal, have, wanted[deal]))
			}
			delete(kept, deal)
		}
		for _, deal := range slices.Sorted(maps.Keys(kept)) {
			found = append(found, fmt.Sprintf("deal %s has products in the tables and none in the ledger", deal))
		}
		return nil
	})
	return found[:min(len(found), mostDifferences)], err
}

func compareCatalogue(ctx context.Context, d *db.DB) ([]string, error) {
	entries := map[ID][]ledger.Entry{}
	err := ledger.EachOfKinds(ctx, d, d.Org(), productKinds, deals.Ever, func(e *ledger.Entry) error {
		entries[ID(e.Subject)] = append(entries[ID(e.Subject)], *e)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is known of products: %w", err)
	}
	rows, err := Catalogue(ctx, d)
	if err != nil {
		return nil, err
	}
	var found []string
	for i := range rows {
		told, exists, err := FoldProduct(entries[rows[i].ID])
		switch {
		case err != nil:
			return nil, err
		case !exists:
			found = append(found, fmt.Sprintf("product %s is in the tables and not in the ledger", rows[i].ID))
		case !told.same(&rows[i]):
			found = append(found, fmt.Sprintf("product %s is %+v in the tables and %+v by the ledger", rows[i].ID, rows[i], told))
		}
		delete(entries, rows[i].ID)
	}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		found = append(found, fmt.Sprintf("product %s is in the ledger and not in the tables", id))
	}
	return found, nil
}

// bothBaskets reads all baskets, by the ledger and by the tables.
func bothBaskets(ctx context.Context, d *db.DB) (wanted, kept map[deals.ID]Basket, err error) {
	wanted = map[deals.ID]Basket{}
	err = ledger.EachOfKinds(ctx, d, d.Org(), lineKinds, deals.Ever, func(e *ledger.Entry) error {
		b := wanted[deals.ID(e.Opportunity)]
		if err := b.take(e); err != nil {
			return fmt.Errorf("folding the products of deal %s: %w", e.Opportunity, err)
		}
		wanted[deals.ID(e.Opportunity)] = b
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	kept, err = everyBasket(ctx, d)
	return wanted, kept, err
}

func sameBasket(a, b Basket) bool {
	return a.Follows == b.Follows && a.Followed == b.Followed && slices.Equal(a.Lines, b.Lines)
}

// Rebuild writes what is in deals anew where the tables differ from the ledger: for a
// restored or mended ledger, and for entries that came in bulk.
func Rebuild(ctx context.Context, w *ledger.Writer) error {
	wanted, kept, err := bothBaskets(ctx, w.DB)
	if err != nil {
		return err
	}
	for deal := range kept {
		if _, told := wanted[deal]; !told {
			wanted[deal] = Basket{}
		}
	}
	order := slices.DeleteFunc(slices.Sorted(maps.Keys(wanted)), func(deal deals.ID) bool {
		return sameBasket(wanted[deal], kept[deal])
	})
	return putBaskets(ctx, w.DB, wanted, order)
}
