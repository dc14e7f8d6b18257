package db

import "context"

// forgetPages is how many pages of the index of words are written anew at a time: some
// hundredths of a second, for which others who write wait.
const forgetPages = 200

// Forget goes on writing the index of words anew without what was taken out of it, and
// tells whether there is more to do. What is taken out is not found from then on, but
// SQLite leaves its words where they are until it happens to merge them away; whoever
// has a right to be forgotten need not wait for that. PostgreSQL does this by itself,
// as it does for tables.
func (d *DB) Forget(ctx context.Context) (more bool, err error) {
	if d.kind == Postgres {
		return false, nil
	}
	err = d.InTx(ctx, func(tx *DB) error {
		before, err := One[int64](ctx, tx, `select total_changes()`)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `insert into search_words (search_words, rank) values ('merge', $1)`, -forgetPages); err != nil {
			return err
		}
		after, err := One[int64](ctx, tx, `select total_changes()`)
		more = after-before > 1 // the command itself counts as one
		return err
	})
	return more, err
}
