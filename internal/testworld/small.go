package testworld

import (
	"context"
	"fmt"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// SmallNow is the instant at which the small organizations are looked at: a
// Wednesday noon. Everything in them was recorded before it.
var SmallNow = calendar.InstantOf(time.Date(2026, time.May, 20, 10, 0, 0, 0, time.UTC))

// Test is what a test hands in; testing.TB is one.
type Test interface {
	Helper()
	Context() context.Context
	Fatalf(format string, args ...any)
}

// SmallOrganization is a tiny sales department made by hand, for tests of pages and
// queries. Every name and title in it ends in Mark, so that a page of one
// organization that shows the other's mark has leaked.
//
//	Ada, head of sales
//	├── Ben, manager (owns a deal himself)
//	│   ├── Dan, rep
//	│   └── Eve, rep
//	├── Cleo, manager
//	│   ├── Finn, rep
//	│   └── Gus, rep
//	└── Olga, operations
//	Vera, observer · Adam, administrator · Rita, resource provider
type SmallOrganization struct {
	people.Organization
	Mark string
	DB   *db.DB // confined to the organization

	Ada, Ben, Cleo, Dan, Eve, Finn, Gus people.Person
	Olga, Vera, Adam, Rita              people.Person

	Deals []SmallDeal
	test  Test
}

// Small makes one small organization, marked "Alpha".
func Small(t Test, d *db.DB) *SmallOrganization {
	t.Helper()
	return small(t, d, "Alpha")
}

// SmallPair makes two of them in one database: alike, but for their marks.
func SmallPair(t Test, d *db.DB) (alpha, bravo *SmallOrganization) {
	t.Helper()
	return small(t, d, "Alpha"), small(t, d, "Bravo")
}

// small makes an organization; a refusal ends the test.
func small(t Test, d *db.DB, mark string) *SmallOrganization {
	t.Helper()
	began := SmallNow.Add(-200 * 24 * time.Hour)
	founded, err := people.Found(t.Context(), d.Everywhere(), people.Organization{Name: "Small " + mark,
		TimeZone: "Europe/Amsterdam", FiscalStart: 1, Currency: euro, CreatedAt: began})
	if err != nil {
		t.Fatalf("founding a small organization: %v", err)
	}
	o := &SmallOrganization{Organization: founded, Mark: mark, DB: d.For(founded.ID), test: t}
	o.record(began, "", func(ctx context.Context, w *ledger.Writer) error { return o.hire(ctx, w, began) })
	for _, deal := range smallDeals {
		o.make(deal)
	}
	return o
}

// hire brings everyone in, with manager and role.
func (o *SmallOrganization) hire(ctx context.Context, w *ledger.Writer, at calendar.Instant) error {
	for _, h := range []struct {
		into    *people.Person
		name    string
		role    people.Role
		manager *people.Person
	}{
		{&o.Ada, "Ada", people.Manager, nil},
		{&o.Ben, "Ben", people.Manager, &o.Ada},
		{&o.Cleo, "Cleo", people.Manager, &o.Ada},
		{&o.Dan, "Dan", people.Rep, &o.Ben},
		{&o.Eve, "Eve", people.Rep, &o.Ben},
		{&o.Finn, "Finn", people.Rep, &o.Cleo},
		{&o.Gus, "Gus", people.Rep, &o.Cleo},
		{&o.Olga, "Olga", people.Operations, &o.Ada},
		{&o.Vera, "Vera", people.Observer, nil},
		{&o.Adam, "Adam", people.Administrator, nil},
		{&o.Rita, "Rita", people.ResourceProvider, nil},
	} {
		email := strings.ToLower(h.name + "@" + o.Mark + ".example")
		p, err := people.Join(ctx, w, people.Person{Name: h.name + " " + o.Mark, Email: email}, at)
		if err == nil {
			err = people.Grant(ctx, w, p.ID, h.role)
		}
		if err == nil && h.manager != nil {
			err = people.SetManager(ctx, w, p.ID, h.manager.ID, at)
		}
		if err != nil {
			return fmt.Errorf("hiring %s: %w", h.name, err)
		}
		*h.into = p
	}
	return nil
}

// Everyone lists the people, from the head of sales down.
func (o *SmallOrganization) Everyone() []people.Person {
	return []people.Person{o.Ada, o.Ben, o.Cleo, o.Dan, o.Eve, o.Finn, o.Gus, o.Olga, o.Vera, o.Adam, o.Rita}
}

// Viewer is a person as pages know them, at SmallNow.
func (o *SmallOrganization) Viewer(p people.Person) *people.Viewer {
	o.test.Helper()
	v, err := people.LoadViewer(o.test.Context(), o.DB, o.ID, p.ID, SmallNow)
	if err != nil {
		o.test.Fatalf("loading %s as a viewer: %v", p.Name, err)
	}
	return v
}

// As is a context in which a person is signed in.
func (o *SmallOrganization) As(p people.Person) context.Context {
	o.test.Helper()
	return people.WithViewer(o.test.Context(), o.Viewer(p))
}

// Deal finds a deal by its key in smallDeals.
func (o *SmallOrganization) Deal(key string) SmallDeal {
	o.test.Helper()
	for _, d := range o.Deals {
		if d.Key == key {
			return d
		}
	}
	o.test.Fatalf("the small organization has no deal %q", key)
	return SmallDeal{}
}

// Record lets a test add to the history, at an instant and in a person's name.
func (o *SmallOrganization) Record(at calendar.Instant, by people.Person, id deals.ID, changes ...deals.Change) {
	o.test.Helper()
	o.record(at, by.ID, func(ctx context.Context, w *ledger.Writer) error {
		_, err := deals.Record(ctx, w, id, 0, changes...)
		return err
	})
}

func (o *SmallOrganization) record(at calendar.Instant, by people.ID, work func(context.Context, *ledger.Writer) error) {
	o.test.Helper()
	ctx := o.test.Context()
	err := ledger.Record(ctx, o.DB, ledger.By{Actor: string(by), Via: ledger.ViaWeb, At: at}, func(w *ledger.Writer) error { return work(ctx, w) })
	if err != nil {
		o.test.Fatalf("recording in the small organization: %v", err)
	}
}
