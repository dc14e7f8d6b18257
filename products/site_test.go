package products_test

import (
	"context"
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
	"milepost/money"
	"milepost/people"
	"milepost/products"
	"milepost/views"
)

// TestMain draws fewer random baskets than rapid would; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		flag.Set("rapid.checks", "12")
	}
	os.Exit(m.Run())
}

// site serves the pages of products and deals; who asks stands in the cookie "person".
func site(d *db.DB, org db.Org, clock calendar.Clock) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: pagetest.Log()}
	return pagetest.Serve(p, org, deals.Slice(p, products.DealPanel), products.Slice(p))
}

// house is the small organization with its pages.
type house struct {
	*testworld.SmallOrganization
	t    testing.TB
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
	}, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, products.Schema)
}

// record works in the ledger in a person's name, and gives the refusal.
func (h *house) record(by people.Person, work func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error) error {
	h.t.Helper()
	h.now++
	return ledger.Record(h.t.Context(), h.DB, ledger.By{Actor: string(by.ID), Via: ledger.ViaWeb, At: h.now}, func(w *ledger.Writer) error {
		return work(h.t.Context(), w, h.Viewer(by))
	})
}

// sell puts a product into the catalogue.
func (h *house) sell(p products.Product) products.Product {
	h.t.Helper()
	if err := h.record(h.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
		p, err = products.Add(ctx, w, p)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// put puts a line into a deal.
func (h *house) put(by people.Person, deal deals.ID, wish products.Wish) error {
	h.t.Helper()
	return h.record(by, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		_, err := products.AddLine(ctx, w, v, deal, wish)
		return err
	})
}

// price says what a deal is worth, as its own page does.
func (h *house) price(by people.Person, deal deals.ID, amount *money.Amount) {
	h.t.Helper()
	if err := h.record(by, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		_, err := deals.Edit(ctx, w, v, deal, 0, func(o *deals.Opportunity) ([]deals.Change, error) { return deals.SetAmount(o, amount) })
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) basket(deal deals.ID) products.Basket {
	h.t.Helper()
	b, err := products.BasketOf(h.t.Context(), h.DB, deal)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

// worth is the deal's amount in words.
func (h *house) worth(deal deals.ID) string {
	h.t.Helper()
	o, err := deals.Find(h.t.Context(), h.DB, h.ID, deal)
	if err != nil {
		h.t.Fatal(err)
	}
	if o.Amount == nil {
		return "nothing"
	}
	return o.Amount.String()
}

// sound fails unless ledger and tables agree.
func (h *house) sound() {
	h.t.Helper()
	found, err := products.Check(h.t.Context(), h.DB, h.ID)
	if err != nil || len(found) > 0 {
		h.t.Fatalf("the products differ: %v, %v", found, err)
	}
	if found, err = deals.CheckDeals(h.t.Context(), h.DB, h.ID); err != nil || len(found) > 0 {
		h.t.Fatalf("the deals differ: %v, %v", found, err)
	}
}

func (h *house) as(p people.Person) pagetest.Desk { return pagetest.At(h.t, h.site, p.ID) }
