package activities_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	chromium "milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

// window opens a browser on the small organization, in which /as/{id} signs a person
// in.
func window(t *testing.T) (*chromium.Window, desk) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, activities.Schema)
	o := desk{testworld.Small(t, d), t}
	server := httptest.NewServer(pagetest.Door(site(d, o.Organization.ID, t.TempDir(), calendar.Stopped(now)), "/deals"))
	t.Cleanup(server.Close)
	return chromium.Open(t, server.URL), o
}

// open opens the dialog by its key and waits for the deals that it offers.
func open(w *chromium.Window) {
	w.Press("a")
	w.Do(chromedp.WaitVisible(chromedp.CSS("#q-deals [role=option]")))
	chromium.Ask[string](w, `document.querySelector("#q-deal").value = ""`)
}

// until waits for something to become so on the page, however busy the machine is.
func until(t *testing.T, w *chromium.Window, so string) {
	t.Helper()
	for range 100 {
		if w.Holds(so) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("this never became so: %s", so)
}

// typed is what was typed. The driver sends the character of a key also where the
// page took the key (the a that opens the dialog, the letter of a type, the Enter
// that logs), which a keyboard does not.
func typed(text string) string { return strings.Trim(text, "mc\n") }

// A call is logged from a page that has nothing to do with it, by keys alone, and
// undone.
func TestLoggingFromAnywhere(t *testing.T) {
	w, o := window(t)
	w.Go("/as/" + string(o.Dan.ID))
	open(w)
	w.Press("harb")
	time.Sleep(300 * time.Millisecond)
	w.Press(kb.Enter)
	w.Press("m")
	w.Press("Iris wants two more scales")
	w.Picture("dialog")
	began := time.Now()
	w.Press(kb.Enter)
	w.See("Logged.")
	t.Logf("from Enter to “Logged.”: %v", time.Since(began).Round(time.Millisecond))
	rows, err := activities.RowsOf(t.Context(), o.DB, o.Deal("dan open").ID)
	if err != nil || len(rows) != 1 || rows[0].Type != "meeting" || typed(rows[0].Text) != "Iris wants two more scales" {
		t.Fatalf("logged as %+v, %v", rows, err)
	}
	w.Press(kb.Enter) // the focus is on "Undo"
	w.See("Taken back.")
	if rows, _ = activities.RowsOf(t.Context(), o.DB, o.Deal("dan open").ID); rows[0].State != activities.TakenBack {
		t.Errorf("not undone: %+v", rows[0])
	}
	w.Go("/as/" + string(o.Vera.ID))
	w.Go("/")
	w.Press("a")
	time.Sleep(200 * time.Millisecond)
	if chromium.Ask[bool](w, `!!document.querySelector("dialog[open]")`) {
		t.Error("an observer gets the dialog")
	}
}

// What is typed survives a sign-in that ran out.
func TestTextSurvives(t *testing.T) {
	w, o := window(t)
	w.Go("/as/" + string(o.Dan.ID))
	open(w)
	time.Sleep(300 * time.Millisecond)
	w.Press(kb.Enter)
	until(t, w, `document.activeElement.id !== "q-deal"`)
	w.Press("c")
	until(t, w, `document.activeElement.id === "q-text"`)
	w.Press("A long story")
	chromium.Ask[string](w, `document.cookie = "person=;max-age=0;path=/"`)
	for range 3 { // on a busy machine the driver's key is lost at times
		w.Press(kb.Enter)
		time.Sleep(time.Second)
		if strings.Contains(w.Words(), "not signed in any more") {
			break
		}
	}
	w.See("You are not signed in any more")
	w.Go("/as/" + string(o.Dan.ID))
	w.Press("a")
	w.See("What you had typed here is back")
	if got := chromium.Ask[string](w, `document.querySelector("#q-text").value`); typed(got) != "A long story" {
		t.Errorf("the text is %q", got)
	}
}

// What was sent and not yet answered is there again after the page was left: nobody
// knows whether it arrived.
func TestTextSurvivesLeavingBeforeTheAnswer(t *testing.T) {
	w, o := window(t)
	w.Go("/as/" + string(o.Dan.ID))
	open(w)
	w.Press(kb.Enter)
	until(t, w, `document.activeElement.id !== "q-deal"`)
	w.Press("c")
	until(t, w, `document.activeElement.id === "q-text"`)
	w.Press("A long story")
	chromium.Ask[bool](w, `(window.fetch = () => new Promise(() => {}), true)`)
	w.Press(kb.Enter)
	until(t, w, `document.querySelector("form[data-quick]").dataset.sending !== undefined`)
	w.Go("/deals")
	w.Press("a")
	w.See("What you had typed here is back")
}

// The panel of a deal: next step, log, note with preview, file with a bar.
func TestWorkingInThePanel(t *testing.T) {
	w, o := window(t)
	deal := "/deals/" + string(o.Deal("dan open").ID)
	w.Go("/as/" + string(o.Dan.ID))
	w.Go(deal)
	w.See("No next step")
	w.Fill("#step-text", "Send the offer")
	w.Click("#next-step button[type=submit]")
	w.See("The next step is set.")
	w.Fill("#p-text", "Talked about prices")
	w.Click("#activities .form button[type=submit]")
	w.See("Logged.")
	w.Fill("#note-text", "**Prices**\n\n1. low\n2. high")
	w.Click("#notes button[type=button]")
	w.See("How it will look")
	w.Click("#notes form button[type=submit]")
	w.See("The note is kept.")
	file := filepath.Join(t.TempDir(), "plan.txt")
	if err := os.WriteFile(file, []byte("plan"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Upload("#file", file)
	w.Click("#files .form button[type=submit]")
	w.See("is attached.")
	w.Fill("#step-result", "They have it")
	w.Click("#next-step button[type=submit]")
	w.See("Done. What is next?")
	if got := chromium.Ask[string](w, `document.activeElement.id`); got != "step-text" {
		t.Errorf("the focus is on %q, not on what is next", got)
	}
	w.Go(deal)
	w.See("plan.txt")
	if got := chromium.Ask[string](w, `getComputedStyle(document.querySelector("#notes ol li")).listStyleType`); got != "decimal" {
		t.Errorf("a numbered list shows %q", got)
	}
}

// The pages fit a desk and a phone, by day and by night. With
// MILEPOST_TEST_PICTURES it leaves pictures.
func TestPagesInABrowser(t *testing.T) {
	w, o := window(t)
	o.straight("dan open", 12, ledger.ViaImport, now-200*hour)
	o.straight("eve open", 60, ledger.ViaImport, now-300*hour)
	first := o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "Saw the harbour.\nThey weigh by hand.", Outcome: "A trial in June", Minutes: 90,
		Participants: []activities.Participant{{Person: o.Ben.ID}, {Name: "Iris van der Meer-Oosterhuis"}}})
	o.log(o.Dan, "dan open", activities.Said{Type: "meeting", Text: "Prices", At: now + 50*hour})
	w.Go("/as/" + string(o.Ben.ID))
	deal := o.Deal("dan open").ID
	d := pagetest.At(t, site(o.DB, o.Organization.ID, t.TempDir(), calendar.Stopped(now)), o.Dan.ID)
	base := "/activities/deals/" + string(deal)
	d.Post(base+"/notes", "text", "## Who decides\n\n1. Iris\n2. The board\n\n| what | when |\n|--|--|\n| trial | June |\n\n```\na very long line of code that does not fit on a phone at all, whatever one does about it\n```\n\n> They said *maybe*, see [the plan](https://example.com).").Is(303)
	d.Post(base+"/next", "step", "Send the plan for the trial", "due", "2026-05-22").Is(303)
	attach(t, d, deal, "A plan with a rather long name for a trial in June.pdf", []byte("%PDF-1.7 x")).Is(303)
	notes, _ := activities.NotesOf(t.Context(), o.DB, deal)
	note := "/activities/notes/" + string(notes[0].ID)
	for name, path := range map[string]string{"list": "/activities", "none": "/activities?q=zzzz", "planned": "/activities?state=planned",
		"deal": "/deals/" + string(deal), "activity": "/activities/logged/" + string(first), "edit": "/activities/logged/" + string(first) + "/edit",
		"choose": "/activities/new", "new": "/activities/new?deal=" + string(deal), "note": note, "note-edit": note + "/edit", "panel": base + "/panel"} {
		who := o.Ben
		if name == "edit" || name == "planned" {
			who = o.Dan
		}
		w.Go("/as/" + string(who.ID))
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(path)
				if name == "list" || name == "deal" {
					w.See("Saw the harbour")
				}
				w.Fits()
				w.Picture(name + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
	w.Go("/activities") // where nothing has the focus, whichever page came last
	w.Press("a")
	w.See("Enter logs it")
	w.Fits()
	w.Picture("dialog-phone-dark")
}
