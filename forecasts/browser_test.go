package forecasts_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
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
	"milepost/process/triad"
	"milepost/products"
	"milepost/targets"
	"milepost/views"
)

var companyNow = calendar.InstantOf(time.Date(2026, time.May, 20, 10, 0, 0, 0, time.UTC))

// company serves the deals and forecasts of the demonstration company, once the model
// has learned.
func company(t *testing.T, count int) (testworld.Truth, *httptest.Server) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, ledger.Schema, jobs.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, products.Schema, rates.Schema,
		process.Schema, evidence.Schema, triad.Schema, plans.Schema, audits.Schema, targets.Schema, calls.Schema, forecasts.Schema)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: companyNow, Seed: 7, Deals: count, Furnished: true})
	if err != nil {
		t.Fatal(err)
	}
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(companyNow), Log: pagetest.Log(), Folder: t.TempDir()}
	memory := &forecasts.Memory{}
	for learning := true; learning; time.Sleep(50 * time.Millisecond) {
		f, err := memory.Ask(t.Context(), d.For(truth.Organization.ID), truth.Organization, companyNow, true, 42)
		if err != nil {
			t.Fatal(err)
		}
		learning = f.Learning
	}
	server := httptest.NewServer(pagetest.Door(pagetest.Serve(p, truth.Organization.ID, forecasts.Slice(p, memory), deals.Slice(p, evidence.PanelPath, triad.DealPanel, plans.DealPanel, forecasts.DealPanel),
		evidence.Slice(p), triad.Slice(p), plans.Slice(p), activities.Slice(p, evidence.Keeps)), "/forecasts"))
	t.Cleanup(server.Close)
	return truth, server
}

// shapes are a desk and a phone, by day and by night.
var shapes = []struct {
	name          string
	width, height int64
	dark          bool
}{{"desk-light", 1360, 900, false}, {"desk-dark", 1360, 900, true}, {"phone-light", 390, 844, false}, {"phone-dark", 390, 844, true}}

// The page of a deal says how likely it is to be won, by when, why, and how it came to
// this; each reason leads to its evidence. All of it fits and can be read.
func TestTheChancesOfADealInABrowser(t *testing.T) {
	truth, server := company(t, 700)
	w := browser.Open(t, server.URL)
	for name, who := range map[string]people.ID{"rep": truth.Rep, "manager": truth.Manager, "head": truth.Head} {
		w.Go("/as/" + string(who))
		w.Go("/deals?outcome=open&sort=-amount")
		deal := browser.Ask[string](w, `[...document.querySelectorAll("main a[href^='/deals/0']")][0].getAttribute("href")`)
		for _, shape := range shapes {
			w.Size(shape.width, shape.height)
			w.Dark(shape.dark)
			w.Go(deal)
			w.See("Likely to be won?")
			browser.Ask[bool](w, `document.querySelectorAll("#chances > .card-body > details").forEach((d) => { d.open = true }) || true`)
			w.Settle()
			w.Fits()
			w.Readable()
			w.Named()
			w.Picture(name + "-" + shape.name)
			if broken := browser.Ask[string](w, leadsNowhere); broken != "" {
				t.Errorf("%s: these reasons lead nowhere: %s", name, broken)
			}
		}
	}
}

// leadsNowhere lists the links of the panel to places of the page that are not there.
const leadsNowhere = `[...document.querySelectorAll("#chances a")].map((a) => new URL(a.href))
	.filter((to) => to.pathname === location.pathname && !document.querySelector(to.hash)).map((to) => to.hash).join(" ")`

// The page of what would move the total fits and can be read, for a rep, a manager, the
// head and an observer, and leads to the milestones that it names.
func TestWhatMovesTheQuarterInABrowser(t *testing.T) {
	truth, server := company(t, 700)
	w := browser.Open(t, server.URL)
	for name, who := range map[string]people.ID{"rep": truth.Rep, "manager": truth.Manager, "head": truth.Head, "observer": truth.Observer} {
		w.Go("/as/" + string(who))
		for _, shape := range shapes {
			w.Size(shape.width, shape.height)
			w.Dark(shape.dark)
			w.Go("/forecasts/levers")
			w.See("What many deals lack")
			w.Settle()
			w.Fits()
			w.Readable()
			w.Named()
			w.Picture(name + "-" + shape.name)
		}
	}
	w.Go("/as/" + string(truth.Head))
	w.Click("main a[href^='/forecasts/levers']")
	w.See("Evidence that would add most")
	w.Click("#rises a[href^='/milestones/']")
	w.See("With the last piece of evidence that it takes")
}
