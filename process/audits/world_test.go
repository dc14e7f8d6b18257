package audits_test

import (
	"context"
	"testing"
	"time"

	"io/fs"
	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/views"
)

var (
	now = testworld.SmallNow // a Wednesday
	day = 24 * time.Hour
)

var schemas = []fs.FS{ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema, audits.Schema}

// desk is the small organization with a process in two phases, under which its open
// deals are.
type desk struct {
	*testworld.SmallOrganization
	t *testing.T
}

func eachDesk(t *testing.T, test func(t *testing.T, o *desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, newDesk(t, testworld.Small(t, d))) }, schemas...)
}

func newDesk(t *testing.T, small *testworld.SmallOrganization) *desk {
	o := &desk{small, t}
	var made process.Process
	o.must(o.record(o.Olga, now.Add(-20*day), func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
		made, err = process.Begin(ctx, w, twoPhases())
		return err
	}))
	o.must(o.record(o.Olga, now.Add(-20*day), func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
		if made, err = process.Publish(ctx, w, made.ID, made.Version, nil, ""); err != nil {
			return err
		}
		if _, err = process.SetChoice(ctx, w, made.ID, made.Version, process.Choice{Active: true}); err != nil {
			return err
		}
		_, err = evidence.TakeOn(ctx, w, nil)
		return err
	}))
	return o
}

func twoPhases() process.Definition {
	marker := func(id process.MarkerID, text string) []process.Marker {
		return []process.Marker{{ID: id, Kind: process.Deliverable, Text: text, Proof: "Their own words, with a date"}}
	}
	return process.Definition{Name: "Machines", Phases: []process.Phase{
		{ID: "p1", Name: "Need", Milestones: []process.Milestone{{ID: "need", Name: "The need is agreed", Required: true, Markers: marker("need-mail", "Their mail that names the need")}}},
		{ID: "p2", Name: "Solution", Milestones: []process.Milestone{{ID: "fit", Name: "The solution fits", Required: true, Coaching: "Who tried it?", Markers: marker("fit-report", "The test report")}}},
	}}
}

func (o *desk) record(p people.Person, at calendar.Instant, work func(context.Context, *ledger.Writer, *people.Viewer) error) error {
	ctx, v := o.t.Context(), o.Viewer(p)
	return ledger.Record(ctx, o.DB, people.ByViewer(v, at), func(w *ledger.Writer) error { return work(ctx, w, v) })
}

func (o *desk) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// claim gives a mail as evidence, which claims the milestone.
func (o *desk) claim(at calendar.Instant, p people.Person, deal string, id process.MilestoneID) {
	o.t.Helper()
	marker := map[process.MilestoneID]process.MarkerID{"need": "need-mail", "fit": "fit-report"}[id]
	o.must(o.act(at, p, deal, id, func(pen *evidence.Pen) error {
		return pen.Give(id, marker, evidence.Proof{Sort: evidence.EmailSort, Text: "Mail of 12 May, subject “Scales”"}, "")
	}))
}

func (o *desk) act(at calendar.Instant, p people.Person, deal string, id process.MilestoneID, act func(*evidence.Pen) error) error {
	seen := o.shown(deal, id).Version
	return o.record(p, at, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		_, err := evidence.Act(ctx, w, v, o.Deal(deal).ID, id, seen, act)
		return err
	})
}

func (o *desk) shown(deal string, id process.MilestoneID) evidence.Milestone {
	o.t.Helper()
	library, err := process.ReadLibrary(o.t.Context(), o.DB)
	o.must(err)
	s, err := evidence.Read(o.t.Context(), o.DB, library, o.Deal(deal).ID)
	o.must(err)
	return s.Of(id)
}

func (o *desk) stage(deal string) string {
	o.t.Helper()
	found, err := deals.Find(o.t.Context(), o.DB, o.ID, o.Deal(deal).ID)
	o.must(err)
	return found.Stage
}

// drawn draws the week of an instant and lists the audits of a deal, by what it says in
// the ledger.
func (o *desk) drawn(at calendar.Instant, deal string) []audits.Audit {
	o.t.Helper()
	o.must(audits.DrawWeek(o.t.Context(), o.DB, at))
	entries, err := ledger.OfOpportunity(o.t.Context(), o.DB, o.ID, string(o.Deal(deal).ID))
	o.must(err)
	list, err := audits.Fold(entries)
	o.must(err)
	return list
}

// pass and reject judge an audit as the milestone is now.
func (o *desk) pass(at calendar.Instant, p people.Person, a audits.Audit, deal string) error {
	seen := o.shown(deal, a.Milestone).Version
	return o.record(p, at, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		return audits.Pass(ctx, w, v, a.ID, seen)
	})
}

func (o *desk) reject(at calendar.Instant, p people.Person, a audits.Audit, deal, reason string) error {
	seen := o.shown(deal, a.Milestone).Version
	return o.record(p, at, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		return audits.Reject(ctx, w, v, a.ID, seen, reason)
	})
}

// whole fails when tables and ledger differ.
func (o *desk) whole() {
	o.t.Helper()
	for _, check := range []func(context.Context, *db.DB, db.Org) ([]string, error){audits.Check, deals.CheckDeals} {
		found, err := check(o.t.Context(), o.DB, o.ID)
		o.must(err)
		for _, difference := range found {
			o.t.Error(difference)
		}
	}
}
