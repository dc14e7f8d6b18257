package ledger

import (
	"context"

	"milepost/internal/db"
)

// Follow hands a reader the entries after its bookmark, at most so many, and moves
// the bookmark in the transaction in which the reader does its work: each entry is
// worked on once, whatever fails in between. It tells how many there were, so that
// a caller goes on until it is none. The handle must be confined to the
// organization.
func Follow(ctx context.Context, d *db.DB, reader string, most int, work func(tx *db.DB, entries []Entry) error) (int, error) {
	count := 0
	err := d.InTx(ctx, func(tx *db.DB) error {
		count = 0
		if err := ensureBookmark(ctx, tx, reader); err != nil {
			return err
		}
		after, err := holdBookmark(ctx, tx, reader)
		if err != nil {
			return err
		}
		entries, err := nextEntries(ctx, tx, after, most)
		if err != nil || len(entries) == 0 {
			return err
		}
		if err := work(tx, entries); err != nil {
			return err
		}
		count = len(entries)
		return moveBookmark(ctx, tx, reader, entries[len(entries)-1].Sequence)
	})
	return count, err
}

// Skip takes a reader to the end of the ledger, without a look at what is there.
func Skip(ctx context.Context, d *db.DB, reader string) error {
	return d.InTx(ctx, func(tx *db.DB) error {
		if err := ensureBookmark(ctx, tx, reader); err != nil {
			return err
		}
		if _, err := holdBookmark(ctx, tx, reader); err != nil {
			return err
		}
		head, err := Head(ctx, tx, tx.Org())
		if err != nil {
			return err
		}
		return moveBookmark(ctx, tx, reader, head)
	})
}

// Rewind takes a reader back to the beginning of the ledger, in the transaction in
// which it lets go of what it had made.
func Rewind(ctx context.Context, tx *db.DB, reader string) error {
	return moveBookmark(ctx, tx, reader, 0)
}
