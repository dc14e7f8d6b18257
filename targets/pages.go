package targets

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Slice is what targets brings to the program: its tables, its pages, and the job
// that keeps the table of wins near the end of the ledger.
func Slice(program slice.Program) slice.Slice {
	p := &pages{program}
	return slice.Slice{
		Name:   "targets",
		Schema: Schema,
		Routes: []web.Route{
			{Pattern: "GET /targets", Rule: people.SeesTotals, Handle: p.show},
			{Pattern: "POST /targets/preview", Rule: people.SeesDeals, Handle: p.preview},
			{Pattern: "POST /targets/edit", Rule: people.SeesDeals, Handle: p.edit},
			{Pattern: "POST /targets/save", Rule: people.SeesDeals, Handle: p.save},
			{Pattern: "POST /targets/undo", Rule: people.SeesDeals, Handle: p.undo},
			{Pattern: "POST /targets/copy", Rule: people.SeesDeals, Handle: p.copyYear},
			{Pattern: "POST /targets/season", Rule: people.SeesDeals, Handle: p.season},
			{Pattern: "POST /targets/read", Rule: people.SeesDeals, Handle: p.read},
			{Pattern: "GET /targets/import", Rule: people.SeesDeals, Handle: p.showImport},
			{Pattern: "POST /targets/import", Rule: people.SeesDeals, Handle: p.takeImport},
			{Pattern: "GET /targets/export", Rule: people.SeesDeals, Handle: p.export},
			{Pattern: "GET /targets/attainment", Rule: people.SeesTotals, Handle: p.attainment},
			{Pattern: "GET /targets/people/{id}", Rule: people.SeesDeals, Handle: p.person},
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Targets", Path: "/targets", Icon: "target-arrow"}, Rule: people.SeesTotals, Order: 150}},
		Jobs: []jobs.Job{{Name: "follow wins", Every: time.Minute,
			Run: func(ctx context.Context, d *db.DB, _ calendar.Instant) error { return CatchUp(ctx, d) }}},
		Check: Check,
	}
}

// show leads each to what they came for: who sets targets, to the grid of their team;
// a rep to the own year; an observer to the totals.
func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	k, err := p.desk(r)
	if err != nil {
		return err
	}
	switch {
	case k.viewer.SeesNoDeals():
		return web.Redirect(w, r, "/targets/attainment", "")
	case !k.access.SetsAny():
		return web.Redirect(w, r, "/targets/people/"+string(k.viewer.ID), "")
	}
	q, err := k.question(r.URL.Query())
	if err != nil {
		return err
	}
	if q.Of == "" {
		return web.Page(w, r, ui.Frame{Title: "Targets"}, noTeam())
	}
	if err := k.access.mustSee(q.Of); err != nil {
		return err
	}
	if _, known := k.people[q.Of]; !known {
		return errNotYours
	}
	s, err := k.sheet(r.Context(), k.db, q, 0, evenly, nil)
	if err != nil {
		return err
	}
	return p.showGrid(w, r, http.StatusOK, k, k.grid(q, s, nil, plan{}))
}

func (p *pages) showGrid(w http.ResponseWriter, r *http.Request, status int, k *desk, g gridView) error {
	last, err := lastSave(r.Context(), k.db, k.viewer.Org, k.viewer.ID)
	if err != nil {
		return err
	}
	g.Undo = last
	frame := ui.Frame{Title: "Targets", Lead: "Who has to bring what, and how far are they?", Crumbs: k.crumbs(g.question)}
	return web.PageWithStatus(w, r, status, frame, gridPage(g, k.choices(g.question)))
}

// crumbs are the way from the top of what the viewer sees down to a team.
func (k *desk) crumbs(q question) []ui.Crumb {
	var list []ui.Crumb
	for _, id := range k.above(q.Of) {
		list = append(list, ui.Crumb{Label: k.people[id].Name, Path: question{id, q.Year, q.Measure}.path("/targets")})
	}
	if len(list) > 0 {
		list = append(list, ui.Crumb{Label: k.people[q.Of].Name})
	}
	return list
}

// choices are the other grids that one may turn to from here.
type choices struct {
	Tabs     []ui.NavItem
	Years    []ui.Option
	Measures []ui.Option
	Teams    []ui.Option
}

func (k *desk) choices(q question) choices {
	c := choices{Tabs: tabs(q, "set")}
	fiscal := k.organization().Fiscal()
	this := fiscal.Year(k.today())
	for back := -1; back <= 3; back++ {
		year := fiscal.Year(this.From.AddMonths(-12 * back))
		c.Years = append(c.Years, ui.Option{Value: yearNumber(year), Label: year.Name})
	}
	measures := []Measure{Money(k.organization().Currency), q.Measure, Wins}
	for _, m := range sortMeasures(measures) {
		c.Measures = append(c.Measures, ui.Option{Value: string(m), Label: m.Label()})
	}
	for _, person := range k.order {
		if k.access.MaySee(person.ID) && len(k.access.chart.Reports(person.ID)) > 0 {
			c.Teams = append(c.Teams, ui.Option{Value: string(person.ID), Label: person.Name})
		}
	}
	return c
}

// tabs are the sides of targets for those who set them.
func tabs(q question, current string) []ui.NavItem {
	return []ui.NavItem{
		{Label: "Set targets", Path: q.path("/targets"), Icon: "table", Current: current == "set"},
		{Label: "Attainment", Path: "/targets/attainment?" + url.Values{"of": {string(q.Of)}}.Encode(), Icon: "gauge", Current: current == "attainment"},
		{Label: "Import", Path: q.path("/targets/import"), Icon: "file-import", Current: current == "import"},
	}
}
