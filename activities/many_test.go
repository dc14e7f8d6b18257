package activities_test

import (
	"context"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// ticked are the fields of a form that ticks activities.
func ticked(ids ...activities.ID) (fields []string) {
	for _, id := range ids {
		fields = append(fields, "activity", string(id))
	}
	return fields
}

// planned ticks activities and asks for the preview of a change.
func planned(b pagetest.Desk, what, value string, ids ...activities.ID) string {
	at := b.Post("/activity-changes", ticked(ids...)...).Leads()
	b.Post(at+"/plan", "what", what, "value", value).Is(303)
	return at
}

// correct says something else of an activity, as its person does on its own page.
func (o desk) correct(p people.Person, id activities.ID, said activities.Said) {
	o.t.Helper()
	o.must(p, now+1, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		return activities.Correct(ctx, w, v, id, 0, said)
	})
}

// Calls that were meetings become meetings, several of one deal at once; what is not
// the person's own, was changed meanwhile, or is so already stays, and the page says why.
func TestManyActivitiesGetAnotherType(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		call := func(p people.Person, text string) activities.ID {
			return o.log(p, "dan open", activities.Said{Type: "call", Text: text, Minutes: 20, Participants: []activities.Participant{{Name: "Iris"}}})
		}
		one, two, three, bens := call(o.Dan, "One"), call(o.Dan, "Two"), call(o.Dan, "Three"), call(o.Ben, "Ben's")
		already := o.log(o.Dan, "dan open", activities.Said{Type: "meeting", Text: "Is one"})
		before := o.activity(one)
		dan := as(o.Dan)
		dan.Get("/activities").Is(200).Has("Select this page", "Change selected", "Earlier changes", "Select Call, Scales for the harbour Alpha").Lacks("Change all")
		at := dan.Post("/activity-changes", ticked(one, two, three, bens, already, one)...).Leads()
		dan.Get(at).Is(200).Has("Change 5 activities", "All of these took place. This is for what is planned.")
		for _, typed := range []string{"", "webinar", "call' or 1=1", "\x00", strings.Repeat("x", 9000)} {
			dan.Post(at+"/plan", "what", "type", "value", typed).Is(422).Has("Say what they are")
		}
		dan.Post(at+"/plan", "what", "text", "value", "x").Is(422)
		dan.Post(at+"/plan", "what", "type", "value", "meeting").Is(303)
		dan.Get(at).Is(200).Has("3 activities will change", "2 activities will not change", "Only the person who did this", "It is so already", "Call Meeting 3")
		o.correct(o.Dan, three, activities.Said{Type: "call", Text: "Three, longer", At: now})
		dan.Post(at + "/start").Is(303)
		dan.Get(at).Is(200).Has("2 activities changed: type becomes Meeting", "Someone changed it since you looked")
		if a := o.activity(one); a.Type != "meeting" || a.Text != "One" || a.Minutes != 20 || a.Participants != before.Participants || a.At != before.At || a.Person != o.Dan.ID {
			t.Errorf("one became %+v, from %+v", a, before)
		}
		if o.activity(two).Type != "meeting" || o.activity(three).Type != "call" || o.activity(bens).Type != "call" {
			t.Error("the wrong ones became meetings")
		}
		o.sound()
		as(o.Ben).Get(at).Is(404)
		as(o.Ben).Post(at + "/undo").Is(404)
		o.correct(o.Dan, one, activities.Said{Type: "meeting", Text: "One, with more words", At: now}) // not of the type
		o.correct(o.Dan, two, activities.Said{Type: "visit", Text: "Two", At: now})
		dan.Post(at + "/undo").Is(303)
		dan.Get(at).Is(200).Has("1 activity back as before", "1 activity could not be brought back", "Someone changed it since.")
		dan.Post(at + "/undo").Is(303) // twice does nothing
		if a := o.activity(one); a.Type != "call" || a.Text != "One, with more words" || o.activity(two).Type != "visit" {
			t.Errorf("undone to %+v", a)
		}
		o.sound()
	})
}

