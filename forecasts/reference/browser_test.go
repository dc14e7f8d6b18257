package reference_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/calls"
	"milepost/forecasts"
	"milepost/forecasts/reference"
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

// company serves the demonstration company, whose model has learned.
func company(t *testing.T) (testworld.Truth, *httptest.Server) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, append(schemas, accounts.Schema, activities.Schema, products.Schema, rates.Schema, process.Schema, evidence.Schema,
		plans.Schema, audits.Schema, targets.Schema, calls.Schema, forecasts.Schema)...)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: companyNow, Seed: 7, Deals: 700, Furnished: true})
	if err != nil {
		t.Fatal(err)
	}
	memory := &forecasts.Memory{}
	for learning := true; learning; time.Sleep(50 * time.Millisecond) {
		if _, learning, err = memory.Taught(t.Context(), d.For(truth.Organization.ID), truth.Organization, companyNow); err != nil {
			t.Fatal(err)
		}
	}
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(companyNow), Log: pagetest.Log()}
	server := httptest.NewServer(pagetest.Door(pagetest.Serve(p, truth.Organization.ID, reference.Slice(p, memory.Taught, forecasts.KeptByTable)), reference.Path))
	t.Cleanup(server.Close)
	return truth, server
}

// The page and its editor fit a desk and a phone, in light and dark, and every text can
// be read; operations change a figure by keyboard alone.
func TestAssumptionsInABrowser(t *testing.T) {
	truth, server := company(t)
	w := browser.Open(t, server.URL)
	for name, who := range map[string]people.ID{"operations": truth.Operations, "head": truth.Head} {
		w.Go("/as/" + string(who))
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			for _, dark := range []bool{false, true} {
				w.Size(size[0], size[1])
				w.Dark(dark)
				for _, path := range []string{reference.Path, reference.Path + "/edit"} {
					if who != truth.Operations && path != reference.Path {
						continue
					}
					w.Go(path)
					w.Settle()
					w.Fits()
					w.Readable()
					w.Named()
					w.Picture(name + path + map[bool]string{true: "-phone", false: "-desk"}[size[0] < 500] + map[bool]string{true: "-dark", false: "-light"}[dark])
				}
			}
		}
	}
	w.Go("/as/" + string(truth.Operations))
	w.See("Before Milepost we kept a list")
	w.Go(reference.Path + "/edit")
	w.Fill("#f-won-1", "10,5")
	w.Fill("#f-reason", "The fair of May brought many who only looked")
	w.Press(kb.Tab + kb.Enter)
	w.See("Saved as table 2. Forecasts lean on it from tomorrow on.")
	w.See("Table 2 counts from tomorrow on")
	w.Fits()
	w.Picture("saved")
}
