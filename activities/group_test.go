package activities_test

import (
	"strings"
	"testing"

	"milepost/activities"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// Activities are counted and timed by person, type, deal and account, for what the
// viewer sees, and each group opens.
func TestActivitiesAreGrouped(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Scales talk", Minutes: 45})
		o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "Saw the quay", Minutes: 90})
		o.log(o.Eve, "eve open", activities.Said{Type: "call", Text: "Belt talk"})
		ben, dan := as(o.Ben), as(o.Dan)
		ben.Get("/activities?group=person").Is(200).Has("By person", "Dan Alpha 2 2 h 15 min", "Eve Alpha 1", "All of them 3 2 h 15 min").Lacks("Counting")
		ben.Get("/activities?group=type&in=call").Is(200).Has("Scales talk", "Belt talk").Lacks("Saw the quay")
		ben.Get("/activities?group=deal&in="+string(o.Deal("dan open").ID)).Is(200).Has("Saw the quay", "Scales for the harbour Alpha 2").Lacks("Belt talk")
		ben.Get("/activities?group=account").Is(200).Has("harbour Alpha 3")
		dan.Get("/activities?group=account").Is(200).Has("harbour Alpha 2").Lacks("Belt talk")
		dan.Get("/activities?group=person&in=" + string(o.Eve.ID)).Is(200).Lacks("Belt talk")
		if page := ben.Get("/activities?columns=when,account,with").Is(200).Words(); !strings.Contains(page, "Activity When Account With") {
			t.Errorf("the columns are others: %.500s", page)
		}
		ben.Get("/activities?choose=columns").Is(200).Has("Show What came of it", "Hide Took")
		ben.Get("/activities/counts?group=type&in=call").Is(200).Has("Eve Alpha")
		if n := strings.Count(ben.Get("/activities.csv?group=type&in=call").Is(200).Body.String(), "\n"); n != 3 {
			t.Errorf("the export of an open group has %d lines", n)
		}
		ben.Get("/activities?group=weather").Is(422).Has("cannot be grouped by")
	})
}
