package deals_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
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
	mux := http.NewServeMux()
	mux.HandleFunc("GET /as/{id}", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "person", Value: r.PathValue("id"), Path: "/"})
		http.Redirect(w, r, "/deals", http.StatusSeeOther)
	})
	mux.Handle("/", pages)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return browser.Open(t, server.URL)
}

// The pages fit a desk and a phone, by day and by night, with a real company's
// deals in them. With MILEPOST_TEST_PICTURES it leaves pictures.
func TestPagesInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, deals.Schema)
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

// The dialogs of a deal's page open, fetch what they need and save; names of
// accounts are offered while one is typed.
func TestDialogsInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, deals.Schema)
	o := testworld.Small(t, d)
	w := windowOn(t, d, o.ID, calendar.Stopped(testworld.SmallNow))
	w.Go("/as/" + string(o.Ben.ID))
	w.Go("/deals/" + string(o.Deal("dan open").ID))
	w.Click(`.page-actions [commandfor="do-stage"]`)
	w.Set("#dialog-stage-stage", "Proposal")
	w.Click("#do-stage .form-foot button")
	w.See("The deal is now at “Proposal”.")
	w.See("moved the stage from “Negotiation” to “Proposal”")

	w.Click(".page-actions summary")
	w.Click(`.page-actions [commandfor="do-owner"]`)
	w.See("New owner")
	w.Set("#do-owner select", string(o.Eve.ID))
	w.Click("#do-owner .form-foot button")
	w.See("The deal is handed over.")

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
