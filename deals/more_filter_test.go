package deals_test

import (
	"testing"
	"time"

	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/people"
)

// Deals are found, grouped and shown by where they came from, which segment and
// product they are about, and by how long nothing was done in them.
func TestDealsAreNarrowedByAttributesAndSilence(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		dan, eve := o.Deal("dan open").ID, o.Deal("eve open").ID
		set := func(by people.Person, id deals.ID, name, value string) {
			o.Record(testworld.SmallNow, by, id, deals.Change{Kind: deals.AttributeSet, Fact: deals.Fact{Name: name, Value: value}})
		}
		set(o.Dan, dan, "source", "Trade fair")
		set(o.Eve, eve, "source", "Partner")
		set(o.Dan, dan, "product", "Scales")
		ben := as(o.Ben)
		ben.get("/deals?source=Trade+fair&columns=source,product").is(200).has("1 open deal", "Scales for the harbour Alpha", "Trade fair").lacks("Belt for the island")
		ben.get("/deals?source=Trade+fair&product=-").is(200).has("No deal matches")
		ben.get("/deals?source=Trade+fair&product=Scales&owner=" + string(o.Dan.ID)).is(200).has("1 open deal")
		ben.get("/deals?source=-").is(200).lacks("Scales for the harbour Alpha")
		ben.get("/deals?more=1").is(200).has("Partner", "More than 30 days ago")
		ben.get("/deals").is(200).has("More filters").lacks("More than 30 days ago")
		ben.get("/deals?group=source").is(200).has("By source", "Trade fair", "Partner", "No source")
		ben.get("/deals?group=source&in=Partner").is(200).has("1 open deal").lacks("Scales for the harbour Alpha")
		ben.get("/deals?group=source&in=-").is(200).lacks("Scales for the harbour Alpha", "Nothing that you may see")
		ben.get("/deals?source=" + "&quiet=7").is(200).has("Choose for how long nothing was done")
		as(o.Eve).get("/deals?source=Trade+fair").is(200).has("No deal matches")
		rows := len(rowsOf(t, ben.get("/deals.csv?source=Trade+fair")))
		if rows != 1 {
			t.Errorf("the export has %d deals", rows)
		}
		quietNow := func(n int) {
			t.Helper()
			if rows := rowsOf(t, as(o.Dan).get("/deals.csv?quiet=14")); len(rows) != n {
				t.Errorf("%d deals lie still, want %d", len(rows), n)
			}
		}
		before := len(rowsOf(t, as(o.Dan).get("/deals.csv?quiet=14")))
		o.Record(testworld.SmallNow.Add(-calendarDay), o.Dan, dan, deals.Change{Kind: deals.ActivityLogged, Fact: deals.Fact{Name: "call", Value: "Talked"}})
		quietNow(before - 1)
	})
}

// calendarDay is a day of waiting.
const calendarDay = 24 * time.Hour
