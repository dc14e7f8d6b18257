package accounts_test

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

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
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
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: slog.New(slog.DiscardHandler)}
	s, more := accounts.Slice(p), deals.Slice(p, accounts.DealPanel)
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

// desk is a browser of one person, without the browser.
type desk struct {
	t    *testing.T
	site http.Handler
	who  people.Person
	htmx bool
}

type answer struct {
	*httptest.ResponseRecorder
	t *testing.T
}

func (d desk) get(path string) answer { return d.send(http.MethodGet, path, nil) }

func (d desk) post(path string, fields ...string) answer {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return d.send(http.MethodPost, path, form)
}

func (d desk) send(method, path string, form url.Values) answer {
	d.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequestWithContext(d.t.Context(), method, path, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if d.htmx {
		r.Header.Set("HX-Request", "true")
	}
	r.AddCookie(&http.Cookie{Name: "person", Value: string(d.who.ID)})
	w := httptest.NewRecorder()
	d.site.ServeHTTP(w, r)
	return answer{w, d.t}
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
		if !strings.Contains(a.Body.String(), text) && !strings.Contains(words(a.Body.String()), text) {
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

// leads gives where the answer sends the browser.
func (a answer) leads() string {
	a.t.Helper()
	a.is(http.StatusSeeOther)
	return a.Header().Get("Location")
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
	}, ledger.Schema, people.Schema, views.Schema, deals.Schema, accounts.Schema)
}

func (h *house) as(p people.Person) desk { return desk{h.t, h.site, p, false} }

// script is the same browser with its scripts on.
func (d desk) script() desk { d.htmx = true; return d }

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
