package deals

import (
	"slices"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/views"
)

// usualColumns are shown until someone chooses; a rep, whose deals they all are,
// needs no owner. What is next is shown once somebody plans it.
func (v listView) usualColumns() []string {
	names := []string{"stage", "close", "amount"}
	if v.Planned && v.Filter.Outcome == "" {
		names = []string{"stage", "close", "step", "amount"}
	}
	if v.showsOwners() {
		names = append([]string{"owner"}, names...)
	}
	return names
}

func (v listView) chosen() []string { return v.Filter.Chosen(v.usualColumns()) }

// columns are what the list can show beside the deal itself.
func (v listView) columns() []views.Column[Listed] {
	column := func(name string, head ui.Column, cell func(*Listed) templ.Component) views.Column[Listed] {
		return views.Column[Listed]{Name: name, Head: head, Cell: cell}
	}
	plain := func(label string) ui.Column { return ui.Column{Label: label} }
	return []views.Column[Listed]{
		column("account", plain("Account"), func(l *Listed) templ.Component { return orNoneText(l.AccountName) }),
		column("owner", v.column("Owner", "owner", false), ownerCell),
		column("stage", v.column("Stage", "stage-age", true), func(l *Listed) templ.Component { return stageCell(l.Stage, l.StageSince, v.Now) }),
		column("close", v.closeHead(), func(l *Listed) templ.Component { return closeCell(l, v.Now) }),
		column("amount", v.amountHead(), func(l *Listed) templ.Component { return amountCell(l) }),
		column("step", v.column("Next step", "step", false), v.stepCell),
		column("opened", v.column("Opened", "created", true), func(l *Listed) templ.Component { return v.dayCell(l.CreatedAt) }),
		column("activity", v.column("Last activity", "activity", true), func(l *Listed) templ.Component { return v.dayCell(l.LastActivityAt) }),
		column("moved", plain("Moved later"), movedCell),
		column("competitors", plain("Competitors"), v.competitorsCell),
		column("category", plain("Called"), func(l *Listed) templ.Component { return orNoneText(l.Category.Label()) }),
		column("source", plain("Source"), func(l *Listed) templ.Component { return orNoneText(l.Source) }),
		column("segment", plain("Segment"), func(l *Listed) templ.Component { return orNoneText(l.Segment) }),
		column("product", plain("Product"), func(l *Listed) templ.Component { return orNoneText(l.Product) }),
	}
}

func (v listView) closeHead() ui.Column {
	if v.Filter.Outcome == "" {
		return v.column("Expected close", "close", false)
	}
	return v.column("Ended", "closed", true)
}

func (v listView) amountHead() ui.Column {
	c := v.column("Amount", "amount", true)
	c.Numeric = true
	return c
}

func (v listView) dayCell(at calendar.Instant) templ.Component {
	if at == 0 {
		return ui.None()
	}
	return ui.Date(calendar.DateOf(at, v.Now.Place))
}

func movedCell(l *Listed) templ.Component {
	if l.Slips == 0 {
		return ui.None()
	}
	return ui.Text(times(l.Slips))
}

func (v listView) table() ui.Table {
	t := ui.Table{Caption: "Deals", Empty: nothingMatches(v), Pages: v.pages()}
	if !v.Filter.narrows() {
		t.Empty = noDealsYet(v.Viewer.Has(people.Operations, people.Administrator))
	}
	named := views.Column[Listed]{Head: v.column("Deal", "title", false), Cell: v.dealCell}
	return views.Fill(t, named, v.columns(), v.chosen(), v.Page.Deals)
}

// dealCell names the deal; its account stands below, unless it has a column.
func (v listView) dealCell(l *Listed) templ.Component {
	named := ui.Link(l.ID.Path(), l.name())
	if !slices.Contains(v.chosen(), "account") {
		named = ui.TwoLines(named, l.AccountName)
	}
	if !v.picks() {
		return named
	}
	return v.Many.Pick(string(l.ID), l.name(), named)
}

// tools are what can be done with the list as a whole.
func (v listView) tools(bar views.Bar) views.Tools {
	t := views.Tools{Bar: bar, Shape: v.Filter.Shape, Query: v.Filter.Query(), First: "The deal itself always comes first.",
		Columns: views.Labels(v.columns()), Usual: v.usualColumns(), Chooses: v.Chooses}
	for _, g := range groupings {
		if g.Name != "owner" || v.showsOwners() {
			t.Groupings = append(t.Groupings, g)
		}
	}
	return t
}
