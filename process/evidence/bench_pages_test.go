package evidence_test

import (
	"context"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/bench"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// BenchmarkPages measures the panel, an open milestone, and giving evidence, of a deal
// about which 400 things were recorded.
func BenchmarkPages(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			d := testdb.Open(b, kind, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema)
			o := &desk{SmallOrganization: testworld.Small(b, d), t: b}
			o.publish(threePhases())
			o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
			for range 390 {
				o.must(o.record(o.Dan, now, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
					_, err := activities.Log(ctx, w, v, o.Deal("dan open").ID, activities.Said{Type: "call", Text: "They called", At: now})
					return err
				}))
			}
			as := visitor{o, pagetest.At(b, site(o.DB, o.Organization.ID, b.TempDir()), o.Dan.ID)}
			for name, path := range map[string]string{"panel": o.path("dan open", "panel"), "milestone": o.path("dan open", "fit")} {
				bench.Measure(b, name, func(b *testing.B) {
					if answer := as.Get(path); answer.Code != 200 {
						b.Fatalf("status %d", answer.Code)
					}
				})
			}
			bench.Measure(b, "give", func(b *testing.B) {
				o.must(o.mail(o.Dan, "dan open", "visit", "visit-note"))
			})
		})
	}
}
