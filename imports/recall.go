package imports

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// recall finds the deals of a batch that are there, and which of their facts are.
func recall(ctx context.Context, d *db.DB, b *batch) (map[string]deals.ID, map[string]bool, error) {
	if d.Org() == "" { // there is no organization yet
		return nil, nil, nil
	}
	names := make([]string, len(b.deals))
	for n := range b.deals {
		names[n] = b.deals[n].external
	}
	known, err := deals.ByExternalID(ctx, d, d.Org(), names)
	if err != nil || len(known) == 0 {
		return known, nil, err
	}
	var ids []string
	for n := range b.deals {
		if known[b.deals[n].external] != "" {
			ids = append(ids, b.deals[n].ids...)
		}
	}
	recorded, err := ledger.Recorded(ctx, d, d.Org(), ids)
	return known, recorded, err
}

// entriesOfChanged reads what the ledger holds of those deals that are there and
// get something new.
func entriesOfChanged(ctx context.Context, d *db.DB, b *batch, known map[string]deals.ID, recorded map[string]bool) (map[deals.ID][]ledger.Entry, error) {
	var changed []string
	for n := range b.deals {
		id := known[b.deals[n].external]
		isNew := func(entry string) bool { return !recorded[entry] }
		if id != "" && slices.ContainsFunc(b.deals[n].ids, isNew) {
			changed = append(changed, string(id))
		}
	}
	if len(changed) == 0 {
		return nil, nil
	}
	list, err := ledger.OfOpportunities(ctx, d, d.Org(), changed)
	if err != nil {
		return nil, fmt.Errorf("reading what is known of %d deals: %w", len(changed), err)
	}
	entries := map[deals.ID][]ledger.Entry{}
	for _, e := range list {
		id := deals.ID(e.Opportunity)
		entries[id] = append(entries[id], e)
	}
	return entries, nil
}
