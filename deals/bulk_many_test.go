package deals_test

import (
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

// More deals than a batch holds are changed and brought back; -v says how long each
// step took. No batch holds the
// ledger for long.
func TestAChangeGoesThroughManyBatches(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
	o := testworld.Small(t, d)
	const many = 1_500
	by := ledger.By{Actor: string(o.Olga.ID), Via: ledger.ViaWeb, At: testworld.SmallNow - 1}
	err := ledger.Record(t.Context(), o.DB, by, func(w *ledger.Writer) error {
		for range many - testworld.SmallOpen {
			if _, err := deals.Open(t.Context(), w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: "Deal"}}, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Discovery"}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	olga := pagetest.At(t, site(d, o.ID, calendar.Stopped(testworld.SmallNow)), o.Olga.ID)
	began := time.Now()
	lap := func(name string) { t.Logf("%s %.1f s", name, time.Since(began).Seconds()); began = time.Now() }
	at := olga.Post("/bulk-changes", "all", "1", "filter", "").Leads()
	lap("choose")
	olga.Post(at+"/plan", "what", "stage", "value", "Commit").Is(303)
	lap("preview")
	olga.Get(at).Is(200).Has("1,500 deals will change")
	olga.Post(at + "/start").Is(303)
	olga.Through(at).Has("1,500 deals changed")
	lap("change")
	olga.Post(at + "/undo").Is(303)
	olga.Through(at).Has("1,500 deals back as before")
	lap("undo")
}
