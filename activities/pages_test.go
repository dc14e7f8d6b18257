package activities_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

func TestLoggingWithoutAScript(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		dan, deal := as(o.Dan), string(o.Deal("dan open").ID)
		dan.Get("/activities/new").Is(200).Has("Which deal was it about?", "Scales for the harbour Alpha").Lacks("Belt for the island")
		dan.Get("/activities/new?q=harb").Is(200).Has("Scales for the harbour Alpha").Lacks("bakery")
		dan.Get("/activities/new?deal=" + deal).Is(200).Has("What was said")
		dan.Post("/activities", "deal", deal, "type", "call", "text", "").Is(422).Has("Say in a few words what came of it.")
		dan.Post("/activities", "deal", deal, "type", "call", "text", "Kept", "when", "yesterday", "minutes", "x").Is(422).
			Has("is not a day and time", "is not a number of minutes", "Kept")
		to := dan.Post("/activities", "deal", deal, "type", "meeting", "text", "<script>alert(1)</script>", "with", "Ben Alpha, Iris", "minutes", "45").Is(303).Header().Get("Location")
		dan.Get(to).Is(200).Has("Logged.", "Undo", "Meeting with Ben Alpha and Iris", "45 min").Lacks("<script>alert")
		dan.Get("/activities").Is(200).Has("Scales for the harbour Alpha", "Dan Alpha", "45 min")
		undo, _, _ := strings.Cut(to, "?")
		dan.Post(undo + "/withdraw").Is(303)
		dan.Get("/activities").Is(200).Lacks("45 min")
		dan.Get(undo).Is(200).Has("This was taken back", "took it back").Lacks("Undo")
	})
}

