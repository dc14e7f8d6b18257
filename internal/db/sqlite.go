package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// FileName is the name of the database inside a data folder.
const FileName = "milepost.db"

// OpenSQLite opens (or makes) the database file in a data folder: one connection
// writes, a small pool reads, and a reader never waits for the writer (WAL).
func OpenSQLite(ctx context.Context, folder string) (*DB, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	path := filepath.Join(folder, FileName)
	write, err := sql.Open("sqlite", sqliteAddress(path, false))
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		write.Close()
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	read, err := sql.Open("sqlite", sqliteAddress(path, true))
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	read.SetMaxIdleConns(4)
	return &DB{kind: SQLite, org: everywhere, pools: &pools{read: read, write: write, path: path}}, nil
}

// sqliteAddress: foreign keys are kept; a writer waits for another program's write
// (a backup, an import beside the server) instead of failing; a write begins as
// one, so that two never deadlock; an acknowledged commit survives a killed
// process (WAL) and, with synchronous full, a loss of power.
func sqliteAddress(path string, readOnly bool) string {
	q := url.Values{}
	q.Add("_pragma", "busy_timeout(15000)")
	q.Add("_pragma", "foreign_keys(on)")
	q.Add("_pragma", "cache_size(-16000)")
	q.Add("_pragma", "temp_store(memory)")
	if readOnly {
		q.Add("_pragma", "query_only(on)")
		q.Add("_pragma", "mmap_size(2147418112)") // as much as SQLite takes; a quarter of a search was reading pages one by one
	} else {
		q.Add("_pragma", "mmap_size(268435456)")
		q.Add("_pragma", "journal_mode(wal)")
		q.Add("_pragma", "synchronous(full)")
		q.Add("_pragma", "secure_delete(on)")
		q.Add("_pragma", "journal_size_limit(67108864)")
		q.Set("_txlock", "immediate")
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}
