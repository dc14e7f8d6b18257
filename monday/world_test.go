package monday

import (
	"io/fs"
	"net/http"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/money/rates"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
	"milepost/process/triad"
	"milepost/targets"
)

var schemas = []fs.FS{ledger.Schema, jobs.Schema, people.Schema, rates.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema,
	evidence.Schema, triad.Schema, plans.Schema, audits.Schema, targets.Schema, forecasts.Schema, Schema}

var companyNow = calendar.InstantOf(time.Date(2026, time.November, 18, 13, 30, 0, 0, time.UTC))

// site serves the pages of this room, and those of deals; who is asking stands in the
// cookie "person".
type site struct {
	http.Handler
	pages *pages
	db    *db.DB
	org   db.Org
	now   calendar.Instant
}

func newSite(d *db.DB, org db.Org, now calendar.Instant) *site {
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Log: pagetest.Log()}
	s := &site{db: d.For(org), org: org, now: now, pages: newPages(p, &forecasts.Memory{})}
	s.Handler = pagetest.Serve(p, org, s.pages.slice(), deals.Slice(p))
	return s
}

// catchUp runs what jobs do: follow activities, reckon what is usual.
func (s *site) catchUp(t testing.TB) {
	t.Helper()
	if err := activities.CatchUp(t.Context(), s.db); err != nil {
		t.Fatal(err)
	}
	if err := s.pages.reckon(t.Context(), s.db, s.now); err != nil {
		t.Fatal(err)
	}
}

func (s *site) get(t testing.TB, who people.ID, path string) pagetest.Answer {
	t.Helper()
	return pagetest.At(t, s, who).Get(path)
}

// eachSmall runs a test on the small organization on both databases.
func eachSmall(t *testing.T, test func(t *testing.T, o *testworld.SmallOrganization, s *site)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		test(t, o, newSite(d, o.ID, testworld.SmallNow))
	}, schemas...)
}

// company makes the demonstration company, with everything that jobs do.
func company(t testing.TB, deals int) (*site, testworld.Truth) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, schemas...)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: companyNow, Seed: 7, Deals: deals})
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(d, truth.Organization.ID, companyNow)
	s.catchUp(t)
	return s, truth
}

// day is an instant so many days, and parts of them, before another.
func before(at calendar.Instant, days float64) calendar.Instant {
	return at - calendar.Instant(days*24*float64(time.Hour/time.Millisecond))
}
