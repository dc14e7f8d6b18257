package evidence

import (
	"context"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// readied is a part of the deals that come along, with a pen for each.
type readied struct {
	pens []*Pen
	size int
	err  error
}

// readyAll readies the parts of a list one after the other. Where the database lets it,
// the next part is read and folded while the one before is written: nobody else writes
// meanwhile, because the writer holds the place in the ledger, and the writer itself has
// said nothing of these deals yet.
func readyAll(ctx context.Context, w *ledger.Writer, library process.Library, list []deals.ID) <-chan readied {
	parts := make(chan readied)
	go func() {
		defer close(parts)
		beside, _ := w.DB.Beside()
		for part := range slices.Chunk(list, atOnce) {
			pens, err := ready(ctx, beside, w, library, part)
			select {
			case parts <- readied{pens, len(part), err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return parts
}

// ready reads no more of the deals than decides about their process.
func ready(ctx context.Context, d *db.DB, w *ledger.Writer, library process.Library, list []deals.ID) ([]*Pen, error) {
	rows, err := deciding(ctx, d, list)
	if err != nil {
		return nil, err
	}
	byDeal, err := foldedOf(ctx, d, list)
	if err != nil {
		return nil, err
	}
	pens := make([]*Pen, len(rows))
	for i, r := range rows {
		if pens[i], err = penOf(w, r.opportunity(), library, byDeal[r.ID]); err != nil {
			return nil, err
		}
	}
	return pens, nil
}
