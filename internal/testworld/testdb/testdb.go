// Package testdb gives tests an empty database of each kind: SQLite always, and
// PostgreSQL when its server programs are installed (a private cluster is started
// in a temporary folder) or MILEPOST_TEST_POSTGRES names one. It knows nothing of
// selling, so that the tests of any room may use it.
package testdb

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"milepost/internal/db"
)

// Each runs a test on every kind of database, migrated with the given schemas.
func Each(t *testing.T, test func(t *testing.T, d *db.DB), schemas ...fs.FS) {
	t.Helper()
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(string(kind), func(t *testing.T) { test(t, Open(t, kind, schemas...)) })
	}
}

// Open gives an empty database of one kind, migrated; it is gone after the test.
func Open(t testing.TB, kind db.Kind, schemas ...fs.FS) *db.DB {
	t.Helper()
	d := open(t, kind)
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(t.Context(), schemas...); err != nil {
		t.Fatalf("migrating: %v", err)
	}
	return d
}

func open(t testing.TB, kind db.Kind) *db.DB {
	t.Helper()
	if kind == db.SQLite {
		d, err := db.OpenSQLite(t.Context(), t.TempDir())
		if err != nil {
			t.Fatalf("opening SQLite: %v", err)
		}
		return d
	}
	d, err := db.OpenPostgres(t.Context(), PostgresAddress(t))
	if err != nil {
		t.Fatalf("opening PostgreSQL: %v", err)
	}
	return d
}

// PostgresAddress gives the address of an empty PostgreSQL schema, which is dropped
// after the test. Where there is no PostgreSQL the test is skipped aloud, or fails
// when MILEPOST_TEST_REQUIRE asks for it.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	server, err := postgres()
	if err != nil {
		SkipUnlessRequired(t, "postgres", fmt.Sprintf("no PostgreSQL: %v", err))
	}
	address, drop, err := server.newSchema(t.Context())
	if err != nil {
		t.Fatalf("making a PostgreSQL schema: %v", err)
	}
	t.Cleanup(func() {
		if err := drop(context.Background()); err != nil {
			t.Errorf("dropping the test schema: %v", err)
		}
	})
	return address
}

// SkipUnlessRequired skips a test for want of something that a machine may lack,
// or fails it when the comma-separated MILEPOST_TEST_REQUIRE names it.
func SkipUnlessRequired(t testing.TB, what, why string) {
	t.Helper()
	if slices.Contains(strings.Split(os.Getenv("MILEPOST_TEST_REQUIRE"), ","), what) {
		t.Fatalf("%s is required here: %s", what, why)
	}
	t.Skip("SKIPPED: " + why)
}
