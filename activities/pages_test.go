package activities_test

import (
	"encoding/json"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/internal/ledger"
	"milepost/people"
)

func TestLoggingWithoutAScript(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) browser) {
		dan, deal := as(o.Dan), string(o.Deal("dan open").ID)
		dan.get("/activities/new").is(200).has("Which deal was it about?", "Scales for the harbour Alpha").lacks("Belt for the island")
		dan.get("/activities/new?q=harb").is(200).has("Scales for the harbour Alpha").lacks("bakery")
		dan.get("/activities/new?deal=" + deal).is(200).has("What was said")
		dan.post("/activities", "deal", deal, "type", "call", "text", "").is(422).has("Say in a few words what came of it.")
		dan.post("/activities", "deal", deal, "type", "call", "text", "Kept", "when", "yesterday", "minutes", "x").is(422).
			has("is not a day and time", "is not a number of minutes", "Kept")
		to := dan.post("/activities", "deal", deal, "type", "meeting", "text", "<script>alert(1)</script>", "with", "Ben Alpha, Iris", "minutes", "45").is(303).Header().Get("Location")
		dan.get(to).is(200).has("Logged.", "Undo", "Meeting with Ben Alpha and Iris", "45 min").lacks("<script>alert")
		dan.get("/activities").is(200).has("Scales for the harbour Alpha", "Dan Alpha", "45 min")
		undo, _, _ := strings.Cut(to, "?")
		dan.post(undo + "/withdraw").is(303)
		dan.get("/activities").is(200).lacks("45 min")
		dan.get(undo).is(200).has("This was taken back", "took it back").lacks("Undo")
	})
}

