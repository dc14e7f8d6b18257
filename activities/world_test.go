package activities_test

import (
	"context"
	"testing"
	"time"

	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/problem"
	"milepost/views"
)

// desk is the small organization with the schema of this room.
type desk struct {
	*testworld.SmallOrganization
	t *testing.T
}

func eachDesk(t *testing.T, test func(t *testing.T, o desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, desk{testworld.Small(t, d), t}) },
		ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, activities.Schema)
}

var now = testworld.SmallNow

const hour = calendar.Instant(time.Hour / time.Millisecond)

// by runs work in a person's name and gives its refusal back.
func (o desk) by(p people.Person, at calendar.Instant, work func(context.Context, *ledger.Writer, *people.Viewer) error) error {
	o.t.Helper()
	ctx, v := o.t.Context(), o.Viewer(p)
	return ledger.Record(ctx, o.DB, people.ByViewer(v, at), func(w *ledger.Writer) error { return work(ctx, w, v) })
}

// must is by, where nothing should be refused.
func (o desk) must(p people.Person, at calendar.Instant, work func(context.Context, *ledger.Writer, *people.Viewer) error) {
	o.t.Helper()
	if err := o.by(p, at, work); err != nil {
		o.t.Fatal(err)
	}
}

// log logs a call of a person and gives its id.
func (o desk) log(p people.Person, deal string, said activities.Said) activities.ID {
	o.t.Helper()
	var id activities.ID
	o.must(p, now, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) (err error) {
		id, err = activities.Log(ctx, w, v, o.Deal(deal).ID, said)
		return err
	})
	return id
}

func (o desk) activity(id activities.ID) activities.Activity {
	o.t.Helper()
	a, err := activities.RowOf(o.t.Context(), o.DB, id)
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

// sound fails unless the tables, and those of deals, agree with the ledger.
func (o desk) sound() {
	o.t.Helper()
	differences, err := activities.Check(o.t.Context(), o.DB, o.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	ofDeals, err := deals.Check(o.t.Context(), o.DB, o.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, d := range append(differences, ofDeals...) {
		o.t.Error(d)
	}
}

func refused(t *testing.T, err error, kind problem.Kind, field string) {
	t.Helper()
	p, ok := problem.Of(err)
	if !ok || p.Kind != kind || problem.ByField(err)[field] == "" {
		t.Errorf("refused with %v, want %s at %q", err, kind, field)
	}
}

func asProblem(err error) (*problem.Problem, bool) { return problem.Of(err) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
