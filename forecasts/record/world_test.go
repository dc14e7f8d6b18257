package record

import (
	"io/fs"
	"math"
	"net/http"
	"testing"
	"time"

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
	"milepost/people"
)

var schemas = []fs.FS{ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, forecasts.Schema, Schema}

var noon = calendar.InstantOf(time.Date(2026, time.November, 19, 11, 0, 0, 0, time.UTC))

// firm is the demonstration company with forecasts frozen on some days.
type firm struct {
	t     testing.TB
	d     *db.DB // confined
	o     people.Organization
	truth testworld.Truth
	mem   *forecasts.Memory
	pages http.Handler
}

func newFirm(t testing.TB, d *db.DB, count int) *firm {
	t.Helper()
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: noon, Seed: 5, Deals: count})
	if err != nil {
		t.Fatal(err)
	}
	f := &firm{t: t, d: d.For(truth.Organization.ID), o: truth.Organization, truth: truth, mem: &forecasts.Memory{}}
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(noon), Log: pagetest.Log()}
	f.pages = pagetest.Serve(p, f.o.ID, Slice(p, f.mem))
	return f
}

func (f *firm) freeze(days ...calendar.Date) {
	f.t.Helper()
	f.freezeOnly(days)
}

func (f *firm) freezeOnly(days []calendar.Date, methods ...string) {
	f.t.Helper()
	for _, day := range days {
		if err := forecasts.Freeze(f.t.Context(), f.d, f.o, day.Midnight(f.o.Place()).Add(9*time.Hour), methods...); err != nil {
			f.t.Fatal(err)
		}
	}
}

// rehearse makes the forecasts of earlier days by the first few methods.
func (f *firm) rehearse(methods int) {
	f.t.Helper()
	days := 0
	enough := func() bool { days++; return days > methods*rehearsalDays }
	if _, err := forecasts.Rehearse(f.t.Context(), f.d, f.o, noon, enough); err != nil {
		f.t.Fatal(err)
	}
}

// rehearsalDays is for how many days a method is rehearsed as of noon.
const rehearsalDays = 49

// score runs the job as of an instant.
func (f *firm) score(now calendar.Instant) {
	f.t.Helper()
	for _, job := range Slice(slice.Program{DB: f.d}, f.mem).Jobs {
		if err := job.Run(f.t.Context(), f.d, now); err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *firm) at(h forecasts.Horizon) []Score {
	f.t.Helper()
	list, err := scoresAt(f.t.Context(), f.d, h)
	if err != nil {
		f.t.Fatal(err)
	}
	return list
}

// weeks are days a week apart.
func weeks(from calendar.Date, n int) (days []calendar.Date) {
	for i := range n {
		days = append(days, from.AddDays(7*i))
	}
	return days
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %.15f, want %.15f", what, got, want)
	}
}

// each runs a test on both databases with a demonstration company so small that only the
// simple methods have enough to learn from.
func each(t *testing.T, test func(t *testing.T, f *firm)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, newFirm(t, d, 24)) }, schemas...)
}
