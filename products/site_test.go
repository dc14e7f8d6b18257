package products_test

import (
	"context"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
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
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: slog.New(slog.DiscardHandler)}
	s, more := products.Slice(p), deals.Slice(p, products.DealPanel)
	house := &web.House{Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Decide: people.Decide, Frame: people.Frame, Menu: append(more.Menu, s.Menu...),
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), clock())
			return people.WithViewer(r.Context(), v), err
		}}
	return house.Handler(append(more.Routes, s.Routes...))
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
	}, ledger.Schema, people.Schema, views.Schema, deals.Schema, products.Schema)
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

// desk is a browser of one person, without the browser.
type desk struct {
	h    *house
	who  people.Person
	htmx bool
}

func (h *house) as(p people.Person) desk { return desk{h, p, false} }

// script is the same browser with its scripts on.
func (d desk) script() desk { d.htmx = true; return d }

func (d desk) get(path string) answer { return d.send(http.MethodGet, path, nil) }

func (d desk) post(path string, fields ...string) answer {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return d.send(http.MethodPost, path, form)
}

func (d desk) send(method, path string, form url.Values) answer {
	d.h.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequestWithContext(d.h.t.Context(), method, path, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if d.htmx {
		r.Header.Set("HX-Request", "true")
	}
	r.AddCookie(&http.Cookie{Name: "person", Value: string(d.who.ID)})
	w := httptest.NewRecorder()
	d.h.site.ServeHTTP(w, r)
	return answer{w, d.h.t}
}

type answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d; the page says: %.800s", a.Code, status, words(a.Body.String()))
	}
	return a
}

func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(words(a.Body.String()), text) && !strings.Contains(a.Body.String(), text) {
			a.t.Errorf("the page does not show %q; it shows: %.2500s", text, words(a.Body.String()))
		}
	}
	return a
}

func (a answer) lacks(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body.String(), text) {
			a.t.Errorf("the page shows %q, which it must not", text)
		}
	}
	return a
}

// words is the text of a page, without its tags.
func words(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	var out strings.Builder
	tag := false
	for _, r := range page {
		switch {
		case r == '<':
			tag = true
			out.WriteByte(' ')
		case r == '>':
			tag = false
		case !tag:
			out.WriteRune(r)
		}
	}
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&amp;", "&").Replace(strings.Join(strings.Fields(out.String()), " "))
}
