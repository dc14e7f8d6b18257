package search

import (
	"context"

	"milepost/internal/db"
)

// rebuild makes the index anew from what is kept, as after a restore into another
// kind of database, which brings no index along.
func rebuild(ctx context.Context, d *db.DB) error {
	if err := d.InTx(ctx, func(tx *db.DB) error { return deleteAllEntries(ctx, tx) }); err != nil {
		return err
	}
	for _, k := range []Kind{Person, Account, Contact, Note, Deal} {
		for after := ""; ; {
			ids, err := idsAfter(ctx, d, k, after, batch)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				break
			}
			h := newHaul()
			for _, id := range ids {
				if k == Note {
					h.refold[id] = true
				} else {
					h.ids[k][id] = true
				}
			}
			if err := d.InTx(ctx, func(tx *db.DB) error { return h.settle(ctx, tx) }); err != nil {
				return err
			}
			after = ids[len(ids)-1]
		}
	}
	return nil
}
