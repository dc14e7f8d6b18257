package activities

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/people"
	"milepost/views"
)

var groupings = []views.Grouping{
	{Name: "person", Label: "person", None: "Nobody"},
	{Name: "type", Label: "type", None: "No type"},
	{Name: "deal", Label: "deal", None: "No deal"},
	{Name: "account", Label: "account", None: "No account"},
}

var usualColumns = []string{"deal", "who", "when", "took"}

var columnNames = views.Names(listView{}.columns())

// groups counts the activities of a query by what the filter asks, and adds up how
// long they took, also in those groups that are not open.
func (x *visit) groups(f Filter, q query, s staff) ([]views.Group, error) {
	if f.Group == "" {
		return nil, nil
	}
	q.in = ""
	tallies, err := groupTallies(x.ctx, x.d, q)
	if err != nil {
		return nil, fmt.Errorf("adding groups of activities up: %w", err)
	}
	for i, t := range tallies {
		switch f.Group {
		case "person":
			tallies[i].Label = s.name(people.ID(t.Key))
		case "type":
			tallies[i].Label = Activity{Type: t.Key}.label()
		}
	}
	return views.InOrder(views.Gather(tallies, views.GroupingNamed(groupings, f.Group).None), views.ByCount), nil
}

func (v listView) groupTable() ui.Table {
	return v.Tools.GroupTable(v.Groups, "Activities", "Took", func(g views.Group) (string, string) {
		if g.Minutes == 0 {
			return figure(g.Count), ""
		}
		return figure(g.Count), lengthText(g.Minutes)
	})
}

// columns are what the list can show beside the activity itself.
func (v listView) columns() []views.Column[Listed] {
	sorted, other := ui.Descending, "at"
	if v.Filter.Oldest {
		sorted, other = ui.Ascending, "-at"
	}
	column := func(name string, head ui.Column, cell func(*Listed) templ.Component) views.Column[Listed] {
		return views.Column[Listed]{Name: name, Head: head, Cell: cell}
	}
	return []views.Column[Listed]{
		column("deal", ui.Column{Label: "Deal"}, v.dealCell),
		column("account", ui.Column{Label: "Account"}, func(a *Listed) templ.Component { return textOrNone(a.Account) }),
		column("who", ui.Column{Label: "Who"}, func(a *Listed) templ.Component { return ui.PersonName(v.staff.name(a.Person), "") }),
		column("with", ui.Column{Label: "With"}, func(a *Listed) templ.Component { return textOrNone(listing(v.staff.took(a.Activity))) }),
		column("when", ui.Column{Label: "When", Path: v.path("sort", other), Sorted: sorted}, func(a *Listed) templ.Component { return ui.Instant(a.At, v.Now.Place) }),
		column("took", ui.Column{Label: "Took", Numeric: true}, tookCell),
		column("outcome", ui.Column{Label: "What came of it"}, func(a *Listed) templ.Component { return textOrNone(clip(a.Outcome, 120)) }),
	}
}

func tookCell(a *Listed) templ.Component {
	if a.Minutes == 0 {
		return ui.None()
	}
	return ui.Text(lengthText(a.Minutes))
}

func textOrNone(text string) templ.Component {
	if text == "" {
		return ui.None()
	}
	return ui.Text(text)
}

// tools are what can be done with the list as a whole.
func (v listView) tools(bar views.Bar, chooses bool) views.Tools {
	return views.Tools{Bar: bar, Shape: v.Filter.Shape, Query: v.Filter.Values(), First: "The activity itself always comes first.",
		Columns: views.Labels(v.columns()), Usual: usualColumns, Groupings: groupings, Chooses: chooses}
}
