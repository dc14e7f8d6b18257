package testdb

import (
	"io/fs"
	"os"
	"testing"

	"milepost/internal/db"
)

// Kept gives a benchmark the database that was kept for it, migrated: the one in the
// folder MILEPOST_BENCH_FLOOR, or on PostgreSQL the one that MILEPOST_BENCH_POSTGRES
// names. What a benchmark wrote there once it finds again; without either it gets an
// empty one.
func Kept(b *testing.B, kind db.Kind, schemas ...fs.FS) *db.DB {
	b.Helper()
	d, err := kept(b, kind)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	if err := d.Migrate(b.Context(), schemas...); err != nil {
		b.Fatalf("migrating: %v", err)
	}
	return d
}

func kept(b *testing.B, kind db.Kind) (*db.DB, error) {
	if kind == db.SQLite {
		folder := os.Getenv("MILEPOST_BENCH_FLOOR")
		if folder == "" {
			folder = b.TempDir()
		}
		return db.OpenSQLite(b.Context(), folder)
	}
	address := os.Getenv("MILEPOST_BENCH_POSTGRES")
	if address == "" {
		address = PostgresAddress(b)
	}
	return db.OpenPostgres(b.Context(), address)
}
