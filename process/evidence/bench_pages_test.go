package evidence_test

import (
	"context"
	"fmt"
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
	"milepost/views"
)

// wide is a process of 25 milestones in five phases, three markers each.
func wide() process.Definition {
	d := process.Definition{Name: "Plants"}
	for p := range 5 {
		phase := process.Phase{ID: process.PhaseID(fmt.Sprint("p", p)), Name: fmt.Sprint("Phase ", p+1)}
		for m := range 5 {
			id := fmt.Sprintf("m%d%d", p, m)
			milestone := process.Milestone{ID: process.MilestoneID(id), Name: fmt.Sprint("Milestone ", 5*p+m+1), Required: m < 3, TypicalDays: 20}
			for k := range 3 {
				milestone.Markers = append(milestone.Markers, process.Marker{ID: process.MarkerID(fmt.Sprint(id, k)), Kind: process.Deliverable, Text: fmt.Sprint("Proof ", k+1)})
			}
			phase.Milestones = append(phase.Milestones, milestone)
		}
		d.Phases = append(d.Phases, phase)
	}
	return d
}

// BenchmarkManyMilestones measures the page of a deal with 25 milestones and 60 items of
// evidence: the page itself, the panel that holds them, one milestone; beside the
// bare reading of what was recorded about the deal.
func BenchmarkManyMilestones(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			d := testdb.Open(b, kind, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema)
			o := &desk{SmallOrganization: testworld.Small(b, d), t: b}
			definition := wide()
			o.publish(definition)
			for item := range 60 {
				m := definition.Phases[item/15].Milestones[item/3%5]
				o.must(o.mail(o.Dan, "dan open", m.ID, m.Markers[item%3].ID))
			}
			deal := o.Deal("dan open").ID
			bench.Measure(b, "bare", func(b *testing.B) {
				lines, err := db.All[string](b.Context(), o.DB, `select payload from entries where org_id = $1 and opportunity_id = $2 order by sequence`, o.Organization.ID, deal)
				if err != nil || len(lines) < 60 {
					b.Fatalf("%d entries: %v", len(lines), err)
				}
			})
			as := visitor{o, pagetest.At(b, site(o.DB, o.Organization.ID, b.TempDir()), o.Dan.ID)}
			for _, page := range []struct{ name, path string }{{"page", deal.Path()}, {"panel", o.path("dan open", "panel")}, {"milestone", o.path("dan open", "m12")}} {
				bench.InCrowds(b, page.name, func(b *testing.B) {
					if answer := as.Get(page.path); answer.Code != 200 {
						b.Fatalf("%s: status %d", page.path, answer.Code)
					}
				})
			}
		})
	}
}

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
