package deals_test

import (
	"flag"
	"net/http"
	"os"
	"testing"

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
	"milepost/views"
)

// TestMain draws fewer random histories than rapid would, each of which is written
// to a database and made again several times; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		flag.Set("rapid.checks", "12")
	}
	os.Exit(m.Run())
}

// site serves the pages of deals; who is asking stands in the cookie "person".
func site(d *db.DB, org db.Org, clock calendar.Clock, panels ...string) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: pagetest.Log()}
	return pagetest.Serve(p, org, deals.Slice(p, panels...), views.Slice(p))
}

// eachSmall runs a test on the small organization on both databases.
func eachSmall(t *testing.T, test func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		pages := site(d, o.ID, calendar.Stopped(testworld.SmallNow))
		test(t, o, func(p people.Person) pagetest.Desk { return pagetest.At(t, pages, p.ID) })
	}, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
}

// openAt opens a deal at an instant, for operations.
func openAt(t testing.TB, o *testworld.SmallOrganization, at calendar.Instant, changes ...deals.Change) deals.Opportunity {
	t.Helper()
	var made deals.Opportunity
	by := ledger.By{Actor: string(o.Olga.ID), Via: ledger.ViaWeb, At: at}
	err := ledger.Record(t.Context(), o.DB, by, func(w *ledger.Writer) (err error) {
		made, err = deals.Open(t.Context(), w, changes...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func smallWithPanels(t *testing.T, panels ...string) (*testworld.SmallOrganization, http.Handler) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
	o := testworld.Small(t, d)
	return o, site(d, o.ID, calendar.Stopped(testworld.SmallNow), panels...)
}
