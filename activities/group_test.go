package activities_test

import (
	"strings"
	"testing"

	"milepost/activities"
	"milepost/people"
)

// Activities are counted and timed by person, type, deal and account, for what the
// viewer sees, and each group opens.
func TestActivitiesAreGrouped(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) browser) {
		o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Scales talk", Minutes: 45})
		o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "Saw the quay", Minutes: 90})
		o.log(o.Eve, "eve open", activities.Said{Type: "call", Text: "Belt talk"})
		ben, dan := as(o.Ben), as(o.Dan)
		ben.get("/activities?group=person").is(200).has("By person", "Dan Alpha 2 2 h 15 min", "Eve Alpha 1", "All of them 3 2 h 15 min").lacks("Counting")
		ben.get("/activities?group=type&in=call").is(200).has("Scales talk", "Belt talk").lacks("Saw the quay")
		ben.get("/activities?group=deal&in="+string(o.Deal("dan open").ID)).is(200).has("Saw the quay", "Scales for the harbour Alpha 2").lacks("Belt talk")
		ben.get("/activities?group=account").is(200).has("harbour Alpha 3")
		dan.get("/activities?group=account").is(200).has("harbour Alpha 2").lacks("Belt talk")
		dan.get("/activities?group=person&in=" + string(o.Eve.ID)).is(200).lacks("Belt talk")
		if page := words(ben.get("/activities?columns=when,account,with").is(200).Body.String()); !strings.Contains(page, "Activity When Account With") {
			t.Errorf("the columns are others: %.500s", page)
		}
		ben.get("/activities?choose=columns").is(200).has("Show What came of it", "Hide Took")
		ben.get("/activities/counts?group=type&in=call").is(200).has("Eve Alpha")
		if n := strings.Count(ben.get("/activities.csv?group=type&in=call").is(200).Body.String(), "\n"); n != 3 {
			t.Errorf("the export of an open group has %d lines", n)
		}
		ben.get("/activities?group=weather").is(422).has("cannot be grouped by")
	})
}
