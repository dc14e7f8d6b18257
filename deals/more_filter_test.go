package deals_test

import (
	"testing"
	"time"

	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// Deals are found, grouped and shown by where they came from, which segment and
// product they are about, and by how long nothing was done in them.
func TestDealsAreNarrowedByAttributesAndSilence(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan, eve := o.Deal("dan open").ID, o.Deal("eve open").ID
		set := func(by people.Person, id deals.ID, name, value string) {
			o.Record(testworld.SmallNow, by, id, deals.Change{Kind: deals.AttributeSet, Fact: deals.Fact{Name: name, Value: value}})
		}
		set(o.Dan, dan, "source", "Trade fair")
		set(o.Eve, eve, "source", "Partner")
		set(o.Dan, dan, "product", "Scales")
		ben := as(o.Ben)
		ben.Get("/deals?source=Trade+fair&columns=source,product").Is(200).Has("1 open deal", "Scales for the harbour Alpha", "Trade fair").Lacks("Belt for the island")
		ben.Get("/deals?source=Trade+fair&product=-").Is(200).Has("No deal matches")
		ben.Get("/deals?source=Trade+fair&product=Scales&owner=" + string(o.Dan.ID)).Is(200).Has("1 open deal")
		ben.Get("/deals?source=-").Is(200).Lacks("Scales for the harbour Alpha")
		ben.Get("/deals?more=1").Is(200).Has("Partner", "More than 30 days ago")
		ben.Get("/deals").Is(200).Has("More filters").Lacks("More than 30 days ago")
		ben.Get("/deals?group=source").Is(200).Has("By source", "Trade fair", "Partner", "No source")
		ben.Get("/deals?group=source&in=Partner").Is(200).Has("1 open deal").Lacks("Scales for the harbour Alpha")
		ben.Get("/deals?group=source&in=-").Is(200).Lacks("Scales for the harbour Alpha", "Nothing that you may see")
		ben.Get("/deals?source=" + "&quiet=7").Is(200).Has("Choose for how long nothing was done")
		as(o.Eve).Get("/deals?source=Trade+fair").Is(200).Has("No deal matches")
		rows := len(rowsOf(t, ben.Get("/deals.csv?source=Trade+fair")))
		if rows != 1 {
			t.Errorf("the export has %d deals", rows)
		}
		quietNow := func(n int) {
			t.Helper()
			if rows := rowsOf(t, as(o.Dan).Get("/deals.csv?quiet=14")); len(rows) != n {
				t.Errorf("%d deals lie still, want %d", len(rows), n)
			}
		}
		before := len(rowsOf(t, as(o.Dan).Get("/deals.csv?quiet=14")))
		o.Record(testworld.SmallNow.Add(-calendarDay), o.Dan, dan, deals.Change{Kind: deals.ActivityLogged, Fact: deals.Fact{Name: "call", Value: "Talked"}})
		quietNow(before - 1)
	})
}

// calendarDay is a day of waiting.
const calendarDay = 24 * time.Hour
