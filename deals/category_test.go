package deals_test

import (
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// Databases that held calls before there was a column for them have it filled as the
// entries say: by the last that was true, whatever was recorded last, and not by a name
// that is none of ours.
func TestCategoriesOfOldEntriesAreTakenOver(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, _ func(people.Person) pagetest.Desk) {
		say := func(key, name string, from calendar.Instant) {
			o.Record(testworld.SmallNow-1, o.Dan, o.Deal(key).ID, deals.Change{Kind: deals.CallGiven, Fact: deals.Fact{Name: name}, From: from})
		}
		say("dan open", "commit", 3000)
		say("dan open", "best", 2000)
		say("eve open", "omitted", 1000)
		say("eve open", "upside", 2000)
		if _, err := o.DB.Everywhere().Exec(t.Context(), `update opportunities set call_category = '' where org_id <> ''`); err != nil {
			t.Fatal(err)
		}
		if wrong, _ := deals.CheckDeals(t.Context(), o.DB, o.ID); len(wrong) != 2 {
			t.Fatalf("without categories, %d deals differ: %q", len(wrong), wrong)
		}
		text, err := deals.Schema.ReadFile("schema/2026-11-22-28-call-category-filled.sql")
		if err != nil {
			t.Fatal(err)
		}
		_, update, _ := strings.Cut(string(text), "-- both")
		if _, err := o.DB.Everywhere().Exec(t.Context(), strings.TrimSuffix(strings.TrimSpace(update), ";")); err != nil {
			t.Fatal(err)
		}
		if wrong, err := deals.CheckDeals(t.Context(), o.DB, o.ID); err != nil || len(wrong) > 0 {
			t.Errorf("filled again, deals differ: %v %q", err, wrong)
		}
		if got, err := deals.Find(t.Context(), o.DB, o.ID, o.Deal("dan open").ID); err != nil || got.Category != deals.Commit {
			t.Errorf("dan's deal is called %q, %v", got.Category, err)
		}
	})
}
