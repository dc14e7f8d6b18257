package calls

import (
	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

// columnsOf are the heads of the table.
func (v *teamView) columnsOf() []ui.Column {
	list := []ui.Column{{Label: "Person"}, {Label: "Commit", Numeric: true}, {Label: "Best case", Numeric: true}, {Label: "Booked", Numeric: true}}
	if v.sheet.due != nil {
		list = append(list, ui.Column{Label: "Open, due", Numeric: true})
	}
	return append(list, ui.Column{Label: "Target", Numeric: true}, ui.Column{Label: "Commit to target", Numeric: true},
		ui.Column{Label: "Since Monday", Numeric: true}, ui.Column{Label: "Given"})
}

// table lists the people right below.
func (v *teamView) table() ui.Table {
	t := ui.Table{Caption: "Calls of " + v.Who + "'s team for " + v.Period.Name, Columns: v.columnsOf(),
		Empty: ui.EmptyState{Icon: "users", Title: "Nobody to call", Sentence: "Nobody who sells, or leads those who do, reported to " + v.Who + " in " + v.Period.Name + "."}}
	if len(v.Rows) == 0 && v.Own == nil && v.Gone == nil {
		return t
	}
	for _, l := range v.Rows {
		t.Rows = append(t.Rows, ui.Row{Cells: v.cells(l, v.named(l))})
	}
	if v.Own != nil {
		t.Rows = append(t.Rows, ui.Row{Cells: v.cells(*v.Own, ui.TwoLines(ui.Link(v.person(v.Of, Own), v.Who), "own deals"))})
	}
	if v.Gone != nil {
		t.Rows = append(t.Rows, ui.Row{Cells: v.cells(*v.Gone, ui.Text("In this team then, not now"))})
	}
	sum := v.Head
	sum.Call, sum.Moved = nil, nil
	if sum.Below.Any {
		sum.Call = &Call{Key: Key{Currency: sum.In}, Commit: sum.Below.Commit, Best: sum.Below.Best}
	}
	t.Foot = v.cells(sum, ui.Text("Together"))
	return t
}

func (v *teamView) named(l line) templ.Component {
	name := v.x.roster.Name(l.Person)
	if l.Scope != Team {
		return ui.Link(v.person(l.Person, l.Scope), name)
	}
	note := "team"
	if l.Call == nil && l.Below.Any {
		note = "team; not called, theirs come to " + l.amount(l.Below.Commit).String()
	}
	return ui.TwoLines(ui.Link(v.question.team(l.Person), name), note)
}

func (v *teamView) cells(l line, name templ.Component) []templ.Component {
	cells := []templ.Component{name, ui.None(), ui.None(), figure(bare(l.amount(l.Booked)))}
	if l.Call != nil {
		cells[1], cells[2] = figure(bare(l.Call.CommitAmount())), figure(bare(l.Call.BestAmount()))
	}
	if v.sheet.due != nil {
		cells = append(cells, figure(bare(l.amount(l.Due))))
	}
	target, gap, moved, given := ui.None(), ui.None(), ui.None(), ui.None()
	if l.Target != nil {
		target = figure(bare(l.amount(*l.Target)))
		if l.Call != nil {
			gap = figure(signed(l.amount(l.Call.Commit - *l.Target)))
		}
	}
	if l.Moved != nil {
		moved = figure(signed(l.amount(*l.Moved)))
	}
	if l.Call != nil && l.Call.EffectiveAt != 0 {
		given = ui.Date(calendar.DateOf(l.Call.EffectiveAt, v.x.o.Place()))
	}
	return append(cells, target, gap, moved, given)
}
