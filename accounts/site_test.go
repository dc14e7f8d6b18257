package accounts_test

import (
	"flag"
	"net/http"
	"os"
	"testing"

	"milepost/accounts"
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

// TestMain draws fewer random companies than rapid would, each of which is asked for
// page after page; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		flag.Set("rapid.checks", "8")
	}
	os.Exit(m.Run())
}

// site serves the pages of accounts; who is asking stands in the cookie "person".
func site(d *db.DB, org db.Org, clock calendar.Clock) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: pagetest.Log()}
	return pagetest.Serve(p, org, deals.Storied(p, []deals.Teller{accounts.TellDeal}, accounts.DealPanel), accounts.Slice(p))
}

// house is the small organization with its pages.
type house struct {
	*testworld.SmallOrganization
	t    *testing.T
	site http.Handler
	now  calendar.Instant
}

// each runs a test on the small organization on both databases.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
		h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
		test(t, h)
	}, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
}

func (h *house) as(p people.Person) pagetest.Desk { return pagetest.At(h.t, h.site, p.ID) }

// record works in the ledger in a person's name.
func (h *house) record(by people.Person, work func(w *ledger.Writer) error) {
	h.t.Helper()
	h.now++
	if err := ledger.Record(h.t.Context(), h.DB, ledger.By{Actor: string(by.ID), Via: ledger.ViaWeb, At: h.now}, work); err != nil {
		h.t.Fatal(err)
	}
}

// account is the account of a deal.
func (h *house) account(deal string) accounts.ID {
	h.t.Helper()
	o, err := deals.Find(h.t.Context(), h.DB, h.ID, h.Deal(deal).ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return o.Account
}

// contact adds someone.
func (h *house) contact(by people.Person, c accounts.Contact) accounts.Contact {
	h.t.Helper()
	h.record(by, func(w *ledger.Writer) (err error) {
		c, err = accounts.Add(h.t.Context(), w, c)
		return err
	})
	return c
}

// sound fails unless ledger and tables agree.
func (h *house) sound() {
	h.t.Helper()
	if err := accounts.Check(h.t.Context(), h.DB, h.ID); err != nil {
		h.t.Error(err)
	}
	if _, err := ledger.Verify(h.t.Context(), h.DB, h.ID); err != nil {
		h.t.Error(err)
	}
}
