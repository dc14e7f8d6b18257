package views

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

// Bar is what a list shows of views: the picker, and what may be done with the view
// that is open. It is a component.
type Bar struct {
	list    list
	name    string // of the list
	query   string // what the list asks now
	own     []View
	others  []View // shared with the person who looks
	current *View
	opens   ID    // the view that the list opens with
	deleted *View // a moment ago
	mine    bool  // the current view is the viewer's own
	home    string
}

// Load reads what a list shows of views. Params are those of the request as they
// came; asked is how the list understood them.
func Load(ctx context.Context, d *db.DB, v *people.Viewer, name string, params, asked url.Values, now calendar.Instant) (Bar, error) {
	b := Bar{name: name, query: CleanQuery(asked)}
	var err error
	if b.list, err = listNamed(name); err != nil {
		return b, err
	}
	around, err := viewsAround(ctx, d, name, v.ID)
	if err == nil {
		around, err = reaching(ctx, d, v, around, now)
	}
	if err != nil {
		return b, fmt.Errorf("listing saved views: %w", err)
	}
	for _, view := range around {
		if view.Owner == v.ID {
			b.own = append(b.own, view)
		} else {
			b.others = append(b.others, view)
		}
	}
	if b.opens, err = defaultOf(ctx, d, v.ID, name); err != nil {
		return b, fmt.Errorf("reading the view that a list opens with: %w", err)
	}
	if b.find(b.opens) == nil {
		b.opens = "" // deleted, or no longer shared
	}
	b.current = b.find(ID(params.Get(viewParam)))
	b.mine = b.current != nil && b.current.Owner == v.ID
	if len(params) == 0 && b.opens != "" {
		b.home = b.find(b.opens).Path()
	}
	if id := ID(params.Get(deletedParam)); id != "" {
		gone, err := ownView(ctx, d, id, v.ID)
		if err == nil && gone.DeletedAt != 0 {
			b.deleted = &gone
		} else if err != nil && !problem.Is(err, problem.KindNotFound) {
			return b, err
		}
	}
	return b, nil
}

// reaching leaves of some views a person's own, and those that others share with the person.
func reaching(ctx context.Context, d *db.DB, v *people.Viewer, list []View, now calendar.Instant) ([]View, error) {
	if !slices.ContainsFunc(list, func(s View) bool { return s.Owner != v.ID }) {
		return list, nil
	}
	chart, err := people.ChartAsOf(ctx, d, v.Org, now)
	return slices.DeleteFunc(list, func(s View) bool { return s.Owner != v.ID && !Reaches(chart, s.Owner, v.ID) }), err
}

// Find reads a view that a person sees: their own, or shared with them.
func Find(ctx context.Context, d *db.DB, v *people.Viewer, id ID, now calendar.Instant) (View, error) {
	view, err := viewOf(ctx, d, id)
	if err == nil && view.Owner != v.ID {
		var chart people.Chart
		if chart, err = people.ChartAsOf(ctx, d, v.Org, now); err == nil && (view.Shared == 0 || !Reaches(chart, view.Owner, v.ID)) {
			err = problem.NotFound("")
		}
	}
	if problem.Is(err, problem.KindNotFound) {
		return View{}, problem.NotFound("There is no such view, or it is not shared with you.")
	}
	return view, err
}

// Home is where a list leads that was opened without asking for anything: to the
// view that it opens with. It is empty when the list is to be shown as asked.
func (b Bar) Home() string { return b.home }

// Plain is the address of the list without any view.
func (b Bar) Plain() string {
	if b.opens == "" {
		return b.list.path
	}
	return b.list.path + "?" + viewParam + "=" + plain
}

// Current is the id of the view that is open, for the addresses that stay in it.
func (b Bar) Current() string {
	if b.current == nil {
		return ""
	}
	return string(b.current.ID)
}

// Render writes the bar.
func (b Bar) Render(ctx context.Context, w io.Writer) error { return bar(b).Render(ctx, w) }

func (b *Bar) find(id ID) *View {
	for _, list := range [][]View{b.own, b.others} {
		for i := range list {
			if list[i].ID == id {
				return &list[i]
			}
		}
	}
	return nil
}

// changed tells whether the list asks something else than the view that is open.
func (b Bar) changed() bool { return b.current != nil && b.current.Query != b.query }

func (b Bar) title() string {
	switch {
	case b.current != nil:
		return b.current.Name
	case b.query == "":
		return b.list.whole
	}
	return "Not saved"
}

// suggestion is what the name field of a new view begins with.
func (b Bar) suggestion() string {
	if b.current != nil && !b.mine {
		return b.current.Name
	}
	return ""
}

// Named lists the views of every list that a person sees and whose names fit: their
// own first, then what others share with them.
func Named(ctx context.Context, d *db.DB, v *people.Viewer, now calendar.Instant, fits func(name string) bool) ([]View, error) {
	list, err := viewsAround(ctx, d, "", v.ID)
	if err != nil {
		return nil, fmt.Errorf("listing saved views: %w", err)
	}
	return reaching(ctx, d, v, slices.DeleteFunc(list, func(s View) bool { return !fits(s.Name) }), now)
}
