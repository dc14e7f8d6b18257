package targets

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// random is an organization whose people report to each other at random; manager has
// the number of each one's manager, or -1.
func random(t *rapid.T, d *db.DB) (o people.Organization, ids []people.ID, manager []int) {
	n := rapid.IntRange(1, 9).Draw(t, "people")
	o, err := people.Found(t.Context(), d.Everywhere(), people.Organization{Name: "Random", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: 1})
	if err != nil {
		t.Fatal(err)
	}
	err = ledger.Record(t.Context(), d.For(o.ID), ledger.By{At: 2}, func(w *ledger.Writer) error {
		for i := range n {
			p, err := people.Join(t.Context(), w, people.Person{Name: fmt.Sprint("Person ", i)}, 2)
			if err != nil {
				return err
			}
			ids, manager = append(ids, p.ID), append(manager, rapid.IntRange(-1, i-1).Draw(t, "manager"))
			if manager[i] >= 0 {
				if err := people.SetManager(t.Context(), w, p.ID, ids[manager[i]], 2); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return o, ids, manager
}

// Who sees and sets what, in random reporting lines, is what the rule says in words.
func TestAccess(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema)
	rapid.Check(t, func(t *rapid.T) {
		o, ids, manager := random(t, d)
		chart, err := people.ChartAsOf(t.Context(), d.For(o.ID), o.ID, 3)
		if err != nil {
			t.Fatal(err)
		}
		who := rapid.IntRange(0, len(ids)-1).Draw(t, "who")
		role := rapid.SampledFrom(people.Roles).Draw(t, "role")
		a := Access{people.NewViewer(o, people.Person{ID: ids[who]}, []people.Role{role}, chart), chart}
		sells := role == people.Rep || role == people.Manager
		for i := range ids {
			below := false
			for up := manager[i]; up >= 0; up = manager[up] {
				below = below || up == who
			}
			leads := i == who && manager[who] < 0 && len(chart.Reports(ids[who])) > 0
			sees := role == people.Operations || sells && (i == who || below)
			sets := role == people.Operations || sells && (below || leads)
			if a.MaySee(ids[i]) != sees || a.MaySet(ids[i]) != sets {
				t.Fatalf("%s %d looks at %d in %v: sees %v, want %v; sets %v, want %v", role, who, i, manager,
					a.MaySee(ids[i]), sees, a.MaySet(ids[i]), sets)
			}
		}
	})
}
