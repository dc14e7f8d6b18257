package deals

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/people"
)

// listColumn is a column that the list can show beside the deal itself.
type listColumn struct {
	name  string
	label func(listView) string
	head  func(listView, string) ui.Column
	cell  func(listView, *Listed) templ.Component
}

// usualColumns are shown until someone chooses; a rep, whose deals they all are,
// needs no owner.
var usualColumns = []string{"owner", "stage", "close", "amount"}

func allColumns() []listColumn {
	return []listColumn{
		{"account", called("Account"), plainHead, func(_ listView, l *Listed) templ.Component { return orNoneText(l.AccountName) }},
		{"owner", called("Owner"), sortedBy("owner", false), func(_ listView, l *Listed) templ.Component { return ownerCell(l) }},
		{"stage", called("Stage"), sortedBy("stage-age", true), func(v listView, l *Listed) templ.Component { return stageCell(l.Stage, l.StageSince, v.Now) }},
		{"close", closeLabel, closeHead, func(v listView, l *Listed) templ.Component { return closeCell(l, v.Now) }},
		{"amount", called("Amount"), amountHead, func(_ listView, l *Listed) templ.Component { return amountCell(l) }},
		{"opened", called("Opened"), sortedBy("created", true), func(v listView, l *Listed) templ.Component { return v.dayCell(l.CreatedAt) }},
		{"activity", called("Last activity"), plainHead, func(v listView, l *Listed) templ.Component { return v.dayCell(l.LastActivityAt) }},
		{"moved", called("Moved later"), plainHead, func(_ listView, l *Listed) templ.Component { return movedCell(l) }},
	}
}

func called(label string) func(listView) string { return func(listView) string { return label } }

func closeLabel(v listView) string {
	if v.Filter.Outcome == "" {
		return "Expected close"
	}
	return "Ended"
}

func plainHead(_ listView, label string) ui.Column { return ui.Column{Label: label} }

func sortedBy(order string, greatest bool) func(listView, string) ui.Column {
	return func(v listView, label string) ui.Column { return v.column(label, order, greatest) }
}

func closeHead(v listView, label string) ui.Column {
	if v.Filter.Outcome == "" {
		return v.column(label, "close", false)
	}
	return v.column(label, "closed", true)
}

func amountHead(v listView, label string) ui.Column {
	c := v.column(label, "amount", true)
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

// knownColumns is a choice of columns without what there is not and what comes twice.
func knownColumns(text string) string {
	all := allColumns()
	var names []string
	for _, name := range strings.Split(text, ",") {
		is := slices.ContainsFunc(all, func(c listColumn) bool { return c.name == name })
		if is && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// chosen lists the names of the columns that the list shows, in order.
func (v listView) chosen() []string {
	if v.Filter.Columns != "" {
		return strings.Split(v.Filter.Columns, ",")
	}
	return slices.DeleteFunc(slices.Clone(usualColumns), func(name string) bool { return name == "owner" && !v.showsOwners() })
}

func (v listView) shownColumns() []listColumn {
	all := allColumns()
	var shown []listColumn
	for _, name := range v.chosen() {
		i := slices.IndexFunc(all, func(c listColumn) bool { return c.name == name })
		shown = append(shown, all[i])
	}
	return shown
}

func (v listView) table() ui.Table {
	columns := v.shownColumns()
	t := ui.Table{Caption: "Deals", Columns: []ui.Column{v.column("Deal", "title", false)}, Empty: nothingMatches(v)}
	if !v.Filter.narrows() {
		t.Empty = noDealsYet(v.Viewer.Has(people.Operations, people.Administrator))
	}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.head(v, c.label(v)))
	}
	for i := range v.Page.Deals {
		l := &v.Page.Deals[i]
		row := ui.Row{Cells: []templ.Component{v.dealCell(l)}}
		for _, c := range columns {
			row.Cells = append(row.Cells, c.cell(v, l))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Pages = v.pages()
	return t
}

// dealCell names the deal; its account stands below, unless it has a column.
func (v listView) dealCell(l *Listed) templ.Component {
	named := ui.Link("/deals/"+string(l.ID), l.name())
	if !slices.Contains(v.chosen(), "account") {
		named = ui.TwoLines(named, l.AccountName)
	}
	if !v.picks() {
		return named
	}
	return pickableDeal(l, named)
}

// columnChoice is one line of the choice of columns.
type columnChoice struct {
	name, label            string
	shown                  bool
	toggle, earlier, later string // paths; empty where there is nothing to do
}

// columnChoices lists the columns that are shown, in order, then the others.
func (v listView) columnChoices() []columnChoice {
	chosen := v.chosen()
	var list, others []columnChoice
	for _, c := range allColumns() {
		choice := columnChoice{name: c.name, label: c.label(v)}
		i := slices.Index(chosen, c.name)
		if i < 0 {
			choice.toggle = v.choosing(append(slices.Clone(chosen), c.name), c.name)
			others = append(others, choice)
			continue
		}
		choice.shown = true
		if len(chosen) > 1 {
			choice.toggle = v.choosing(slices.Delete(slices.Clone(chosen), i, i+1), c.name)
		}
		if i > 0 {
			choice.earlier = v.choosing(swapped(chosen, i, i-1), c.name)
		}
		if i < len(chosen)-1 {
			choice.later = v.choosing(swapped(chosen, i, i+1), c.name)
		}
		list = append(list, choice)
	}
	slices.SortFunc(list, func(a, b columnChoice) int { return slices.Index(chosen, a.name) - slices.Index(chosen, b.name) })
	return append(list, others...)
}

func swapped(names []string, i, j int) []string {
	names = slices.Clone(names)
	names[i], names[j] = names[j], names[i]
	return names
}

// choosing is the address of the list with some columns, and the choice still open
// at the column that was just dealt with.
func (v listView) choosing(names []string, at string) string {
	f := v.Filter
	f.Columns = strings.Join(names, ",")
	q := f.Query()
	q.Set("choose", "columns")
	return "/deals?" + q.Encode() + "#column-" + at
}
