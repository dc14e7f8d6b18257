package people

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// directory is the page of everyone.
type directory struct {
	Viewer *Viewer
	Roster *Roster
	Tree   bool
	Words  string
	State  State
	Sort   string
	Shown  []Member // of the table, one page of them
	Count  int      // all that match
	Newer  string   // paths to the neighbouring pages
	Older  string
	At     calendar.Date // of the tree; empty means now
	AsOf   calendar.Instant
	Asked  []resetRequest // for administrators
	Now    calendar.Instant
}

// pageOfPeople is how many people a page of the table shows.
const pageOfPeople = 50

func (p pages) directoryPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.readDirectory(r)
	if err != nil {
		return err
	}
	if page.administers() {
		if page.Asked, err = resetRequests(r.Context(), p.DB.For(page.Viewer.Org)); err != nil {
			return err
		}
	}
	frame := ui.Frame{Title: "People", Lead: "Who works here, and who reports to whom."}
	if page.administers() {
		frame.Actions = ui.LinkButton{Label: "Add a person", Icon: "user-plus", Path: "/people/new", Kind: ui.Primary}
	}
	return web.Page(w, r, frame, directoryView(page))
}

func (p pages) readDirectory(r *http.Request) (directory, error) {
	v, q, now := ViewerFrom(r.Context()), r.URL.Query(), p.Clock()
	page := directory{Viewer: v, Now: now, AsOf: now, Words: strings.TrimSpace(q.Get("q")), State: State(q.Get("state")), Sort: q.Get("sort")}
	page.Tree = q.Get("view") != "table" && !q.Has("q") && !q.Has("state") && !q.Has("sort")
	if date, err := calendar.ParseDate(q.Get("at")); err == nil && page.Tree {
		page.At, page.AsOf = date, endOfDay(date, v.Organization.Place(), now)
	}
	var err error
	if page.Roster, err = RosterAsOf(r.Context(), p.DB, v.Org, page.AsOf); err != nil {
		return page, err
	}
	if !page.administers() && page.State != Gone {
		page.State = Active // only administrators care about who cannot sign in
	}
	page.narrow(q.Get("from"))
	return page, nil
}

// endOfDay is the last instant of a date, or now when that is sooner.
func endOfDay(date calendar.Date, place *time.Location, now calendar.Instant) calendar.Instant {
	return min(now, date.AddDays(1).Midnight(place)-1)
}

func (d *directory) administers() bool { return d.Viewer.Has(Administrator) }

// narrow leaves the members of one page: those that match, in order, from the one
// whose id is given.
func (d *directory) narrow(from string) {
	matching := d.matching()
	d.Count = len(matching)
	start := max(0, slices.IndexFunc(matching, func(m Member) bool { return string(m.ID) == from }))
	if start > 0 {
		d.Newer = d.path("from", string(matching[max(0, start-pageOfPeople)].ID))
	}
	if end := start + pageOfPeople; end < len(matching) {
		d.Older = d.path("from", string(matching[end].ID))
		matching = matching[:end]
	}
	d.Shown = matching[start:]
}

func (d *directory) matching() []Member {
	var list []Member
	for _, m := range d.Roster.Members {
		if m.In(d.State) && m.Matches(d.Words) {
			list = append(list, m)
		}
	}
	column, reverse := strings.CutPrefix(d.Sort, "-")
	slices.SortStableFunc(list, func(a, b Member) int {
		order := cmp.Compare(d.sortKey(a, column), d.sortKey(b, column))
		if reverse {
			return -order
		}
		return order
	})
	return list
}

func (d *directory) sortKey(m Member, column string) string {
	switch column {
	case "title":
		return Key(m.Title)
	case "manager":
		return Key(d.Roster.Name(m.Manager))
	case "state":
		return string(stateOf(m))
	}
	return Key(m.Name)
}

// path is the address of the table as it is shown, with one thing changed.
func (d *directory) path(name, value string) string {
	q := url.Values{"view": {"table"}}
	for name, value := range map[string]string{"q": d.Words, "state": string(d.State), "sort": d.Sort, name: value} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/people?" + q.Encode()
}

// column is the head of a column that sorts the table; another click turns it round.
func (d *directory) column(label, name string) ui.Column {
	c := ui.Column{Label: label, Path: d.path("sort", name)}
	sorted, reverse := strings.CutPrefix(d.Sort, "-")
	if sorted == name || sorted == "" && name == "name" {
		c.Sorted = ui.Ascending
		if c.Path = d.path("sort", "-"+name); reverse {
			c.Sorted, c.Path = ui.Descending, d.path("sort", name)
		}
	}
	return c
}

func stateOf(m Member) State {
	for _, s := range []State{Gone, FromHistory, WithoutEntry} {
		if m.In(s) {
			return s
		}
	}
	return Active
}

func (d *directory) countText() string {
	if d.Count == 1 {
		return "1 person"
	}
	return strconv.Itoa(d.Count) + " people"
}
