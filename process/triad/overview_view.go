package triad

import (
	"strconv"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
	"milepost/process"
)

func (v *overviewView) name(id people.ID) string {
	switch name := v.names[id]; {
	case id == "":
		return "Nobody"
	case name != "":
		return name
	}
	return "someone"
}

// table is how many deals of each group stand at each level; each figure leads to them.
func (v *overviewView) table() ui.Table {
	t := ui.Table{Caption: "Open deals by level of qualification", Columns: []ui.Column{{Label: "Whose"}}}
	for level := range process.HighestLevel + 1 {
		t.Columns = append(t.Columns, ui.Column{Label: "Level " + strconv.Itoa(level), Numeric: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Nothing asked", Numeric: true}, ui.Column{Label: "To ask again", Numeric: true})
	for _, g := range v.Groups[1:] {
		t.Rows = append(t.Rows, ui.Row{Cells: v.cells(g, v.whose(g))})
	}
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, ui.Row{Cells: v.cells(v.Groups[0], v.whose(v.Groups[0]))})
	} else if len(t.Rows) > 1 {
		t.Foot = v.cells(v.Groups[0], ui.Text("All"))
	}
	return t
}

func (v *overviewView) whose(g *group) templ.Component {
	if g.Person == "" {
		return ui.Text(v.name(""))
	}
	if g.Line && g != v.Groups[0] {
		return ui.TwoLines(ui.Link(g.Asking.path(), v.name(g.Person)), "with everyone below")
	}
	return ui.PersonName(v.name(g.Person), "")
}

func (v *overviewView) cells(g *group, whose templ.Component) []templ.Component {
	cells := []templ.Component{whose}
	for level, n := range g.Levels {
		at := g.Asking
		at.Level = &level
		cells = append(cells, v.figure(g, n, at))
	}
	none := without
	at := g.Asking
	at.Level = &none
	cells = append(cells, v.figure(g, g.None, at))
	at.Level, at.Stale = nil, true
	return append(cells, v.figure(g, g.Stale, at))
}

// figure is a number that leads to its deals. Deals of nobody have no list of their own.
func (v *overviewView) figure(g *group, n int, at asking) templ.Component {
	if n == 0 {
		return ui.Quiet("0")
	}
	if g.Person == "" && g.Asking.Own {
		return ui.Text(strconv.Itoa(n))
	}
	return ui.Link(at.path(), strconv.Itoa(n))
}

// dealTable lists deals, and what is missing in each.
func (v *overviewView) dealTable() ui.Table {
	t := ui.Table{Caption: "Open deals, those with old answers first",
		Columns: []ui.Column{{Label: "Deal"}, {Label: "Level"}, {Label: "What is missing"}, {Label: "Expected close"}, {Label: "Amount", Numeric: true}}}
	for i := range v.Deals {
		d := &v.Deals[i]
		var amount templ.Component = ui.None()
		if d.Minor != nil {
			amount = ui.Money(money.Amount{Minor: *d.Minor, Currency: d.Currency})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
			ui.TwoLines(ui.Link(d.ID.Path(), d.Title), v.name(d.Owner)), levelCell(d), ui.Text(d.Sentence), ui.Date(d.CloseDate), amount}})
	}
	next, before := v.Asking, v.Asking
	next.Page++
	before.Page--
	t.Pages = ui.Pages{NewerLabel: "Before", OlderLabel: "Further"}
	if v.More {
		t.Pages.Older = next.path()
	}
	if before.Page >= 0 {
		t.Pages.Newer = before.path()
	}
	t.Empty = ui.EmptyState{Icon: "checklist", Title: "No open deal is like this", Sentence: "Choose another figure above, or look at all."}
	return t
}

// title says which deals are listed.
func (v *overviewView) title() string {
	a := v.Asking
	title := "Open deals"
	switch {
	case a.Stale:
		title = "Deals in which to ask again"
	case a.Level != nil && *a.Level == without:
		title = "Deals of which nothing is asked"
	case a.Level != nil:
		title = "Deals at level " + strconv.Itoa(*a.Level)
	}
	if a.Own && a.Person != "" {
		title += ", " + v.name(a.Person) + " alone"
	}
	return title
}

// narrowed tells whether the list shows a part of the deals only.
func (v *overviewView) narrowed() bool {
	return v.Asking.Level != nil || v.Asking.Stale || v.Asking.Own
}

// whole is the address of all deals of the person that is asked about.
func (v *overviewView) whole() string { return asking{Person: v.Asking.Person}.path() }