func TestLoggingByTheDialog(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		dan := as(o.Dan).AsJSON()
		var found []activities.Found
		json.Unmarshal(dan.Get("/activities/find?q=scales").Is(200).Body.Bytes(), &found)
		if len(found) != 3 || found[0].Title != "Scales for the harbour Alpha" || found[0].Open != 1 || found[1].Open != 0 {
			t.Errorf("Dan finds %+v", found)
		}
		json.Unmarshal(as(o.Ben).AsJSON().Get("/activities/find?q=").Is(200).Body.Bytes(), &found)
		if len(found) == 0 || found[0].Title != "Lift for the museum Alpha" {
			t.Errorf("Ben's own deal does not come first: %+v", found)
		}
		for _, typed := range []string{"%", "_", `\`, "'", "oven"} {
			json.Unmarshal(dan.Get("/activities/find?q="+strings.ReplaceAll(typed, "%", "%25")).Is(200).Body.Bytes(), &found)
			if len(found) != 0 {
				t.Errorf("%q finds %+v", typed, found)
			}
		}
		var said struct{ Path, Problem string }
		json.Unmarshal(dan.Post("/activities", "type", "call", "text", "a").Is(422).Body.Bytes(), &said)
		if said.Problem != "Choose the deal that it was about." {
			t.Error(said.Problem)
		}
		json.Unmarshal(dan.Post("/activities", "deal", string(found0(o)), "type", "call", "text", "Quick").Is(200).Body.Bytes(), &said)
		as(o.Dan).Get(said.Path).Is(200).Has("Quick")
		dan.Post(said.Path + "/withdraw").Is(200)
		as(o.Dan).AsPart().Get("/activities/quick").Is(200).Has(`data-quick`, "E-mail")
	})
}

func found0(o desk) string { return string(o.Deal("dan open").ID) }

func TestThePanel(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		dan, deal := as(o.Dan).AsPart(), string(o.Deal("dan open").ID)
		base := "/activities/deals/" + deal
		as(o.Dan).Get("/deals/" + deal).Is(200).Has(base + "/panel")
		dan.Get(base+"/panel").Is(200).Has("No next step: what will you do next?", "Nothing was logged yet").Lacks("<html")
		as(o.Dan).Get(base+"/panel").Is(200).Has("<html", "No next step")
		dan.Post(base+"/next", "step", "", "due", "").Is(422).Has("Say what you will do next", "A next step without a day is a wish.")
		dan.Post(base+"/next", "step", "Send it", "due", "2026-02-30").Is(422).Has("is not a day in the calendar", "Send it")
		dan.Post(base+"/next", "step", "Send it", "due", "2020-01-01").Is(422).Has("has passed")
		dan.Post(base+"/next", "step", "Send the offer", "due", "2026-05-21").Is(200).Has("Send the offer", "tomorrow", "Dan Alpha")
		dan.Post(base+"/next", "step", "Call Iris", "due", "2026-05-27", "owner", string(o.Ben.ID)).Is(200).Has("Call Iris", "in 7 days")
		open, _, err := activities.StepsOf(t.Context(), o.DB, o.Deal("dan open").ID)
		if err != nil || open == nil || open.Owner != o.Ben.ID {
			t.Fatalf("%+v, %v", open, err)
		}
		done := "/activities/steps/" + string(open.ID) + "/done"
		dan.Post(done, "result", "She agrees").Is(200).Has("Done. What is next?", "And now?", "She agrees")
		dan.Post(done, "result", "Again").Is(409).Has("not open any more")
		dan.Post("/activities", "deal", deal, "type", "call", "text", "").Is(422).Has("Say in a few words")
		dan.Post("/activities", "deal", deal, "type", "visit", "text", "Saw it").Is(200).Has("Logged.", "Undo", "paid a visit")
		dan.Post("/activities", "deal", deal, "type", "call", "text", "Next week", "when", "2026-05-28T09:00").Is(200).Has("Planned", "It took place")
		ended := "/activities/deals/" + string(o.Deal("dan won").ID)
		dan.Get(ended + "/panel").Is(200).Has("nothing comes next in it")
		dan.Post(ended+"/next", "step", "a", "due", "2026-05-27").Is(422).Has("This deal has ended (won)")
		o.sound()
	})
}

// Everyone sees what the deal's owner lets them see, on every route, and nobody
// sideways.
func TestWhoMayDoWhat(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		deal := o.Deal("dan open").ID
		dan := as(o.Dan).AsPart()
		logged := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Between us"})
		dan.Post("/activities/deals/"+string(deal)+"/notes", "text", "A secret").Is(200)
		dan.Post("/activities/deals/"+string(deal)+"/next", "step", "Whisper", "due", "2026-05-27").Is(200)
		attach(t, dan, deal, "plan.txt", []byte("plan")).Is(200)
		notes, _ := activities.NotesOf(t.Context(), o.DB, deal)
		files, _ := activities.FilesOf(t.Context(), o.DB, deal)
		step, _, _ := activities.StepsOf(t.Context(), o.DB, deal)
		at, note, file := "/activities/logged/"+string(logged), "/activities/notes/"+string(notes[0].ID), "/activities/files/"+string(files[0].ID)
		base := "/activities/deals/" + string(deal)
		gets := []string{at, at + "/edit", note, note + "/edit", file, base + "/panel", "/activities/new?deal=" + string(deal), "/activities?deal=" + string(deal)}
		posts := []string{at + "/edit", at + "/withdraw", note + "/edit", note + "/pin", note + "/remove", file + "/remove",
			base + "/next", base + "/notes", "/activities/steps/" + string(step.ID) + "/done"}
		fields := []string{"text", "x", "type", "call", "step", "x", "due", "2026-05-28", "versions", "1"}
		for _, p := range []struct {
			who    people.Person
			status int
		}{{o.Finn, 404}, {o.Cleo, 404}, {o.Vera, 403}, {o.Adam, 403}, {o.Rita, 403}} {
			for _, path := range gets {
				as(p.who).Get(path).Is(p.status).Lacks("Between us", "A secret", "Whisper", "plan.txt")
			}
			for _, path := range posts {
				as(p.who).Post(path, fields...).Is(p.status).Lacks("Between us", "A secret", "Whisper")
			}
			as(p.who).Post("/activities", "deal", string(deal), "type", "call", "text", "x").Is(p.status)
			attach(t, as(p.who), deal, "x.txt", []byte("x")).Is(p.status)
			if p.status == 404 {
				as(p.who).Get("/activities?period=all").Is(200).Lacks("Between us", "harbour")
				as(p.who).AsPart().Get("/activities/counts?period=all").Is(200).Lacks("Dan Alpha")
				as(p.who).Get("/activities.csv?period=all").Is(200).Lacks("Between us")
				as(p.who).Get("/activities?period=all&person=" + string(o.Dan.ID)).Is(200).Lacks("Between us")
			} else {
				as(p.who).Get("/activities").Is(403)
				as(p.who).Get("/activities.csv").Is(403)
				as(p.who).Get("/activities/quick").Is(403)
				as(p.who).Get("/activities/find").Is(403)
			}
		}
		for _, who := range []people.Person{o.Ben, o.Ada, o.Olga} {
			for _, path := range []string{at, note, note + "/edit", file, base + "/panel", "/activities?deal=" + string(deal)} {
				as(who).Get(path).Is(200)
			}
		}
		as(o.Ben).Get(at + "/edit").Is(403)
		as(o.Eve).Get(at).Is(404)
		as(people.Person{}).Get("/activities").Is(303)
		o.sound()
	})
}

func TestTheList(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		o.straight("eve open", 120, ledger.ViaImport, now-10*hour) // no freshening by hand: the page does it
		o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "=SUM(A1)", Outcome: "Agreed 100%", At: now - 200*hour})
		o.log(o.Ben, "dan open", activities.Said{Type: "meeting", Text: "שלום <b>x</b>"})
		ben := as(o.Ben)
		first := ben.Get("/activities?period=all").Is(200).Has("Older", "&lt;b&gt;x").Lacks("=SUM", "Newer")
		second := ben.Get(first.Find(nextPage)).Is(200).Has("Older", "Newer")
		third := ben.Get(second.Find(nextPage)).Is(200).Has("=SUM", "Newer").Lacks("Older")
		ben.Get(third.Find(pageBefore)).Is(200).Has("Older")
		if n := strings.Count(ben.Get("/activities?period=all&sort=at").Is(200).Has("=SUM").Body.String(), "/activities/logged/"); n != 50 {
			t.Errorf("a page holds %d", n)
		}
		ben.Get("/activities?type=visit").Is(200).Has("=SUM").Lacks("no 1", "שלום")
		ben.Get("/activities?q=100%25").Is(200).Has("=SUM").Lacks("שלום")
		ben.Get("/activities?q=_OTHING").Is(200).Has("Nothing fits")
		ben.Get("/activities?period=week").Is(200).Has("שלום").Lacks("=SUM")
		ben.Get("/activities?person=" + string(o.Dan.ID)).Is(200).Has("=SUM").Lacks("שלום")
		ben.Get("/activities?person="+string(o.Ben.ID)+"%2B&period=all").Is(200).Has("שלום", "no 119")
		ben.Get("/activities?from=2026-05-01&until=2026-05-15").Is(200).Has("=SUM").Lacks("שלום")
		ben.Get("/activities?from=2026-13-01").Is(422).Has("is not a day in the calendar")
		ben.Get("/activities?state=planned").Is(200).Has("Planned")
		ben.AsPart().Get("/activities/counts?period=all").Is(200).Has("Eve Alpha", "120", "122").Lacks("<html")
		csv := ben.Get("/activities.csv?period=all").Is(200).Has("'=SUM(A1)")
		if lines := strings.Count(csv.Body.String(), "\n"); lines != 123 || !strings.HasPrefix(csv.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%d lines, %s", lines, csv.Header().Get("Content-Disposition"))
		}
		ben.Get("/activities?after=zzz&before='").Is(200)
	})
}

var (
	nextPage   = regexp.MustCompile(`rel="next" href="([^"]*)"`)
	pageBefore = regexp.MustCompile(`rel="prev" href="([^"]*)"`)
)

