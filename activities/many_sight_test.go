package activities_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
	"milepost/problem"
)

// Nobody changes activities of deals that they do not see, by no id and by no filter;
// what goes out of sight before it begins stays.
func TestChangesOfActivitiesStayWithinSight(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		theirs := o.log(o.Finn, "finn late", activities.Said{Type: "call", Text: "Between us"})
		o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Mine"})
		dan := as(o.Dan)
		dan.Post("/activity-changes", ticked(theirs, "forged", activities.ID(strings.Repeat("0", 36)), "\x00", "")...).Is(422).Has("No activity is selected")
		dan.Post("/activity-changes").Is(422)
		for _, filter := range []string{"sort=up", "unknown=1", "%zz", "group=size&in=x", "from=2026-13-01", "person=%00", "deal=%00", "q=%ff", "type=webinar", "period=30"} {
			dan.Post("/activity-changes", "all", "1", "filter", filter).Is(422) // not understood is not all
		}
		for _, filter := range []string{"q=between", "person=" + string(o.Finn.ID), "deal=" + string(o.Deal("finn late").ID) + "&period=all", "group=person&in=" + string(o.Finn.ID)} {
			dan.Post("/activity-changes", "all", "1", "filter", filter).Is(422).Has("No activity is selected")
		}
		for _, p := range []people.Person{o.Vera, o.Adam, o.Rita} {
			as(p).Post("/activity-changes", ticked(theirs)...).Is(403)
			as(p).Get("/activity-changes").Is(403)
		}
		finn := as(o.Finn)
		at := finn.Post("/activity-changes", "all", "1", "filter", "").Leads()
		finn.Post(at+"/plan", "what", "type", "value", "visit").Is(303)
		for _, step := range []string{"/plan", "/start", "/step", "/stop", "/undo"} {
			dan.Post(at+step, "what", "type", "value", "visit").Is(404)
		}
		o.Record(now, o.Olga, o.Deal("finn late").ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID}})
		finn.Get(at).Has("An activity").Lacks("Between us", o.Deal("finn late").Title) // nor what it is called
		finn.Post(at + "/start").Is(303)
		finn.Get(at).Has("0 activities changed", "It is no longer yours to see")
		if o.activity(theirs).Type != "call" {
			t.Error("Finn changed what he does not see any more")
		}
		o.sound()
	})
}

// A manager sees what the team did, and changes only what is the manager's own.
func TestAManagerLeavesOthersActivitiesAlone(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		dans, bens := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Dan's"}), o.log(o.Ben, "dan open", activities.Said{Type: "call", Text: "Ben's"})
		for _, what := range [][2]string{{"type", "visit"}, {"person", string(o.Dan.ID)}} {
			ben := as(o.Ben)
			at := planned(ben, what[0], what[1], dans, bens)
			ben.Get(at).Has("1 activity will change", "Only the person who did this can change what it says.")
			ben.Post(at + "/start").Is(303)
			if a := o.activity(dans); a.Type != "call" || a.Person != o.Dan.ID {
				t.Errorf("Dan's became %+v", a)
			}
			ben.Post(at + "/undo").Is(303)
		}
		o.sound()
	})
}

// An activity that another room needs is not called off: the preview says why.
func TestWhatIsNeededIsNotCalledOff(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		var kept activities.ID
		p := slice.Program{DB: o.DB.Everywhere(), Clock: calendar.Stopped(now), Folder: t.TempDir(), Log: pagetest.Log()}
		guard := func(_ context.Context, _ *db.DB, id activities.ID) error {
			if id == kept {
				return problem.Invalid("", "This is evidence.")
			}
			return nil
		}
		broken := errors.New("out of order")
		dan := pagetest.At(t, pagetest.Serve(p, o.Organization.ID, activities.Slice(p, guard)), o.Dan.ID)
		kept = o.log(o.Dan, "dan open", activities.Said{Type: "visit", At: now + 50*hour})
		other := o.log(o.Dan, "dan open", activities.Said{Type: "visit", At: now + 60*hour})
		at := planned(dan, "off", "on", kept, other)
		dan.Get(at).Has("1 activity will change", "This is evidence.")
		dan.Post(at + "/start").Is(303)
		if o.activity(kept).State != activities.Ahead || o.activity(other).State != activities.TakenBack {
			t.Error("the wrong plan was called off")
		}
		fails := pagetest.At(t, pagetest.Serve(p, o.Organization.ID, activities.Slice(p, func(context.Context, *db.DB, activities.ID) error { return broken })), o.Dan.ID)
		to := fails.Post("/activity-changes", ticked(kept)...).Leads()
		fails.Post(to+"/plan", "what", "off", "value", "on").Is(500)
		o.sound()
	})
}
