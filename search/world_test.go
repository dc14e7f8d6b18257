package search_test

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/search"
	"milepost/views"
)

var now = testworld.SmallNow

// desk is the small organization with everything that search finds.
type desk struct {
	*testworld.SmallOrganization
	t *testing.T
}

var allSchemas = []fs.FS{ledger.Schema, jobs.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, search.Schema}

func eachDesk(t *testing.T, test func(t *testing.T, o desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, desk{testworld.Small(t, d), t}) },
		allSchemas...)
}

// do runs work in a person's name.
func (o desk) do(p people.Person, work func(context.Context, *ledger.Writer, *people.Viewer) error) {
	o.t.Helper()
	ctx, v := o.t.Context(), o.Viewer(p)
	if err := ledger.Record(ctx, o.DB, people.ByViewer(v, now), func(w *ledger.Writer) error { return work(ctx, w, v) }); err != nil {
		o.t.Fatal(err)
	}
}

func (o desk) note(p people.Person, deal, text string) activities.ID {
	o.t.Helper()
	var id activities.ID
	o.do(p, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) (err error) {
		id, err = activities.WriteNote(ctx, w, v, o.Deal(deal).ID, text)
		return err
	})
	return id
}

// account is the account of a deal.
func (o desk) account(deal string) accounts.ID {
	o.t.Helper()
	found, err := deals.FindFor(o.t.Context(), o.DB, o.Viewer(o.Olga), o.Deal(deal).ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return found.Account
}

func (o desk) contact(deal string, c accounts.Contact) accounts.ContactID {
	o.t.Helper()
	c.Account = o.account(deal)
	o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
		c, err = accounts.Add(ctx, w, c)
		return err
	})
	return c.ID
}

func (o desk) catchUp() {
	o.t.Helper()
	if err := search.CatchUp(o.t.Context(), o.DB); err != nil {
		o.t.Fatal(err)
	}
}

// finds is what a person finds, as kind and title, sorted.
func (o desk) finds(p people.Person, typed string) []string {
	o.t.Helper()
	found, err := search.Everything(o.t.Context(), o.DB, o.Viewer(p), typed)
	if err != nil {
		o.t.Fatalf("%q: %v", typed, err)
	}
	list := make([]string, len(found))
	for i, f := range found {
		list[i] = string(f.Kind) + " " + f.Title
	}
	slices.Sort(list)
	return list
}

// want fails unless a person finds just this.
func (o desk) want(p people.Person, typed string, want ...string) {
	o.t.Helper()
	slices.Sort(want)
	if got := o.finds(p, typed); fmt.Sprint(got) != fmt.Sprint(want) {
		o.t.Errorf("%s finds for %q:\n%q, want\n%q", p.Name, typed, got, want)
	}
}

const hour = calendar.Instant(time.Hour / time.Millisecond)