func TestCorrectingOnAPage(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		dan := as(o.Dan)
		id := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "First"})
		at := "/activities/logged/" + string(id)
		dan.Get(at+"/edit").Is(200).Has("First", "Save the correction", `name="version"`)
		dan.Post(at+"/edit", "type", "call", "text", "Late", "version", "1").Is(409).Has("changed while you were at it", "Late")
		dan.Post(at+"/edit", "type", "call", "text", "").Is(422)
		dan.Post(at+"/edit", "type", "visit", "text", "Second", "when", "2026-05-20T09:30").Is(303)
		dan.Get(at).Is(200).Has("Second", "corrected it", "First")
		plan := o.log(o.Dan, "dan open", activities.Said{Type: "meeting", At: now + 20*hour})
		at = "/activities/logged/" + string(plan)
		dan.Get(at).Is(200).Has("It took place")
		dan.Get(at+"/edit?done=1").Is(200).Has("What came of it?", "Log it")
		dan.Post(at+"/edit", "done", "1", "type", "meeting", "text", "").Is(422).Has("What came of it?")
		dan.Post(at+"/edit", "done", "1", "type", "meeting", "text", "Went well").Is(303)
		dan.Get(at).Is(200).Has("Went well", "planned it").Lacks("It took place")
		o.sound()
	})
}
