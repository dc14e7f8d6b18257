package monday

import (
	"context"

	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/people"
	"milepost/targets"
)

var schemas = []fs.FS{ledger.Schema, jobs.Schema, people.Schema, deals.Schema, activities.Schema, targets.Schema, forecasts.Schema, Schema}

var companyNow = calendar.InstantOf(time.Date(2026, time.November, 18, 13, 30, 0, 0, time.UTC))

// site serves the pages of this room, and those of deals; who is asking stands in the
// cookie "person".
type site struct {
	http.Handler
	pages *pages
	db    *db.DB
	org   db.Org
	now   calendar.Instant
}

func newSite(d *db.DB, org db.Org, now calendar.Instant) *site {
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))}
	memory := &forecasts.Memory{}
	s := &site{db: d.For(org), org: org, now: now, pages: newPages(p, memory)}
	theirs := deals.Slice(p)
	mine := s.pages.slice()
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, Menu: append(mine.Menu, theirs.Menu...),
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), now)
			return people.WithViewer(r.Context(), v), err
		}}
	s.Handler = house.Handler(append(mine.Routes, theirs.Routes...))
	return s
}

// catchUp runs what jobs do: follow activities, reckon what is usual.
func (s *site) catchUp(t testing.TB) {
	t.Helper()
	if err := activities.CatchUp(t.Context(), s.db); err != nil {
		t.Fatal(err)
	}
	if err := s.pages.reckon(t.Context(), s.db, s.now); err != nil {
		t.Fatal(err)
	}
}

// sheet is what came back.
type sheet struct {
	*httptest.ResponseRecorder
	t testing.TB
}

func (s *site) get(t testing.TB, who people.ID, path string) sheet {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: "person", Value: string(who)})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return sheet{w, t}
}

// is fails unless the answer has a status.
func (a sheet) is(status int) sheet {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d; the page says: %.600s", a.Code, status, words(a.Body.String()))
	}
	return a
}

// has fails unless the page shows some texts.
func (a sheet) has(texts ...string) sheet {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(words(a.Body.String()), text) {
			a.t.Errorf("the page does not show %q; it shows: %.3000s", text, words(a.Body.String()))
		}
	}
	return a
}

// lacks fails when the page shows one of some texts.
func (a sheet) lacks(texts ...string) sheet {
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
func eachSmall(t *testing.T, test func(t *testing.T, o *testworld.SmallOrganization, s *site)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		test(t, o, newSite(d, o.ID, testworld.SmallNow))
	}, schemas...)
}

// company makes the demonstration company, with everything that jobs do.
func company(t testing.TB, deals int) (*site, testworld.Truth) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, schemas...)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: companyNow, Seed: 7, Deals: deals})
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(d, truth.Organization.ID, companyNow)
	s.catchUp(t)
	return s, truth
}

// day is an instant so many days, and parts of them, before another.
func before(at calendar.Instant, days float64) calendar.Instant {
	return at - calendar.Instant(days*24*float64(time.Hour/time.Millisecond))
}
