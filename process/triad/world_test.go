package triad_test

import (
	"context"
	"net/http"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/triad"
	"milepost/views"
)

// desk is the small organization with a process that asks for need, money and support.
type desk struct {
	*testworld.SmallOrganization
	t       *testing.T
	now     calendar.Instant
	process process.Process
	site    http.Handler
}

func eachDesk(t *testing.T, test func(t *testing.T, o *desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, newDesk(t, d)) },
		ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema, triad.Schema)
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	o := &desk{SmallOrganization: testworld.Small(t, d), t: t, now: testworld.SmallNow}
	p := slice.Program{DB: d.Everywhere(), Clock: func() calendar.Instant { return o.now }, Log: pagetest.Log()}
	o.site = pagetest.Serve(p, o.ID, deals.Slice(p, triad.DealPanel), triad.Slice(p))
	o.publish(criteria())
	return o
}

func criteria() process.Definition {
	marker := []process.Marker{{ID: "k", Kind: process.Deliverable, Text: "A mail"}}
	return process.Definition{Name: "Machines", StaleAfter: 30,
		Phases: []process.Phase{{ID: "p1", Name: "Need"}, {ID: "p2", Name: "Decision", Milestones: []process.Milestone{{ID: "fit", Name: "It fits", Markers: marker}}}},
		Criteria: []process.Criterion{
			{ID: "f1", Part: process.Functional, Level: 1, Question: "Is there a need?", Verified: "They described it themselves."},
			{ID: "m1", Part: process.Financial, Level: 1, Question: "Is there money?"},
			{ID: "m2", Part: process.Financial, Level: 2, Question: "Is it theirs to spend?"},
			{ID: "p1x", Part: process.Political, Level: 1, Question: "Does somebody want it?"}}}
}

func (o *desk) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *desk) record(p people.Person, work func(context.Context, *ledger.Writer, *people.Viewer) error) error {
	ctx, v := o.t.Context(), o.Viewer(p)
	return ledger.Record(ctx, o.DB, people.ByViewer(v, o.now), func(w *ledger.Writer) error { return work(ctx, w, v) })
}

// publish makes a version of the desk's process and brings all open deals under it.
func (o *desk) publish(d process.Definition) {
	o.t.Helper()
	for _, step := range []func(ctx context.Context, w *ledger.Writer) error{
		func(ctx context.Context, w *ledger.Writer) (err error) {
			if o.process.ID == "" {
				o.process, err = process.Begin(ctx, w, d)
			} else {
				o.process, err = process.SaveDraft(ctx, w, o.process.ID, o.process.Version, d)
			}
			return err
		},
		func(ctx context.Context, w *ledger.Writer) (err error) {
			o.process, err = process.Publish(ctx, w, o.process.ID, o.process.Version, nil, "")
			return err
		},
		func(ctx context.Context, w *ledger.Writer) (err error) {
			o.process, err = process.SetChoice(ctx, w, o.process.ID, o.process.Version, process.Choice{Active: true})
			return err
		},
		func(ctx context.Context, w *ledger.Writer) error {
			if _, err := evidence.TakeOn(ctx, w, nil); err != nil {
				return err
			}
			_, err := evidence.Migrate(ctx, w, o.process.ID, nil)
			return err
		},
	} {
		o.must(o.record(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error { return step(ctx, w) }))
	}
}

// triad is how a deal stands.
func (o *desk) triad(deal string) triad.Triad {
	o.t.Helper()
	library, err := process.ReadLibrary(o.t.Context(), o.DB)
	o.must(err)
	t, err := triad.Of(o.t.Context(), o.DB, library, o.Deal(deal).ID)
	o.must(err)
	return t
}

func (o *desk) state(deal string, id process.CriterionID) triad.State {
	o.t.Helper()
	t := o.triad(deal)
	a, there := t.Criterion(id)
	if !there {
		o.t.Fatalf("there is no criterion %s", id)
	}
	return a.State()
}

func (o *desk) level(deal string) int {
	o.t.Helper()
	t := o.triad(deal)
	q := t.At(o.now)
	return q.Level
}

// answer lets a person assess a criterion as it stands.
func (o *desk) answer(p people.Person, deal string, a triad.Answer) error {
	o.t.Helper()
	if a.Seen == 0 {
		t := o.triad(deal)
		if asked, there := t.Criterion(a.Criterion); there {
			a.Seen = asked.Version()
		}
	}
	return o.record(p, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		_, err := triad.Assess(ctx, w, v, o.Deal(deal).ID, a)
		return err
	})
}

// qualify answers everything of a deal with met.
func (o *desk) qualify(p people.Person, deal string) {
	o.t.Helper()
	t := o.triad(deal)
	for _, a := range t.Asked {
		o.must(o.answer(p, deal, triad.Answer{Criterion: a.ID, State: triad.Met}))
	}
}

// sound fails unless ledger and tables agree.
func (o *desk) sound() {
	o.t.Helper()
	for name, check := range map[string]func(context.Context, *db.DB, db.Org) ([]string, error){"triad": triad.Check, "deals": deals.CheckDeals} {
		found, err := check(o.t.Context(), o.DB, o.ID)
		if err != nil || len(found) > 0 {
			o.t.Errorf("%s: %v %v", name, found, err)
		}
	}
}
