package triad_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/triad"
	"milepost/views"
)

// A rep assesses a criterion on the page of the deal, by the keyboard; the pages fit a
// desk and a phone, by day and by night, can be read and named.
func TestAssessingInABrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema, triad.Schema)
	o := newDesk(t, d)
	o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "m1", State: triad.Met, On: "2026-04-01"}))
	o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "m2", State: triad.Unmet}))
	o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "p1x", State: triad.Verified, Proof: evidence.Proof{Sort: evidence.LinkSort, Text: "The harbour master asked for an offer in her own words.", URL: "https://files.example/a/long/way/to/the/letter-of-the-harbour-master.pdf"}}))
	o.qualify(o.Finn, "finn late")
	server := httptest.NewServer(o.door())
	defer server.Close()
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(o.Dan.ID))
	deal := "/deals/" + string(o.Deal("dan open").ID)
	w.Go(deal)
	w.See("For level 1: “Is there a need?” (not known yet); “Is there money?” (ask again).")
	browser.Ask[bool](w, `document.querySelector("#criterion-f1 a.button").focus() || true`)
	w.Press("\r")
	eventually(t, w, `document.activeElement.name === "state"`)
	w.Press(" ") // the first answer; the arrows go on from there
	browser.Ask[bool](w, `document.querySelector("#triad-state-3").focus() || true`)
	w.Press(" ")
	w.Click("#triad-panel form .button.primary")
	w.See("others can see for themselves")
	w.Fill("#triad-text", "Their engineer described it on the telephone")
	w.Picture("form")
	w.Click("#triad-panel form .button.primary")
	eventually(t, w, `document.activeElement.closest("#criterion-f1") !== null`)
	w.See("Their engineer described it on the telephone")
	eventually(t, w, `document.querySelector("#deal-history").innerText.includes("Is there a need?")`)
	if got := o.state("dan open", "f1"); got != triad.Verified {
		t.Errorf("after the form the need is %s", got)
	}
	// Ben answers while the form is open: both are shown, and nothing is overwritten.
	w.Click("#criterion-m1 a.button")
	eventually(t, w, `document.querySelector("#triad-text") !== null`)
	o.must(o.answer(o.Ben, "dan open", triad.Answer{Criterion: "m1", State: triad.Unmet, Proof: evidence.Proof{Sort: evidence.NoteSort, Text: "Their budget was cut"}}))
	w.Fill("#triad-text", "The money is promised")
	w.Click("#triad-panel form .button.primary")
	w.See("Their budget was cut")
	eventually(t, w, `document.querySelector("#triad-text").value === "The money is promised"`)
	w.Picture("conflict")
	w.Click("#triad-panel form .button.ghost")
	eventually(t, w, `document.querySelector("#triad-text") === null`)
	if got := o.state("dan open", "m1"); got != triad.Unmet {
		t.Errorf("after theirs was left the money is %s", got)
	}
	w.Go("/as/" + string(o.Ada.ID))
	for _, page := range [][2]string{{"deal", deal}, {"assess", "/triad/deals/" + string(o.Deal("dan open").ID) + "/panel?criterion=m1"}, {"overview", "/triad"}} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(page[1])
				w.Settle()
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(page[0] + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
}

func eventually(t *testing.T, w *browser.Window, script string) {
	t.Helper()
	for range 100 {
		if w.Holds(script) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.Picture("failed")
	t.Fatalf("never so: %s; the page shows:\n%s", script, w.Words())
}
