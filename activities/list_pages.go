package activities

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/views"
)

// listView is what the list shows.
type listView struct {
	Filter  Filter
	Problem error
	List    []Listed
	Found   int64 // on all pages, as far as they can be changed together
	Newer   string
	Older   string
	Now     deals.Now
	People  []ui.Option
	Deal    string // the title of the deal that is asked for
	Fresh   bool
	Tools   views.Tools
	Groups  []views.Group
	staff   staff
	many    *bulk.List
}

const pageSize = 50

func (x *visit) list() error {
	view := listView{Now: x.now, many: x.many}
	params := x.r.URL.Query()
	view.Filter, view.Problem = ReadFilter(params)
	bar, err := views.Load(x.ctx, x.d, x.v, "activities", params, view.Filter.Values(), x.now.At)
	if err != nil {
		return err
	}
	if to := bar.Home(); to != "" {
		return web.Redirect(x.w, x.r, to, "")
	}
	view.Filter.View = bar.Current()
	behind, err := x.keeper.Freshen(x.ctx, x.v.Org)
	if err != nil {
		return err
	}
	view.Fresh = behind == 0
	q, err := x.ask(view.Filter)
	if err != nil {
		return err
	}
	if err := x.readPage(&view, q, params); err != nil {
		return fmt.Errorf("reading a page of activities: %w", err)
	}
	if view.staff, err = x.staffFor(view.List, q.group != ""); err != nil {
		return err
	}
	if view.People, err = x.peopleOptions(view.staff); err != nil {
		return err
	}
	if view.Groups, err = x.groups(view.Filter, q, view.staff); err != nil {
		return err
	}
	view.Tools = view.tools(bar, views.Choosing(params))
	if view.Filter.Deal != "" {
		o, err := deals.FindFor(x.ctx, x.d, x.v, view.Filter.Deal)
		if err != nil {
			return err
		}
		view.Deal = o.Title
	}
	status := http.StatusOK
	if view.Problem != nil {
		status = http.StatusUnprocessableEntity
	}
	return x.page(status, ui.Frame{Title: "Activities", Lead: view.lead(), Actions: listActions(view)}, listPage(view))
}

// readPage reads the page after or before a place, and whether there are others.
func (x *visit) readPage(view *listView, q query, params url.Values) error {
	var place *cursor
	backwards := params.Has("before")
	if c, ok := readCursor(params.Get("after") + params.Get("before")); ok {
		place = &c
	}
	list, err := listed(x.ctx, x.d, q, place, backwards && place != nil, pageSize+1)
	if err != nil {
		return err
	}
	more := len(list) > pageSize
	if more && backwards {
		list = list[1:]
	} else if more {
		list = list[:pageSize]
	}
	view.List, view.Found = list, int64(len(list))
	if len(list) == 0 {
		return nil
	}
	first, last := list[0], list[len(list)-1]
	if place != nil && (!backwards || more) {
		view.Newer = view.path("before", cursor{first.At, first.ID}.String())
	}
	if more || backwards {
		view.Older = view.path("after", cursor{last.At, last.ID}.String())
	}
	if view.Newer != "" || view.Older != "" {
		view.Found, err = countUpTo(x.ctx, x.d, q, bulk.Most+1)
	}
	return err
}

// path is the address of the list with the filter and one thing more.
func (l listView) path(name, value string) string {
	q := l.Filter.Values()
	if name != "" {
		q.Set(name, value)
	}
	return "/activities?" + q.Encode()
}

// peopleOptions are whoever the person may look at, and their lines.
func (x *visit) peopleOptions(s staff) ([]ui.Option, error) {
	owners, all := x.v.Visible()
	var chart people.Chart
	if all || len(owners) > 1 { // otherwise nobody reports to them
		var err error
		if chart, err = people.ChartAsOf(x.ctx, x.d, x.v.Org, x.now.At); err != nil {
			return nil, err
		}
	}
	options := []ui.Option{{Label: "Everyone"}}
	for _, p := range s.everyone {
		if !all && !slices.Contains(owners, p.ID) {
			continue
		}
		label := p.Name
		if p.ID == x.v.ID {
			label += " (you)"
		}
		if !p.Active() {
			label += " (left)"
		}
		options = append(options, ui.Option{Value: string(p.ID), Label: label})
		if len(chart.Reports(p.ID)) > 0 {
			options = append(options, ui.Option{Value: string(p.ID) + "+", Label: p.Name + " and team"})
		}
	}
	return options, nil
}

// counts is the part of the list that says who did how much of what.
func (x *visit) counts() error {
	f, bad := ReadFilter(x.r.URL.Query())
	behind, err := x.keeper.Freshen(x.ctx, x.v.Org)
	if err != nil {
		return err
	}
	q, err := x.ask(f)
	if err != nil {
		return err
	}
	tallies, err := tallied(x.ctx, x.d, q, behind == 0)
	if err != nil {
		return fmt.Errorf("counting activities: %w", err)
	}
	s, err := x.staff()
	if err != nil {
		return err
	}
	var body templ.Component = countsCard(newMatrix(tallies, s), listView{Filter: f, Problem: bad})
	if !web.WantsPart(x.r) {
		return x.page(http.StatusOK, ui.Frame{Title: "Who did what", Crumbs: listCrumb}, body)
	}
	return x.part(http.StatusOK, body)
}

// empty says why nothing is shown.
func (l listView) empty() ui.EmptyState {
	if l.Filter.narrows() {
		return ui.EmptyState{Icon: "filter", Title: "Nothing fits", Sentence: "No activity fits this filter. Take a longer period, or fewer conditions.",
			Action: ui.LinkButton{Label: "Clear the filter", Path: l.Tools.Bar.Plain()}}
	}
	return ui.EmptyState{Icon: "activity", Title: "A quiet month", Sentence: "Nothing was logged in the last thirty days. Press a on any page to log a call in a few seconds.",
		Action: ui.LinkButton{Label: "Log an activity", Path: "/activities/new", Kind: ui.Primary}}
}
