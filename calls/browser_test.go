package calls_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/money/rates"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
	"milepost/products"
	"milepost/targets"
)

// companyNow is a Wednesday in the middle of a quarter.
var companyNow = calendar.InstantOf(time.Date(2026, time.November, 18, 13, 30, 0, 0, time.UTC))

// company serves the demonstration company.
func company(t *testing.T) (testworld.Truth, *httptest.Server) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, append(schemas, accounts.Schema, activities.Schema, products.Schema, rates.Schema, process.Schema, evidence.Schema, plans.Schema, audits.Schema)...)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: companyNow, Seed: 7, Deals: 700, Furnished: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := targets.CatchUp(t.Context(), d.For(truth.Organization.ID)); err != nil {
		t.Fatal(err)
	}
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(companyNow), Log: pagetest.Log()}
	server := httptest.NewServer(pagetest.Door(pagetest.Serve(p, truth.Organization.ID, calls.Slice(p), deals.Slice(p, calls.DealPanel)), "/calls"))
	t.Cleanup(server.Close)
	return truth, server
}

// Each page fits a desk and a phone, in light and dark, and every text can be read; a rep
// gives a call by keyboard alone.
func TestCallsInABrowser(t *testing.T) {
	truth, server := company(t)
	for _, who := range []struct {
		name  string
		id    people.ID
		paths []string
	}{
		{"rep", truth.Rep, []string{"/calls/mine", "/calls/people/" + string(truth.Rep), "/calls/mine?period=q2027-01-01", "/calls/mine?period=q2026-07-01"}},
		{"manager", truth.Manager, []string{"/calls", "/calls/mine", "/calls/right", "/calls/people/" + string(truth.Struggling), "/calls/panel", "/calls?period=m2026-11-01"}},
		{"head", truth.Head, []string{"/calls", "/calls?period=q2026-07-01", "/calls/right?lead=0", "/calls/right?kind=month"}},
	} {
		w := browser.Open(t, server.URL)
		w.Go("/as/" + string(who.id))
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			for _, dark := range []bool{false, true} {
				w.Size(size[0], size[1])
				w.Dark(dark)
				for i, path := range who.paths {
					w.Go(path)
					w.Settle()
					w.Fits()
					w.Readable()
					w.Named()
					w.Picture(who.name + string(rune('0'+i)) + map[bool]string{true: "-phone", false: "-desk"}[size[0] < 500] + map[bool]string{true: "-dark", false: "-light"}[dark])
				}
			}
		}
	}
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(truth.Rep))
	w.Go("/calls/mine?period=q2027-01-01")
	if focused := browser.Ask[string](w, `document.activeElement.name`); focused != "commit.EUR" {
		t.Errorf("the keyboard begins at %q", focused)
	}
	w.Press("45.000" + kb.Tab + "60000" + kb.Tab + "Two hospitals decide in February" + kb.Enter)
	w.See("Called for Q1 FY 2027: EUR 45,000, best case EUR 60,000.")
	w.See("Two hospitals decide in February")
	w.Go("/deals?columns=category&more=1")
	w.Settle()
	w.Fits()
	w.Picture("deals")
}
