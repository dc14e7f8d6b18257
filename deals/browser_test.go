package deals_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

var companyNow = calendar.InstantOf(time.Date(2026, time.November, 18, 13, 30, 0, 0, time.UTC))

// windowOn opens a browser on the pages of a database, in which /as/{id} signs a
// person in.
func windowOn(t *testing.T, d *db.DB, org db.Org, clock calendar.Clock) *browser.Window {
	t.Helper()
	pages := site(d, org, clock)
	server := httptest.NewServer(pagetest.Door(pages, "/deals"))
	t.Cleanup(server.Close)
	return browser.Open(t, server.URL)
}

// The pages fit a desk and a phone, by day and by night, with a real company's
// deals in them. With MILEPOST_TEST_PICTURES it leaves pictures.
func TestPagesInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: companyNow, Seed: 7, Deals: 900})
	if err != nil {
		t.Fatal(err)
	}
	org := truth.Organization.ID
	w := windowOn(t, d, org, calendar.Stopped(companyNow))
	w.Go("/as/" + string(headOf(t, d, org)))
	some := browser.Ask[string](w, `document.querySelector("#deals tbody a").getAttribute("href")`)
	w.Go("/deals?outcome=lost")
	lost := browser.Ask[string](w, `document.querySelector("#deals tbody a").getAttribute("href")`)
	for name, path := range map[string]string{"list": "/deals", "none": "/deals?q=zzzz", "lost": "/deals?outcome=lost&sort=-amount",
		"deal": some, "ended": lost, "as-of": lost + "?as-of=2026-10-15", "before": lost + "?as-of=2020-01-01",
		"rep": "/deals?owner=me", "days": "/deals?period=days&from=2026-11-01&to=2026-12-01", "new": "/deals/new", "stage": some + "/stage", "close": some + "/close", "owner": some + "/owner"} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(path)
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(name + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
}

// headOf is whoever has the most people below.
func headOf(t *testing.T, d *db.DB, org db.Org) people.ID {
	t.Helper()
	d = d.For(org)
	chart, err := people.ChartAsOf(t.Context(), d, org, companyNow)
	if err != nil {
		t.Fatal(err)
	}
	everyone, err := people.Everyone(t.Context(), d, org)
	if err != nil {
		t.Fatal(err)
	}
	var head people.ID
	for _, p := range everyone {
		if len(chart.Below(p.ID)) > len(chart.Below(head)) || head == "" {
			head = p.ID
		}
	}
	return head
}

// Every value of a deal is changed where it stands, by keyboard or mouse, and taken back
// in its history; names of accounts are offered while one is typed.
func TestChangingADealInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
	o := testworld.Small(t, d)
	w := windowOn(t, d, o.ID, calendar.Stopped(testworld.SmallNow))
	w.Go("/as/" + string(o.Ben.ID))
	w.Go("/deals/" + string(o.Deal("dan open").ID))
	focusOn(w, "stage") // Enter opens, Enter saves, and the keyboard is where it was
	w.Press("\r")
	eventually(t, w, `document.activeElement.matches("#value-stage select")`)
	w.Set("#value-stage select", "Proposal")
	w.Click("#value-stage .button.primary")
	w.See("The stage is saved.")
	w.See("moved the stage from “Negotiation” to “Proposal”")
	eventually(t, w, `document.activeElement.dataset.edit === "stage"`)

	focusOn(w, "source")
	w.Press("\r")
	eventually(t, w, `document.activeElement.matches("#value-source input")`)
	w.Fill("#value-source input[name=value]", "Trade fair")
	w.Press("\r")
	w.See("noted the source: “Trade fair”")
	eventually(t, w, `document.activeElement.dataset.edit === "source"`)
	w.Picture("deal-edited")
	w.Click(`#value-source`) // a click on the value itself, then Esc
	eventually(t, w, `document.activeElement.matches("#value-source input")`)
	w.Fill("#value-source input[name=value]", "Nonsense")
	w.Press("\x1b")
	eventually(t, w, `document.querySelector("#value-source").innerText.includes("Trade fair") && document.activeElement.dataset.edit === "source"`)

	w.Click(`[data-edit="amount"]`)
	w.Fill("#value-amount input[name=value]", "1.2.3")
	w.Press("\r")
	w.See("parts its thousands in an unusual place")
	w.Picture("deal-refused")
	w.Fill("#value-amount input[name=value]", "13000")
	w.Click("#value-amount .button.primary")
	w.See("raised the amount from EUR 12,000 to EUR 13,000")
	w.Click(`#history [aria-label*="raised the amount"]`)
	w.See("The change is taken back.")
	w.See("took back a change: lowered the amount from EUR 13,000 to EUR 12,000")
	// The dialogs answer to what the page shows now.
	w.Click(`[data-edit="segment"]`)
	w.Fill("#value-segment input[name=value]", "public")
	w.Press("\r")
	w.See("changed the segment from “mid-market” to “public”")
	w.Click(`[data-edit="attribute"]`)
	w.Fill("#value-attribute input[name=name]", "industry")
	w.Fill("#value-attribute input[name=value]", "Ports")
	w.Press("\r")
	w.See("The industry is saved.")

	w.Click(`[data-edit="owner"]`)
	eventually(t, w, `document.querySelector("#value-owner select") !== null`)
	w.Set("#value-owner select", string(o.Eve.ID))
	w.Click("#value-owner .button.primary")
	w.See("The owner is saved.")

	w.Go("/deals/new")
	w.Fill("#f-account", "harb")
	for range 100 {
		if browser.Ask[int](w, `document.querySelectorAll("#accounts-of-f-account option").length`) > 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if first := browser.Ask[string](w, `document.querySelector("#accounts-of-f-account option")?.value ?? "nothing"`); first == "nothing" {
		t.Error("no account is offered while one is typed")
	}
}

func focusOn(w *browser.Window, field string) {
	browser.Ask[bool](w, `document.querySelector('[data-edit="`+field+`"]').focus() || true`)
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