// Plans move to another day at their time of day, are called off, and come back; what
// took place does not move.
func TestManyPlansMoveOrAreCalledOff(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		plan, other := o.log(o.Dan, "dan open", activities.Said{Type: "visit", At: now + 50*hour}), o.log(o.Dan, "dan won", activities.Said{Type: "call", At: now + 75*hour})
		past := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Past"})
		dan, stood := as(o.Dan), o.activity(plan)
		at := dan.Post("/activity-changes", ticked(plan, other, past)...).Leads()
		dan.Get(at).Has("1 of these took place and stays.", "Each keeps its time of day")
		for typed, why := range map[string]string{"": "On which day?", "2026-05-01": "has passed", "2036-05-01": "more than three years", "2026-02-30": "not a day"} {
			dan.Post(at+"/plan", "what", "day", "value", typed).Is(422).Has(why)
		}
		dan.Post(at+"/plan", "what", "off", "value", "").Is(422).Has("Tick that they do not take place")
		dan.Post(at+"/plan", "what", "day", "value", "2026-06-10").Is(303)
		dan.Get(at).Has("2 activities will change", "Planned for 10 Jun 2026", "It took place already.")
		dan.Post(at + "/start").Is(303)
		place := o.Viewer(o.Dan).Organization.Place()
		if a := o.activity(plan); a.At.In(place).Format("2006-01-02 15:04:05.000") != "2026-06-10 "+stood.At.In(place).Format("15:04:05.000") || a.State != activities.Ahead {
			t.Errorf("the plan is at %v, was at %v", a.At, stood.At)
		}
		off := planned(dan, "off", "on", plan, other, past)
		dan.Get(off).Has("2 activities will change", "Planned Does not take place")
		dan.Post(off + "/start").Is(303)
		dan.Get(off).Has("2 activities changed: they do not take place")
		dan.Get("/activities?state=planned").Has("Nothing fits")
		dan.Post(at + "/undo").Is(303) // of the day: they were taken back since
		dan.Get(at).Has("0 activities back as before", "Someone changed it since.")
		dan.Post("/activity-changes", ticked(plan)...).Is(422).Has("No activity is selected")
		dan.Post(off + "/undo").Is(303)
		dan.Get(off).Has("2 activities back as before")
		dan.Get("/activities/logged/"+string(plan)).Has("planned it again", "It took place").Lacks("This was taken back")
		o.must(o.Dan, now+2, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return activities.CarryOut(ctx, w, v, plan, activities.Said{Type: "visit", Text: "Went"})
		})
		if a := o.activity(plan); a.State != activities.Done || a.Text != "Went" {
			t.Errorf("what was planned again became %+v", a)
		}
		o.sound()
	})
}

// Who did an activity is set right by whoever is named for it, within their reach and
// among those who see the deal; operations name whom they like who does.
func TestManyActivitiesAreDoneBySomeoneElse(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		mine, plan := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Was Ben's"}), o.log(o.Dan, "dan open", activities.Said{Type: "visit", At: now + 50*hour})
		o.straight("nobody", 1, ledger.ViaImport, now-10*hour)
		must(t, activities.CatchUp(t.Context(), o.DB))
		rows, err := activities.RowsOf(t.Context(), o.DB, o.Deal("nobody").ID)
		if err != nil || len(rows) != 1 || rows[0].Person != "" {
			t.Fatalf("the import is %+v, %v", rows, err)
		}
		nobodys, dan, olga := rows[0].ID, as(o.Dan), as(o.Olga)
		at := dan.Post("/activity-changes", ticked(mine, plan)...).Leads()
		dan.Get(at).Has(">Ben Alpha<").Lacks(">Eve Alpha<", ">Olga Alpha<")
		for typed, why := range map[string]string{"": "Choose who", string(o.Eve.ID): "your own manager", "x' or 1=1": "no such person",
			strings.Repeat("0", 36): "no such person", "\x00": "no such person"} {
			dan.Post(at+"/plan", "what", "person", "value", typed).Is(422).Has(why)
		}
		dan.Post(at+"/plan", "what", "person", "value", string(o.Ben.ID)).Is(303)
		dan.Get(at).Has("Done by Ben Alpha", "Dan Alpha Ben Alpha 2")
		dan.Post(at + "/start").Is(303)
		if o.activity(mine).Person != o.Ben.ID || o.activity(plan).Person != o.Ben.ID {
			t.Error("they are not Ben's")
		}
		dan.Get("/activities/logged/" + string(mine)).Is(200).Has("by Ben Alpha").Lacks("Take back")
		dan.Post(planned(dan, "person", string(o.Dan.ID), mine) + "/start").Is(303)
		if o.activity(mine).Person != o.Ben.ID {
			t.Error("Dan took from Ben what is Ben's")
		}
		dan.Post(at + "/undo").Is(303) // whoever gave it away may take it back
		dan.Get(at).Has("2 activities back as before")
		to := planned(olga, "person", string(o.Eve.ID), mine, nobodys)
		olga.Get(to).Has("2 activities will not change", "Eve Alpha does not see this deal.")
		to = planned(olga, "person", string(o.Olga.ID), mine, nobodys)
		olga.Get(to).Has("Nobody Olga Alpha 1")
		olga.Post(to + "/start").Is(303)
		olga.Post(to + "/undo").Is(303)
		olga.Get(to).Has("2 activities back as before")
		if o.activity(mine).Person != o.Dan.ID || o.activity(nobodys).Person != "" {
			t.Errorf("given back to %q and %q", o.activity(mine).Person, o.activity(nobodys).Person)
		}
		o.sound()
	})
}
