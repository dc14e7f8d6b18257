package evidence_test

import (
	"context"
	"testing"

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
	"milepost/process/evidence"
)

var now = testworld.SmallNow

// desk is the small organization with a process in three phases.
type desk struct {
	*testworld.SmallOrganization
	t       testing.TB
	process process.Process
}

func eachDesk(t *testing.T, test func(t *testing.T, o *desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := &desk{SmallOrganization: testworld.Small(t, d), t: t}
		o.publish(threePhases())
		test(t, o)
	}, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema)
}

// threePhases is a small process: a need, a solution, a decision.
func threePhases() process.Definition {
	return process.Definition{Name: "Machines", Phases: []process.Phase{
		{ID: "p1", Name: "Need", Question: "Is it worth changing anything?", Milestones: []process.Milestone{
			{ID: "need", Name: "The need is agreed", Required: true, Markers: []process.Marker{{ID: "need-mail", Kind: process.Deliverable, Text: "Their mail that names the need"}}}}},
		{ID: "p2", Name: "Solution", Milestones: []process.Milestone{
			{ID: "fit", Name: "The solution fits", Required: true, TypicalDays: 30, Coaching: "Who of theirs would vouch for it?", After: []process.MilestoneID{"need"}, Markers: []process.Marker{
				{ID: "fit-report", Kind: process.Deliverable, Text: "The test report", Proof: "A report of their own material, with the date of the test.", Required: true},
				{ID: "fit-word", Kind: process.Confirmed, Text: "Their engineer says so", Roles: []accounts.Role{accounts.EconomicBuyer}, Required: true}}},
			{ID: "visit", Name: "They visited a customer", TypicalDays: 60, Markers: []process.Marker{{ID: "visit-note", Kind: process.Deliverable, Text: "A note of the visit"}}}}},
		{ID: "p3", Name: "Decision", Question: "Shall we, now, from you?", Milestones: []process.Milestone{
			{ID: "money", Name: "The money is there", Required: true, Markers: []process.Marker{{ID: "money-mail", Kind: process.Deliverable, Text: "The budget holder's mail"}}}}},
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

// publish makes a version of the desk's process and brings all open deals under it.
func (o *desk) publish(d process.Definition) {
	o.t.Helper()
	o.publishMapped(d, nil)
}

// publishMapped says where milestones of the version before go on.
func (o *desk) publishMapped(d process.Definition, mapping map[process.MilestoneID][]process.MilestoneID) {
	o.t.Helper()
	o.must(o.record(o.Olga, now, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
		if o.process.ID == "" {
			o.process, err = process.Begin(ctx, w, d)
		} else {
			o.process, err = process.SaveDraft(ctx, w, o.process.ID, o.process.Version, d)
		}
		return err
	}))
	o.must(o.record(o.Olga, now, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
		if o.process, err = process.Publish(ctx, w, o.process.ID, o.process.Version, mapping, ""); err != nil {
			return err
		}
		if o.process, err = process.SetChoice(ctx, w, o.process.ID, o.process.Version, process.Choice{Active: true}); err != nil {
			return err
		}
		if _, err = evidence.TakeOn(ctx, w, nil); err != nil {
			return err
		}
		_, err = evidence.Migrate(ctx, w, o.process.ID, nil)
		return err
	}))
}

// act lets a person act on a milestone of a deal as it stands.
func (o *desk) act(p people.Person, deal string, id process.MilestoneID, act func(*evidence.Pen) error) error {
	o.t.Helper()
	seen := o.standing(deal).Of(id)
	return o.record(p, now, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		_, err := evidence.Act(ctx, w, v, o.Deal(deal).ID, id, seen.Version, act)
		return err
	})
}

// mail gives a mail as evidence for a marker.
func (o *desk) mail(p people.Person, deal string, id process.MilestoneID, marker process.MarkerID) error {
	o.t.Helper()
	return o.act(p, deal, id, func(pen *evidence.Pen) error {
		return pen.Give(id, marker, evidence.Proof{Sort: evidence.EmailSort, Text: "Mail of 12 May, subject “Scales”"}, "")
	})
}

func (o *desk) standing(deal string) *evidence.Standing {
	o.t.Helper()
	library, err := process.ReadLibrary(o.t.Context(), o.DB)
	o.must(err)
	s, err := evidence.Read(o.t.Context(), o.DB, library, o.Deal(deal).ID)
	o.must(err)
	return &s
}

func (o *desk) stage(deal string) string {
	o.t.Helper()
	found, err := deals.Find(o.t.Context(), o.DB, o.ID, o.Deal(deal).ID)
	o.must(err)
	return found.Stage
}
