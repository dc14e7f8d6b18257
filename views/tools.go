package views

import (
	"context"
	"io"
	"net/url"

	"milepost/internal/ui"
)

// Tools are what can be done with a list as a whole: its saved views, how it is
// grouped, its columns. It is a component, and the same for every list.
type Tools struct {
	Bar       Bar
	Shape     Shape
	Query     url.Values // what the list asks now, its shape included
	First     string     // says what always comes first
	Columns   []Label
	Usual     []string
	Groupings []Grouping
	Chooses   bool // columns are being chosen
}

// chooseParam says in an address that columns are being chosen.
const chooseParam = "choose"

// Choosing tells whether an address asks for the choice of columns.
func Choosing(q url.Values) bool { return q.Get(chooseParam) == "columns" }

// Render writes the tools.
func (t Tools) Render(ctx context.Context, w io.Writer) error { return tools(t).Render(ctx, w) }

// path is the address of the list with some parameters set anew; an empty one is
// taken out.
func (t Tools) path(pairs ...string) string {
	q := url.Values{}
	for name, values := range t.Query {
		q[name] = values
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	if len(q) == 0 {
		return t.Bar.list.path
	}
	return t.Bar.list.path + "?" + q.Encode()
}

func (t Tools) grouping() Grouping { return GroupingNamed(t.Groupings, t.Shape.Group) }

// GroupTitle says what the list is grouped by.
func (t Tools) GroupTitle() string {
	if t.Shape.Group == "" {
		return "Group"
	}
	return "By " + t.grouping().Label
}

// groupChoices are the ways to group, for the menu.
func (t Tools) groupChoices() []ui.NavItem {
	list := []ui.NavItem{{Label: "Not grouped", Path: t.path("group", "", "in", ""), Current: t.Shape.Group == ""}}
	for _, g := range t.Groupings {
		list = append(list, ui.NavItem{Label: "By " + g.Label, Path: t.path("group", g.Name, "in", ""), Current: t.Shape.Group == g.Name})
	}
	return list
}
