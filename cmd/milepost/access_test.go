package main

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process"
	"milepost/process/plans"
)

// building is the whole program over two small organizations in one database, with
// a door through which a test walks as anyone.
type building struct {
	program      slice.Program
	alpha, bravo *testworld.SmallOrganization
	routes       []web.Route
	handler      http.Handler
	walker       *people.Viewer // nil: a stranger
}

func newBuilding(t *testing.T, d *db.DB) *building { return newBuildingIn(t, d, t.TempDir()) }

// newBuildingIn builds it over a data folder.
func newBuildingIn(t *testing.T, d *db.DB, folder string) *building {
	t.Helper()
	b := &building{program: slice.Program{DB: d, Clock: calendar.Stopped(testworld.SmallNow),
		Log: slog.New(slog.DiscardHandler), Folder: folder}}
	b.alpha, b.bravo = testworld.SmallPair(t, d)
	house, routes, work := assemble(b.program)
	house.Authenticate = func(r *http.Request) (context.Context, error) {
		if b.walker == nil {
			return r.Context(), nil
		}
		return people.WithViewer(r.Context(), b.walker), nil
	}
	for _, o := range []*testworld.SmallOrganization{b.alpha, b.bravo} { // or set-up would wait for a first administrator
		if _, err := o.DB.Exec(t.Context(), `
			insert into passwords (org_id, person_id, hash, set_at)
			values ($1, $2, '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5', 0)`, o.ID, o.Adam.ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, job := range work { // what follows the ledger has caught up
		for _, o := range []*testworld.SmallOrganization{b.alpha, b.bravo} {
			if err := job.Run(t.Context(), o.DB, testworld.SmallNow); err != nil {
				t.Fatalf("the job %q: %v", job.Name, err)
			}
		}
	}
	for _, o := range []*testworld.SmallOrganization{b.alpha, b.bravo} {
		made, _ := process.FindReadyMade("short")
		d := made.Definition.Fresh(testworld.SmallNow)
		d.Name += " " + o.Mark
		if err := ledger.Record(t.Context(), o.DB, ledger.By{Via: ledger.ViaWeb, At: testworld.SmallNow}, func(w *ledger.Writer) error {
			_, err := process.Begin(t.Context(), w, d)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := ledger.Record(t.Context(), o.DB, people.ByViewer(o.Viewer(o.Dan), testworld.SmallNow), func(w *ledger.Writer) error {
			_, err := plans.Make(t.Context(), w, o.Viewer(o.Dan), o.Deal("dan open").ID, "")
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	b.routes, b.handler = routes, house.Handler(routes)
	return b
}

func everySchema() []fs.FS { return schemas(slice.Program{Log: slog.New(slog.DiscardHandler)}) }

func (b *building) ask(method, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// paths makes a route's pattern into paths: {id} becomes the ids of what the route
// is about, of both organizations; other blanks become something that is not there.
func (b *building) paths(pattern string) (method string, paths []string) {
	method, path, _ := strings.Cut(pattern, " ")
	path = strings.ReplaceAll(path, "{$}", "")
	if !placeholder.MatchString(path) {
		return method, []string{path}
	}
	for _, o := range []*testworld.SmallOrganization{b.alpha, b.bravo} {
		for _, id := range idsFor(path, o) {
			first := strings.Replace(path, placeholder.FindString(path), id, 1)
			paths = append(paths, placeholder.ReplaceAllString(first, "none"))
		}
	}
	return method, paths
}

// idsFor guesses from the word before the blank what the id is of.
func idsFor(path string, o *testworld.SmallOrganization) []string {
	word, _, _ := strings.Cut(path, "/{")
	var ids []string
	switch {
	case strings.HasSuffix(word, "deals"):
		for _, deal := range o.Deals {
			ids = append(ids, string(deal.ID))
		}
	case strings.HasSuffix(word, "process"):
		if list, err := process.All(context.Background(), o.DB); err == nil && len(list) > 0 {
			ids = append(ids, string(list[0].ID))
		}
	case strings.HasSuffix(word, "people"):
		for _, p := range o.Everyone() {
			ids = append(ids, string(p.ID))
		}
	case strings.HasSuffix(word, "plans/plan"):
		for _, deal := range o.Deals {
			list, _ := plans.Of(context.Background(), o.DB, deal.ID) // none is no harm
			for _, p := range list {
				ids = append(ids, string(p.ID))
			}
		}
	default:
		ids = []string{"01900000-0000-7000-8000-000000000000"}
	}
	return ids
}

// A stranger gets nowhere but to the door.
func TestStrangersReachNothing(t *testing.T) {
	b := newBuilding(t, testdb.Open(t, db.SQLite, everySchema()...))
	for _, route := range b.routes {
		if route.Rule == people.Anyone {
			continue
		}
		method, paths := b.paths(route.Pattern)
		for _, path := range paths {
			w := b.ask(method, path)
			if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
				t.Errorf("%s %s answers a stranger with %d", method, path, w.Code)
			}
		}
	}
}

// Every route names a rule that people.Decide knows: a rule that it does not know
// lets nobody in.
func TestEveryRouteNamesAKnownRule(t *testing.T) {
	b := newBuilding(t, testdb.Open(t, db.SQLite, everySchema()...))
	var everyone []*people.Viewer
	for _, p := range b.alpha.Everyone() {
		everyone = append(everyone, b.alpha.Viewer(p))
	}
	for _, route := range b.routes {
		let := slices.ContainsFunc(everyone, func(v *people.Viewer) bool {
			return people.Decide(people.WithViewer(t.Context(), v), route.Rule) == nil
		})
		if !let {
			t.Errorf("%s has the rule %q, by which nobody gets in", route.Pattern, route.Rule)
		}
	}
}

// No page shows anyone anything of another organization, or of a deal that they may
// not see; and no action touches it.
func TestNobodySeesOutsideTheirPart(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		b := newBuilding(t, d)
		var everyone []*people.Viewer // before the administrator lets anyone go
		for _, person := range b.alpha.Everyone() {
			everyone = append(everyone, b.alpha.Viewer(person))
		}
		for _, b.walker = range everyone {
			for _, route := range b.routes {
				method, paths := b.paths(route.Pattern)
				for _, path := range paths {
					b.mustKeep(t, b.walker.Name, method, path)
				}
			}
		}
	}, everySchema()...)
}

func (b *building) mustKeep(t *testing.T, name, method, path string) {
	t.Helper()
	before := b.heads(t)
	w := b.ask(method, path)
	body, done := w.Body.String(), w.Code < 400
	if w.Code >= 500 {
		t.Errorf("%s, %s %s: status %d", name, method, path, w.Code)
	}
	if strings.Contains(body, b.bravo.Mark) {
		t.Errorf("%s, %s %s: the answer shows the other organization", name, method, path)
	}
	for _, deal := range b.bravo.Deals {
		if strings.Contains(path, string(deal.ID)) && done {
			t.Errorf("%s, %s %s: status %d for a deal of another organization", name, method, path, w.Code)
		}
	}
	for _, deal := range b.alpha.Deals {
		if b.walker.Sees(deal.Owner) {
			continue
		}
		if strings.Contains(body, deal.Title) {
			t.Errorf("%s, %s %s: the answer shows %q, which is not theirs to see", name, method, path, deal.Title)
		}
		if strings.Contains(path, string(deal.ID)) && (done || b.heads(t) != before) {
			t.Errorf("%s, %s %s: status %d for a deal that is not theirs to see", name, method, path, w.Code)
		}
	}
	if after := b.heads(t); after[1] != before[1] {
		t.Errorf("%s, %s %s: wrote into the other organization", name, method, path)
	}
}

// heads is how long the two ledgers are.
func (b *building) heads(t *testing.T) (lengths [2]int64) {
	t.Helper()
	for i, o := range []*testworld.SmallOrganization{b.alpha, b.bravo} {
		head, err := ledger.Head(t.Context(), o.DB, o.ID)
		if err != nil {
			t.Fatal(err)
		}
		lengths[i] = head
	}
	return lengths
}

// An observer is shown totals and no deals, on any page.
func TestObserversSeeTotalsOnly(t *testing.T) {
	b := newBuilding(t, testdb.Open(t, db.SQLite, everySchema()...))
	b.walker = b.alpha.Viewer(b.alpha.Vera)
	if w := b.ask(http.MethodGet, "/forecasts"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Ada "+b.alpha.Mark) {
		t.Errorf("the observer's forecast page: %d", w.Code)
	}
	if w := b.ask(http.MethodGet, "/forecasts/levers"); w.Code != http.StatusOK || strings.Contains(w.Body.String(), `href="/deals/`) {
		t.Errorf("what moves the quarter, for an observer: %d", w.Code)
	}
	if w := b.ask(http.MethodGet, "/deals"); w.Code != http.StatusForbidden {
		t.Errorf("the observer's list of deals: %d", w.Code)
	}
}
