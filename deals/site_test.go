package deals_test

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
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: slog.New(slog.DiscardHandler)}
	s := deals.Slice(p, panels...)
	house := &web.House{Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})), Decide: people.Decide, Frame: people.Frame, Menu: s.Menu,
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), clock())
			return people.WithViewer(r.Context(), v), err
		}}
	return house.Handler(append(s.Routes, views.Slice(p).Routes...))
}

// desk is a browser of one person, without the browser.
type desk struct {
	t    *testing.T
	site http.Handler
	who  people.Person
}

// answer is what came back.
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
	r.AddCookie(&http.Cookie{Name: "person", Value: string(d.who.ID)})
	w := httptest.NewRecorder()
	d.site.ServeHTTP(w, r)
	return answer{w, d.t}
}

// is fails unless the answer has a status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d; the page says: %.600s", a.Code, status, words(a.Body.String()))
	}
	return a
}

// has fails unless the page shows some texts.
func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body.String(), text) && !strings.Contains(words(a.Body.String()), text) {
			a.t.Errorf("the page does not show %q; it shows: %.1500s", text, words(a.Body.String()))
		}
	}
	return a
}

// lacks fails when the page shows one of some texts.
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

// eachSmall runs a test on the small organization on both databases.
func eachSmall(t *testing.T, test func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		pages := site(d, o.ID, calendar.Stopped(testworld.SmallNow))
		test(t, o, func(p people.Person) desk { return desk{t, pages, p} })
	}, ledger.Schema, people.Schema, views.Schema, deals.Schema)
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
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, deals.Schema)
	o := testworld.Small(t, d)
	return o, site(d, o.ID, calendar.Stopped(testworld.SmallNow), panels...)
}
