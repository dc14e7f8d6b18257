package db_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/testworld/testdb"
	"milepost/problem"
)

var schema = fstest.MapFS{"schema/2026-11-21-01-things.sql": &fstest.MapFile{Data: []byte(`
	create table organizations (org_id text primary key);
	create table entries (org_id text not null, n bigint not null check (n > 0), name text, weight double precision,
		primary key (org_id, n), foreign key (org_id) references organizations (org_id));`)}}

type thing struct {
	N    int64  `db:"n"`
	Name string `db:"name"`
}

// one is a handle confined to an organization that is there.
func one(t *testing.T, d *db.DB) *db.DB {
	t.Helper()
	d = d.For("one")
	if _, err := d.Exec(t.Context(), `insert into organizations (org_id) values ($1)`, "one"); err != nil {
		t.Fatal(err)
	}
	return d
}

func add(ctx context.Context, d *db.DB, n int) error {
	_, err := d.Exec(ctx, `insert into entries (org_id, n, name) values ($1, $2, $3)`, d.Org(), n, fmt.Sprint("thing ", n))
	return err
}

func count(t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := db.One[int](t.Context(), d, `select count(*) from entries`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRowsAreReadByTheirTags(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		for n := range 3 {
			if err := add(t.Context(), d, n+1); err != nil {
				t.Fatal(err)
			}
		}
		got, err := db.All[thing](t.Context(), d, `select n, name from entries where org_id = $1 and n > $2 order by n`, "one", 1)
		if err != nil || fmt.Sprint(got) != "[{2 thing 2} {3 thing 3}]" {
			t.Errorf("all: %v, %v", got, err)
		}
		first, err := db.One[thing](t.Context(), d, `select n, name from entries order by n`)
		if err != nil || first.N != 1 {
			t.Errorf("one: %v, %v", first, err)
		}
		if _, err := db.One[thing](t.Context(), d, `select n, name from entries where n = 9`); !problem.Is(err, problem.KindNotFound) {
			t.Errorf("one of none: %v", err)
		}
		if _, err := db.All[thing](t.Context(), d, `select n, name, weight from entries`); err == nil || !strings.Contains(err.Error(), "weight") {
			t.Errorf("a column without a field: %v", err)
		}
		stop := errors.New("stop here")
		if err := db.Each(t.Context(), d, func(*thing) error { return stop }, `select n, name from entries`); err != stop {
			t.Errorf("a visitor's error came back as %v", err)
		}
	}, schema)
}

func TestViolationsBecomeProblems(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		add(t.Context(), d, 1)
		if err := add(t.Context(), d, 1); !problem.Is(err, problem.KindConflict) {
			t.Errorf("the same key twice: %v", err)
		}
		if err := add(t.Context(), d, -1); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("a broken check: %v", err)
		}
		if err := add(t.Context(), d.For("two"), 1); !problem.Is(err, problem.KindConflict) {
			t.Errorf("a reference to nothing: %v", err)
		}
	}, schema)
}

func TestTransactionsNestAndAreWhole(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		wrong := errors.New("wrong")
		err := d.InTx(t.Context(), func(tx *db.DB) error {
			if err := add(t.Context(), tx, 1); err != nil {
				return err
			}
			return tx.InTx(t.Context(), func(inner *db.DB) error {
				if err := add(t.Context(), inner, 2); err != nil {
					return err
				}
				return wrong
			})
		})
		if !errors.Is(err, wrong) || count(t, d) != 0 {
			t.Errorf("after a failure: %v, %d rows", err, count(t, d))
		}
		if err := d.InTx(t.Context(), func(tx *db.DB) error { return add(t.Context(), tx, 1) }); err != nil || count(t, d) != 1 {
			t.Errorf("after a success: %v, %d rows", err, count(t, d))
		}
	}, schema)
}

func TestManyRowsAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		columns := []string{"org_id", "n", "name", "weight"}
		rows := make([][]any, 1234)
		for i := range rows {
			rows[i] = []any{"one", int64(i + 1), nil, nil}
			if i%2 == 0 {
				rows[i][2], rows[i][3] = "even", 0.5
			}
		}
		if err := d.InsertMany(t.Context(), "entries", columns, rows); err == nil {
			t.Error("many rows were written outside a transaction")
		}
		insert := func(rows [][]any) error {
			return d.InTx(t.Context(), func(tx *db.DB) error { return tx.InsertMany(t.Context(), "entries", columns, rows) })
		}
		if err := insert(rows); err != nil {
			t.Fatal(err)
		}
		half, err := db.One[int](t.Context(), d, `select count(*) from entries where name = 'even' and weight = 0.5`)
		if err != nil || half != 617 || count(t, d) != 1234 {
			t.Errorf("%d rows, %d of them even (%v)", count(t, d), half, err)
		}
		if err := insert(rows[:1]); !problem.Is(err, problem.KindConflict) {
			t.Errorf("the same row again: %v", err)
		}
	}, schema)
}

func TestManyRowsAreUpdatedAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		for n := range 3 {
			add(t.Context(), d, n+1)
		}
		rows := [][]any{{"one", 1, "first", 1.5}, {"one", 2, "second", nil}, {"another", 3, "never", 2.5}}
		update := func(rows [][]any) error {
			return d.InTx(t.Context(), func(tx *db.DB) error {
				return tx.UpdateMany(t.Context(), "entries", []string{"org_id", "n"}, []string{"name", "weight"}, rows)
			})
		}
		if err := update(rows); err != nil {
			t.Fatal(err)
		}
		names, err := db.All[string](t.Context(), d, `select name || coalesce('/' || weight, '') from entries order by name`)
		if err != nil || len(names) != 3 || names[0] != "first/1.5" || names[1] != "second" || names[2] != "thing 3" {
			t.Errorf("after the update: %v, %v", names, err)
		}
		if err := d.UpdateMany(t.Context(), "entries", []string{"n"}, []string{"name"}, rows); err == nil {
			t.Error("many rows were written outside a transaction")
		}
	}, schema)
}

func TestOneOfTakesAList(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		for n := range 5 {
			add(t.Context(), d, n+1)
		}
		for want, names := range map[int][]string{0: nil, 1: {"thing 1", "none"}, 2: {"thing 2", "thing 3", `"'`}} {
			got, err := db.One[int](t.Context(), d, `select count(*) from entries where org_id = $1 and `+d.OneOf("name", 2), "one", db.List(names))
			if err != nil || got != want {
				t.Errorf("one of %q: %d, %v", names, got, err)
			}
		}
	}, schema)
}

// A connection whose query was cancelled must serve the next query (one version of
// a driver once did not).
func TestCancelledConnectionsAreOfUseAgain(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		for range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
			_, err := db.One[int](ctx, d, `
				with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000000)
				select count(*) from n`)
			cancel()
			if err == nil {
				t.Fatal("the slow query was not cancelled")
			}
			if err := d.InTx(t.Context(), func(tx *db.DB) error { return add(t.Context(), tx, count(t, tx)+1) }); err != nil {
				t.Fatalf("after a cancelled query: %v", err)
			}
		}
		if count(t, d) != 20 {
			t.Errorf("%d rows, want 20", count(t, d))
		}
	}, schema)
}

func TestSnapshotsDoNotMove(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		err := d.Snapshot(t.Context(), func(then *db.DB) error {
			before := count(t, then)
			if err := add(t.Context(), d, 1); err != nil {
				return err
			}
			if after := count(t, then); after != before {
				t.Errorf("the snapshot moved from %d to %d rows", before, after)
			}
			return nil
		})
		if err != nil || count(t, d) != 1 {
			t.Errorf("after the snapshot: %v, %d rows", err, count(t, d))
		}
	}, schema)
}

