package main

import (
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/people"
)

// site is the whole program on a demonstration company, served for a browser.
type site struct {
	program slice.Program
	truth   testworld.Truth
	url     string
	menu    []web.MenuItem
}

var tourNow = calendar.InstantOf(time.Date(2026, time.May, 20, 10, 0, 0, 0, time.UTC))

func newSite(t *testing.T, count int) *site {
	t.Helper()
	s := &site{program: slice.Program{DB: testdb.Open(t, db.SQLite, everySchema()...), Clock: calendar.Stopped(tourNow),
		Log: slog.New(slog.DiscardHandler), Folder: t.TempDir()}}
	var err error
	if s.truth, err = testworld.Company(t.Context(), s.program.DB, testworld.Options{Now: tourNow, Seed: 1, Deals: count, Furnished: true}); err != nil {
		t.Fatal(err)
	}
	house, routes, work := assemble(s.program)
	for _, job := range work {
		if job.Name == "rehearse forecasts" { // takes longer than all pages; forecasts/record looks at what comes of it
			continue
		}
		if err := job.Run(t.Context(), s.db(), tourNow); err != nil {
			t.Fatalf("the job %q: %v", job.Name, err)
		}
	}
	s.menu = house.Menu
	server := httptest.NewServer(house.Handler(routes))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *site) db() *db.DB { return s.program.DB.For(s.truth.Organization.ID) }

// signIn lets the window in as a person.
func (s *site) signIn(t *testing.T, w *browser.Window, person people.ID) {
	t.Helper()
	var token string
	by := ledger.By{Via: ledger.ViaCommand, At: tourNow}
	if err := ledger.Record(t.Context(), s.db(), by, func(w *ledger.Writer) (err error) {
		token, err = people.DemonstrationLink(t.Context(), w, person)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.Go(people.WelcomePath(token))
	if strings.HasPrefix(w.Path(), "/welcome/") { // the link asks once more, so that a mail scanner does not use it up
		w.Click("main form button")
		w.See("Fjordlight")
	}
}

// pages lists what there is to look at, by the navigation and beyond it.
func (s *site) pages(person people.ID) []string {
	paths := []string{
		"/", "/account", "/sign-ins", "/people/" + string(person), "/deals?outcome=all&sort=amount", "/deals?q=nothing-like-this",
		"/deals/new", "/deals/" + string(s.truth.Whale), "/deals/" + string(s.truth.Whale) + "?as-of=2026-01-15", "/no-such-page", "/ui",
		"/process/new", "/process/from-history", "/forecasts/levers", "/forecasts/reference", "/forecasts/reference/edit",
		"/forecasts/changes", "/forecasts/changes/deals?bar=time",
	}
	for _, item := range s.menu {
		paths = append(paths, item.Path)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// Every page, for a rep, the head of sales and operations, on a desk and on a phone,
// by day and by night: nothing scrolls sideways, every text can be read (WCAG 2.2 AA),
// every control has a name.
func TestEveryPageCanBeUsedByEveryone(t *testing.T) {
	s := newSite(t, 400)
	for name, person := range map[string]people.ID{"rep": s.truth.Rep, "head": s.truth.Head, "operations": s.truth.Operations} {
		t.Run(name, func(t *testing.T) {
			w := browser.Open(t, s.url)
			s.signIn(t, w, person)
			for _, path := range s.pages(person) {
				for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
					w.Size(size[0], size[1])
					w.Dark(false)
					w.Go(path)
					w.Settle()
					w.Fits()
					w.Readable()
					w.Named()
					w.Picture(path + map[bool]string{true: "-phone", false: "-desk"}[size[0] < 500] + "-light")
					w.Dark(true)
					w.Settle()
					w.Readable()
					w.Picture(path + map[bool]string{true: "-phone", false: "-desk"}[size[0] < 500] + "-dark")
				}
			}
		})
	}
}
