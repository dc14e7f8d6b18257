package db_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"milepost/internal/db"
	"milepost/internal/testworld/testdb"
)

func words(text string) fstest.MapFS {
	return fstest.MapFS{"schema/2026-11-21-02-words.sql": &fstest.MapFile{Data: []byte(text)}}
}

const wordsSchema = `
-- only sqlite
create virtual table search_words using fts5 (words, content='', contentless_delete=1, detail=none,
	tokenize="ascii tokenchars '%@=~^!+'");
-- only postgres
create table search_words (org text not null, kind text not null, n bigint not null, words tsvector not null, primary key (org, n));
create index search_words_by_word on search_words using gin (words, (array[
	kind || ' 10 ' || (n >> 10)::text || ' ' || org, kind || ' 12 ' || (n >> 12)::text || ' ' || org,
	kind || ' 14 ' || (n >> 14)::text || ' ' || org, kind || ' 16 ' || (n >> 16)::text || ' ' || org,
	kind || ' 18 ' || (n >> 18)::text || ' ' || org]));
-- both
create table after_all (org_id text not null, n bigint not null);
`

func TestAStatementMayBelongToOneDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := d.Exec(t.Context(), `insert into after_all (org_id, n) values ('one', 1)`); err != nil {
			t.Error("what is for both is not there:", err)
		}
		_, err := d.Exec(t.Context(), `create index only_postgres on search_words (kind)`)
		if (err == nil) != (d.Kind() == db.Postgres) {
			t.Errorf("what is for PostgreSQL, on %s: %v", d.Kind(), err)
		}
	}, schema, words(wordsSchema))
	d := testdb.Open(t, db.SQLite, schema)
	if err := d.Migrate(t.Context(), schema, words("-- only oracle\nselect 1;")); err == nil || !strings.Contains(err.Error(), "line 1") || !strings.Contains(err.Error(), "oracle") {
		t.Errorf("a database that there is not: %v", err)
	}
}

func indexed(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.InTx(t.Context(), func(tx *db.DB) error {
		return tx.Index(t.Context(), []db.Indexed{{"deal", 1, "dred dgreen d@ann"}, {"deal", 2, "dred dblue d@bob"}, {"deal", 7, "dreddish 京都 🚢 d=red~ d@ann"}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func matching(ctx context.Context, d *db.DB, m db.Match, below int64, most int) (string, error) {
	query, args := d.Matching("deal", m, below, most)
	numbers, err := db.All[int64](ctx, d, query, d.Afresh(args...)...)
	return fmt.Sprint(numbers), err
}

func TestBothIndexesFindTheSame(t *testing.T) {
	w, p := db.Word, db.Prefix
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		indexed(t, d)
		for _, c := range []struct {
			match db.Match
			want  string
		}{
			{w("dred"), "[2 1]"}, {p("dred"), "[7 2 1]"}, {w("d=red~"), "[7]"}, {w("京都"), "[7]"}, {p("京"), "[7]"}, {w("🚢"), "[7]"},
			{db.AllOf(w("dred"), w("dblue")), "[2]"}, {db.AnyOf(w("dgreen"), w("dblue")), "[2 1]"}, {db.But(p("dred"), w("dgreen")), "[7 2]"},
			{db.AllOf(p("dred"), db.AnyOf(w("d@ann"), w("d@none"))), "[7 1]"}, {db.But(w("dred"), db.AnyOf(w("dgreen"), w("dblue"))), "[]"},
			{w(`"'\:*&|!() dred`), "[]"}, {p(`'`), "[]"}, {p(`\`), "[]"}, {db.AllOf(w("dred"), db.Match{}), "[2 1]"},
		} {
			if got, err := matching(t.Context(), d, c.match, 100, 10); err != nil || got != c.want {
				t.Errorf("%+v: %s, %v, want %s", c.match, got, err, c.want)
			}
		}
		if got, err := matching(t.Context(), d, p("dred"), 7, 1); err != nil || got != "[2]" {
			t.Errorf("below 7, one of them: %s, %v", got, err)
		}
		if highest, err := d.HighestIndexed(t.Context()); err != nil || highest != 7 {
			t.Errorf("the highest is %d (%v)", highest, err)
		}
		err := d.InTx(t.Context(), func(tx *db.DB) error {
			if err := tx.Unindex(t.Context(), []int64{2, 7}); err != nil {
				return err
			}
			return tx.Index(t.Context(), []db.Indexed{{"deal", 2, "dyellow"}})
		})
		got, _ := matching(t.Context(), d, p("dred"), 100, 10)
		yellow, _ := matching(t.Context(), d, w("dyellow"), 100, 10)
		if err != nil || got != "[1]" || yellow != "[2]" {
			t.Errorf("after a change: %s and %s, %v", got, yellow, err)
		}
		if !db.AllOf().IsNothing() || !db.AnyOf(db.Match{}).IsNothing() || w("x").IsNothing() {
			t.Error("nothing is not told from something")
		}
	}, schema, words(wordsSchema))
}

// A backup leaves the index of words to be made anew in another database.
func TestBackupWithAnIndexOfWords(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = one(t, d)
		indexed(t, d)
		file := filepath.Join(t.TempDir(), "backup.db")
		if err := db.Backup(t.Context(), d, file, schema, words(wordsSchema)); err != nil {
			t.Fatal(err)
		}
		testdb.Each(t, func(t *testing.T, other *db.DB) {
			if err := db.RestoreInto(t.Context(), file, other); err != nil {
				t.Fatal(err)
			}
			if got, err := matching(t.Context(), other.For("one"), db.Word("dred"), 100, 10); err != nil || got != "[]" {
				t.Errorf("the index came along as %s (%v)", got, err)
			}
		}, schema, words(wordsSchema))
	}, schema, words(wordsSchema))
}

// Whether the latest are looked through first or all that match are gathered, the same
// is found.
func TestTheLatestAreFoundEitherWay(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = d.For("one")
		indexed(t, d)
		for _, m := range []db.Match{db.Word("d@ann"), db.Word("dred"), db.Word("dnone"), db.AnyOf(db.Word("dblue"), db.Word("d@ann"))} {
			for _, most := range []int{1, 2, 9} {
				for _, below := range []int64{2, 7, 99} {
					want, err := matching(t.Context(), d, m, below, most)
					got, err2 := d.Latest(t.Context(), "deal", m, below, most)
					if err != nil || err2 != nil || fmt.Sprint(got) != want {
						t.Errorf("the latest %d below %d: %v, want %v (%v, %v)", most, below, got, want, err, err2)
					}
				}
			}
		}
	}, schema, words(wordsSchema))
}