func TestBackupIsOnlineAndRestoresIntoEitherDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		for n := range 2500 {
			if err := add(t.Context(), d, n+1); err != nil {
				t.Fatal(err)
			}
		}
		file := filepath.Join(t.TempDir(), "backup.db")
		if err := db.Backup(t.Context(), d, file, schema); err != nil {
			t.Fatal(err)
		}
		if err := db.Backup(t.Context(), d, file, schema); err == nil {
			t.Error("a backup overwrote a file")
		}
		folder := filepath.Join(t.TempDir(), "new")
		if err := db.Restore(t.Context(), file, folder); err != nil {
			t.Fatal(err)
		}
		restored, err := db.OpenSQLite(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		defer restored.Close()
		if got := count(t, restored); got != 2500 {
			t.Errorf("the restored file holds %d rows", got)
		}
		if err := db.Restore(t.Context(), file, folder); err == nil {
			t.Error("a restore overwrote a database")
		}
		testdb.Each(t, func(t *testing.T, other *db.DB) {
			if err := db.RestoreInto(t.Context(), file, other); err != nil {
				t.Fatal(err)
			}
			if got := count(t, other.For("one")); got != 2500 {
				t.Errorf("restored into another database: %d rows", got)
			}
			if err := db.RestoreInto(t.Context(), file, other); err == nil {
				t.Error("a restore wrote into a database that holds data")
			}
		}, schema)
	}, schema)
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	for name, content := range map[string]string{"text": "hello", "cut": "SQLite format 3\x00 and no more", "empty": ""} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		if err := db.Restore(t.Context(), file, folder); err == nil {
			t.Errorf("%s was restored", name)
		}
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			t.Errorf("%s: the refused restore left %v behind", name, left)
		}
	}
}

func TestSchemaFilesAreNamedAndNumbered(t *testing.T) {
	d := testdb.Open(t, db.SQLite)
	file := &fstest.MapFile{Data: []byte("select 1;")}
	for name, bad := range map[string][]fstest.MapFS{
		"not named like":  {{"schema/things.sql": file}},
		"the same number": {{"schema/2026-11-21-01-a.sql": file}, {"schema/2026-11-21-01-b.sql": file}},
	} {
		var err error
		if len(bad) == 1 {
			err = d.Migrate(t.Context(), bad[0])
		} else {
			err = d.Migrate(t.Context(), bad[0], bad[1])
		}
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIDsSortByTimeAndRepeatByTheirBytes(t *testing.T) {
	early, late := db.NewID(1_000), db.NewID(2_000)
	if early >= late || len(early) != 36 || early[14] != '7' {
		t.Errorf("ids %s and %s", early, late)
	}
	at := calendar.Instant(0x0123456789ab)
	random := [10]byte{0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7}
	// RFC 9562, 5.7: 48 bits of time, version 7, variant 10.
	if got := db.IDFrom(at, random); got != "01234567-89ab-7fff-bf01-020304050607" {
		t.Errorf("id from bytes: %s", got)
	}
}

func TestManyRowsAreTakenOutAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		for n := range 4 {
			add(t.Context(), d, n+1)
		}
		remove := func(tx *db.DB) error {
			return tx.DeleteMany(t.Context(), "entries", []string{"org_id", "n"}, [][]any{{"one", 2}, {"one", 9}, {"one", 4}, {"another", 1}})
		}
		if err := d.InTx(t.Context(), remove); err != nil {
			t.Fatal(err)
		}
		left, err := db.All[int](t.Context(), d, `select n from entries order by n`)
		if err != nil || fmt.Sprint(left) != "[1 3]" {
			t.Errorf("after taking out: %v, %v", left, err)
		}
		if err := remove(d); err == nil {
			t.Error("many rows were taken out outside a transaction")
		}
	}, schema)
}

// What reads beside a transaction sees what was committed before it.
func TestBesideATransaction(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		if _, can := d.Beside(); can {
			t.Error("there is something beside no transaction")
		}
		err := d.InTx(t.Context(), func(tx *db.DB) error {
			if err := add(t.Context(), tx, 1); err != nil {
				return err
			}
			if beside, can := tx.Beside(); can && count(t, beside) != 0 {
				t.Error("what was not committed is seen")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}, schema)
}
