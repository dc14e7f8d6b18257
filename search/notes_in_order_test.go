package search_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"milepost/activities"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/search"
)

// before is this room's schema as it was before notes were put in order by their entries.
func before(t *testing.T) fs.FS {
	t.Helper()
	kept := fstest.MapFS{}
	names, err := fs.Glob(search.Schema, "schema/*.sql")
	for _, name := range names {
		if strings.Contains(name, "notes-in-order") {
			continue
		}
		text, failed := fs.ReadFile(search.Schema, name)
		if failed != nil {
			t.Fatal(failed)
		}
		kept[name] = &fstest.MapFile{Data: text}
	}
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// What notes are put in order by is filled in for those that could be found before it
// was kept, also under row-level security.
func TestNotesFoundBeforeAreInOrder(t *testing.T) {
	schemas := append([]fs.FS{}, allSchemas[:len(allSchemas)-1]...)
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := desk{testworld.Small(t, d), t}
		ids := []activities.ID{o.note(o.Dan, "dan open", "Stone"), o.note(o.Eve, "eve open", "Stone")}
		o.Record(now, o.Eve, o.Deal("eve open").ID, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(deals.Won), Reason: "x"}})
		if err := activities.CatchUp(t.Context(), o.DB); err != nil {
			t.Fatal(err)
		}
		for i, id := range ids {
			deal := o.Deal([]string{"dan open", "eve open"}[i]).ID
			if err := o.DB.InTx(t.Context(), func(tx *db.DB) error {
				_, err := tx.Exec(t.Context(), `insert into search_entries (org_id, kind, id, n, deal_id, print) values ($1, 'note', $2, $3, $4, 'x')`, o.ID, id, i+1, deal)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.One[int](t.Context(), d.For("nobody"), `select 1`); err != nil { // the connection sees nothing of theirs now
			t.Fatal(err)
		}
		if err := d.Migrate(t.Context(), allSchemas...); err != nil {
			t.Fatal(err)
		}
		right, err := db.One[int](t.Context(), o.DB, `
			select count(*)
			from search_entries e
			join notes t on t.org_id = e.org_id and t.id = e.id and t.version = e.touched
			join opportunities o on o.org_id = e.org_id and o.id = e.deal_id and o.owner_id = e.owner_id
			where e.org_id = $1 and e.closed = case when o.outcome is null then 0 else 1 end`, o.ID)
		if err != nil || right != len(ids) {
			t.Errorf("%d of %d notes are in order, %v", right, len(ids), err)
		}
	}, append(schemas, before(t))...)
}
