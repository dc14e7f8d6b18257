package db

// Beside is a handle that reads what was committed before this transaction, so that a
// long one can read ahead while it writes; false where there is none to be had. On
// PostgreSQL it would come out of the pool that holds everybody who waits for this very
// transaction, and wait for them.
func (d *DB) Beside() (*DB, bool) {
	if d.tx == nil || d.kind != SQLite {
		return nil, false
	}
	beside := *d
	beside.tx = nil
	return &beside, true
}
