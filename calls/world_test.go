package calls_test

import (
	"io/fs"
	"milepost/bulk"
	"net/http"
	"testing"

	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/targets"
	"milepost/views"
)

var schemas = []fs.FS{ledger.Schema, jobs.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, targets.Schema, calls.Schema}

// world is a small organization with the pages of this room, and those of deals.
type world struct {
	*testworld.SmallOrganization
	t testing.TB
	http.Handler
}

func newWorld(t testing.TB, d *db.DB, now calendar.Instant) *world {
	t.Helper()
	o := testworld.Small(t, d)
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Log: pagetest.Log()}
	return &world{o, t, pagetest.Serve(p, o.ID, calls.Slice(p), deals.Slice(p, calls.DealPanel))}
}

// each runs a test on both databases.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, newWorld(t, d, testworld.SmallNow)) }, schemas...)
}

func (w *world) as(p people.Person) pagetest.Desk {
	w.t.Helper()
	return pagetest.At(w.t, w, p.ID)
}

// quarter is the one that runs at SmallNow: April to June 2026.
func (w *world) quarter() calendar.Period { return w.Fiscal().Quarter("2026-05-20") }

// noon is an instant of a day where the organization is.
func (w *world) noon(day calendar.Date) calendar.Instant {
	return day.Midnight(w.Place()) + 12*60*60*1000
}

// gives lets a person call in euros at an instant, over what they saw last.
func (w *world) gives(at calendar.Instant, p people.Person, scope calls.Scope, period calendar.Period, commit, best int64) error {
	return ledger.Record(w.t.Context(), w.DB, ledger.By{Actor: string(p.ID), Via: ledger.ViaWeb, At: at}, func(l *ledger.Writer) error {
		b, err := calls.AsOf(w.t.Context(), l.DB, w.ID, period, deals.Ever)
		if err != nil {
			return err
		}
		last, _ := b.Last(calls.KeyOf(p.ID, scope, period, "EUR"))
		_, err = calls.Give(w.t.Context(), l, w.Viewer(p), []calls.Wish{{Scope: scope, Period: period, Currency: "EUR", Commit: commit, Best: best, Seen: last.Sequence}})
		return err
	})
}

// history records a call as it was, whatever the period.
func (w *world) history(at calendar.Instant, p people.Person, scope calls.Scope, period calendar.Period, commit int64) {
	w.t.Helper()
	err := ledger.Record(w.t.Context(), w.DB, ledger.By{Actor: string(p.ID), Via: ledger.ViaWeb, At: at}, func(l *ledger.Writer) error {
		return calls.GiveAll(w.t.Context(), l, []calls.Fact{{Person: p.ID, Scope: scope, From: period.From, Until: period.Until, Currency: "EUR", Commit: commit, Best: commit}})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) book(p calendar.Period, asOf calendar.Instant) *calls.Book {
	w.t.Helper()
	b, err := calls.AsOf(w.t.Context(), w.DB, w.ID, p, asOf)
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}