func TestLoggingByTheDialog(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) browser) {
		dan := as(o.Dan).asJSON()
		var found []activities.Found
		json.Unmarshal(dan.get("/activities/find?q=scales").is(200).Body.Bytes(), &found)
		if len(found) != 3 || found[0].Title != "Scales for the harbour Alpha" || found[0].Open != 1 || found[1].Open != 0 {
			t.Errorf("Dan finds %+v", found)
		}
		json.Unmarshal(as(o.Ben).asJSON().get("/activities/find?q=").is(200).Body.Bytes(), &found)
		if len(found) == 0 || found[0].Title != "Lift for the museum Alpha" {
			t.Errorf("Ben's own deal does not come first: %+v", found)
		}
		for _, typed := range []string{"%", "_", `\`, "'", "oven"} {
			json.Unmarshal(dan.get("/activities/find?q="+strings.ReplaceAll(typed, "%", "%25")).is(200).Body.Bytes(), &found)
			if len(found) != 0 {
				t.Errorf("%q finds %+v", typed, found)
			}
		}
		var said struct{ Path, Problem string }
		json.Unmarshal(dan.post("/activities", "type", "call", "text", "a").is(422).Body.Bytes(), &said)
		if said.Problem != "Choose the deal that it was about." {
			t.Error(said.Problem)
		}
		json.Unmarshal(dan.post("/activities", "deal", string(found0(o)), "type", "call", "text", "Quick").is(200).Body.Bytes(), &said)
		as(o.Dan).get(said.Path).is(200).has("Quick")
		dan.post(said.Path + "/withdraw").is(200)
		as(o.Dan).asPart().get("/activities/quick").is(200).has(`data-quick`, "E-mail")
	})
}

func found0(o desk) string { return string(o.Deal("dan open").ID) }

func TestThePanel(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) browser) {
		dan, deal := as(o.Dan).asPart(), string(o.Deal("dan open").ID)
		base := "/activities/deals/" + deal
		as(o.Dan).get("/deals/" + deal).is(200).has(base + "/panel")
		dan.get(base+"/panel").is(200).has("No next step: what will you do next?", "Nothing was logged yet").lacks("<html")
		as(o.Dan).get(base+"/panel").is(200).has("<html", "No next step")
		dan.post(base+"/next", "step", "", "due", "").is(422).has("Say what you will do next", "A next step without a day is a wish.")
		dan.post(base+"/next", "step", "Send it", "due", "2026-02-30").is(422).has("is not a day in the calendar", "Send it")
		dan.post(base+"/next", "step", "Send it", "due", "2020-01-01").is(422).has("has passed")
		dan.post(base+"/next", "step", "Send the offer", "due", "2026-05-21").is(200).has("Send the offer", "tomorrow", "Dan Alpha")
		dan.post(base+"/next", "step", "Call Iris", "due", "2026-05-27", "owner", string(o.Ben.ID)).is(200).has("Call Iris", "in 7 days")
		open, _, err := activities.StepsOf(t.Context(), o.DB, o.Deal("dan open").ID)
		if err != nil || open == nil || open.Owner != o.Ben.ID {
			t.Fatalf("%+v, %v", open, err)
		}
		done := "/activities/steps/" + string(open.ID) + "/done"
		dan.post(done, "result", "She agrees").is(200).has("Done. What is next?", "And now?", "She agrees")
		dan.post(done, "result", "Again").is(409).has("not open any more")
		dan.post("/activities", "deal", deal, "type", "call", "text", "").is(422).has("Say in a few words")
		dan.post("/activities", "deal", deal, "type", "visit", "text", "Saw it").is(200).has("Logged.", "Undo", "paid a visit")
		dan.post("/activities", "deal", deal, "type", "call", "text", "Next week", "when", "2026-05-28T09:00").is(200).has("Planned", "It took place")
		ended := "/activities/deals/" + string(o.Deal("dan won").ID)
		dan.get(ended + "/panel").is(200).has("nothing comes next in it")
		dan.post(ended+"/next", "step", "a", "due", "2026-05-27").is(422).has("This deal has ended (won)")
		o.sound()
	})
}

// Everyone sees what the deal's owner lets them see, on every route, and nobody
// sideways.
func TestWhoMayDoWhat(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) browser) {
		deal := o.Deal("dan open").ID
		dan := as(o.Dan).asPart()
		logged := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Between us"})
		dan.post("/activities/deals/"+string(deal)+"/notes", "text", "A secret").is(200)
		dan.post("/activities/deals/"+string(deal)+"/next", "step", "Whisper", "due", "2026-05-27").is(200)
		dan.attach(deal, "plan.txt", []byte("plan")).is(200)
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
				as(p.who).get(path).is(p.status).lacks("Between us", "A secret", "Whisper", "plan.txt")
			}
			for _, path := range posts {
				as(p.who).post(path, fields...).is(p.status).lacks("Between us", "A secret", "Whisper")
			}
			as(p.who).post("/activities", "deal", string(deal), "type", "call", "text", "x").is(p.status)
			as(p.who).attach(deal, "x.txt", []byte("x")).is(p.status)
			if p.status == 404 {
				as(p.who).get("/activities?period=all").is(200).lacks("Between us", "harbour")
				as(p.who).asPart().get("/activities/counts?period=all").is(200).lacks("Dan Alpha")
				as(p.who).get("/activities.csv?period=all").is(200).lacks("Between us")
				as(p.who).get("/activities?period=all&person=" + string(o.Dan.ID)).is(200).lacks("Between us")
			} else {
				as(p.who).get("/activities").is(403)
				as(p.who).get("/activities.csv").is(403)
				as(p.who).get("/activities/quick").is(403)
				as(p.who).get("/activities/find").is(403)
			}
		}
		for _, who := range []people.Person{o.Ben, o.Ada, o.Olga} {
			for _, path := range []string{at, note, note + "/edit", file, base + "/panel", "/activities?deal=" + string(deal)} {
				as(who).get(path).is(200)
			}
		}
		as(o.Ben).get(at + "/edit").is(403)
		as(o.Eve).get(at).is(404)
		as(people.Person{}).get("/activities").is(303)
		o.sound()
	})
}

func TestTheList(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) browser) {
		o.straight("eve open", 120, ledger.ViaImport, now-10*hour) // no freshening by hand: the page does it
		o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "=SUM(A1)", Outcome: "Agreed 100%", At: now - 200*hour})
		o.log(o.Ben, "dan open", activities.Said{Type: "meeting", Text: "שלום <b>x</b>"})
		ben := as(o.Ben)
		first := ben.get("/activities?period=all").is(200).has("Older", "&lt;b&gt;x").lacks("=SUM", "Newer")
		second := ben.get(next(first)).is(200).has("Older", "Newer")
		third := ben.get(next(second)).is(200).has("=SUM", "Newer").lacks("Older")
		ben.get(before(third)).is(200).has("Older")
		if n := strings.Count(ben.get("/activities?period=all&sort=at").is(200).has("=SUM").Body.String(), "/activities/logged/"); n != 50 {
			t.Errorf("a page holds %d", n)
		}
		ben.get("/activities?type=visit").is(200).has("=SUM").lacks("no 1", "שלום")
		ben.get("/activities?q=100%25").is(200).has("=SUM").lacks("שלום")
		ben.get("/activities?q=_OTHING").is(200).has("Nothing fits")
		ben.get("/activities?period=week").is(200).has("שלום").lacks("=SUM")
		ben.get("/activities?person=" + string(o.Dan.ID)).is(200).has("=SUM").lacks("שלום")
		ben.get("/activities?person="+string(o.Ben.ID)+"%2B&period=all").is(200).has("שלום", "no 119")
		ben.get("/activities?from=2026-05-01&until=2026-05-15").is(200).has("=SUM").lacks("שלום")
		ben.get("/activities?from=2026-13-01").is(422).has("is not a day in the calendar")
		ben.get("/activities?state=planned").is(200).has("Planned")
		ben.asPart().get("/activities/counts?period=all").is(200).has("Eve Alpha", "120", "122").lacks("<html")
		csv := ben.get("/activities.csv?period=all").is(200).has("'=SUM(A1)")
		if lines := strings.Count(csv.Body.String(), "\n"); lines != 123 || !strings.HasPrefix(csv.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%d lines, %s", lines, csv.Header().Get("Content-Disposition"))
		}
		ben.get("/activities?after=zzz&before='").is(200)
	})
}

func next(a answer) string   { return link(a, `rel="next" href="`) }
func before(a answer) string { return link(a, `rel="prev" href="`) }

func link(a answer, opening string) string {
	a.t.Helper()
	_, rest, found := strings.Cut(a.Body.String(), opening)
	path, _, _ := strings.Cut(rest, `"`)
	if !found {
		a.t.Fatalf("there is no %s", opening)
	}
	return strings.ReplaceAll(path, "&amp;", "&")
}

func TestCorrectingOnAPage(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) browser) {
		dan := as(o.Dan)
		id := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "First"})
		at := "/activities/logged/" + string(id)
		dan.get(at+"/edit").is(200).has("First", "Save the correction", `name="version"`)
		dan.post(at+"/edit", "type", "call", "text", "Late", "version", "1").is(409).has("changed while you were at it", "Late")
		dan.post(at+"/edit", "type", "call", "text", "").is(422)
		dan.post(at+"/edit", "type", "visit", "text", "Second", "when", "2026-05-20T09:30").is(303)
		dan.get(at).is(200).has("Second", "corrected it", "First")
		plan := o.log(o.Dan, "dan open", activities.Said{Type: "meeting", At: now + 20*hour})
		at = "/activities/logged/" + string(plan)
		dan.get(at).is(200).has("It took place")
		dan.get(at+"/edit?done=1").is(200).has("What came of it?", "Log it")
		dan.post(at+"/edit", "done", "1", "type", "meeting", "text", "").is(422).has("What came of it?")
		dan.post(at+"/edit", "done", "1", "type", "meeting", "text", "Went well").is(303)
		dan.get(at).is(200).has("Went well", "planned it").lacks("It took place")
		o.sound()
	})
}
