package bulk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
	"milepost/views"
)

// shelf is the smallest list there can be: boxes that have a colour. It stands for
// deals, accounts and the others, so that this room is tried without any of them.
type shelf struct {
	*testworld.SmallOrganization
	t       *testing.T
	now     calendar.Instant
	colours map[string]string
	version map[string]int64
	hidden  map[string]bool
	changed int   // how often a box was painted
	fails   error // what painting meets
}

func eachShelf(t *testing.T, test func(*shelf)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		test(&shelf{SmallOrganization: testworld.Small(t, d), t: t, now: testworld.SmallNow, colours: map[string]string{}, version: map[string]int64{}, hidden: map[string]bool{}})
	}, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
}

func box(i int) string { return fmt.Sprintf("01900000-0000-7000-8000-%012d", i) }

// put puts boxes on the shelf, all of a colour.
func (s *shelf) put(many int) (ids []string) {
	for i := range many {
		ids = append(ids, box(i))
		s.colours[box(i)] = "red"
	}
	return ids
}

func (s *shelf) list(name string) *bulk.List {
	return &bulk.List{Name: name, Title: "Boxes", One: "box", Many: "boxes", Path: "/boxes", Changes: "/" + name, Tick: "box",
		Choices: []bulk.Choice{{Name: "colour", Title: "Colour", Icon: "edit", Ready: s.ready, Undo: s.undo,
			Ask: func(bulk.Desk, []string) (bulk.Question, error) {
				return bulk.Question{Field: ui.FormField{Label: "Paint them"}}, nil
			},
			Says: func(value string, _ map[string]string) string { return "Colour becomes " + value }}},
		Matching: func(_ bulk.Desk, filter url.Values, most int) (ids []string, err error) {
			if len(filter) > 0 {
				return nil, bulk.NotWhole
			}
			for id := range s.colours {
				ids = append(ids, id)
			}
			slices.Sort(ids)
			return ids[:min(len(ids), most)], nil
		},
		Read: func(_ bulk.Desk, ids []string) (map[string]bulk.Record, error) {
			found := map[string]bulk.Record{}
			for _, id := range ids {
				if _, there := s.colours[id]; there {
					found[id] = bulk.Record{Name: "Box " + id[30:], Path: "/boxes/" + id}
				}
			}
			return found, nil
		}}
}

func (s *shelf) ready(_ bulk.Desk, value string) (bulk.Ready, error) {
	if value == "" {
		return bulk.Ready{}, problem.Invalid("colour", "Which colour?")
	}
	return bulk.Ready{Value: value, Look: func(_ bulk.Desk, ids []string) (map[string]bulk.Glance, error) {
		found := map[string]bulk.Glance{}
		for _, id := range ids {
			if colour, there := s.colours[id]; there && !s.hidden[id] {
				found[id] = bulk.Glance{Version: s.version[id], Before: colour, After: value}
			}
		}
		return found, nil
	}, Change: func(_ bulk.Desk, _ *ledger.Writer, r bulk.Row, now bulk.Glance) (int64, error) {
		if now.Version != r.Version {
			return 0, bulk.Overtaken
		}
		return s.paint(r.ID, value), s.fails
	}}, nil
}

func (s *shelf) undo(_ bulk.Desk, _ *ledger.Writer, r bulk.Row) error {
	colour, there := s.colours[r.ID]
	switch {
	case !there:
		return problem.NotFound("There is no such box.")
	case colour != r.After:
		return bulk.Since
	}
	s.paint(r.ID, r.Before)
	return nil
}

func (s *shelf) paint(id, colour string) int64 {
	s.changed++
	s.colours[id] = colour
	s.version[id]++
	return s.version[id]
}

// count counts the boxes of a colour.
func (s *shelf) count(colour string) (n int) {
	for _, c := range s.colours {
		if c == colour {
			n++
		}
	}
	return n
}

func (s *shelf) pages() http.Handler {
	p := slice.Program{DB: s.DB.Everywhere(), Clock: func() calendar.Instant { return s.now }, Log: pagetest.Log()}
	var routes []web.Route
	for _, name := range []string{"boxes", "crates"} {
		routes = append(routes, bulk.Routes(p, s.list(name))...)
	}
	return pagetest.Serve(p, s.Organization.ID, slice.Slice{Routes: routes})
}

func (s *shelf) as(p people.Person) pagetest.Desk { return pagetest.At(s.t, s.pages(), p.ID) }

// chosen selects boxes and asks for the preview of a colour.
func (s *shelf) chosen(b pagetest.Desk, colour string, ids ...string) string {
	s.t.Helper()
	form := url.Values{"box": ids}
	at := b.PostForm("/boxes", form).Leads()
	b.Post(at+"/plan", "what", "colour", "value", colour).Is(303)
	return at
}

// finishes runs the job that goes on with what nobody watches.
func (s *shelf) finishes(later time.Duration) {
	s.t.Helper()
	s.now = s.now.Add(later)
	if err := bulk.Job(s.list("boxes")).Run(s.t.Context(), s.DB, s.now); err != nil {
		s.t.Fatal(err)
	}
}
