package activities

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/people"
)

// matrix is who did how much of what.
type matrix struct {
	lines []line
	types []string // those that occur, in the usual order; others come last
	all   line
	rest  int // people that are left out
	staff staff
}

type line struct {
	person people.ID
	byType map[string]int64
	total  int64
}

// mostLines is how many people are shown; the quiet ones are in the total.
const mostLines = 15

// otherTypes stands for the types that other systems have.
const otherTypes = "else"

func newMatrix(tallies []tally, s staff) matrix {
	m := matrix{staff: s, all: line{byType: map[string]int64{}}}
	where := map[people.ID]int{}
	for _, t := range tallies {
		kind := t.Type
		if !slices.Contains(deals.ActivityTypes, kind) {
			kind = otherTypes
		}
		i, known := where[t.Person]
		if !known {
			i = len(m.lines)
			where[t.Person] = i
			m.lines = append(m.lines, line{person: t.Person, byType: map[string]int64{}})
		}
		for _, l := range []*line{&m.lines[i], &m.all} {
			l.byType[kind] += t.Count
			l.total += t.Count
		}
	}
	for _, kind := range append(slices.Clone(deals.ActivityTypes), otherTypes) {
		if m.all.byType[kind] > 0 {
			m.types = append(m.types, kind)
		}
	}
	slices.SortFunc(m.lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(s.name(a.person), s.name(b.person)))
	})
	if len(m.lines) > mostLines {
		m.rest = len(m.lines) - mostLines
		m.lines = m.lines[:mostLines]
	}
	return m
}

// table shows the matrix; each figure leads to its activities.
func (m matrix) table(view listView) ui.Table {
	t := ui.Table{Caption: "Activities by person and type", Scroll: true, Columns: []ui.Column{{Label: "Who"}},
		Foot: []templ.Component{ui.Text("All")}}
	for _, kind := range m.types {
		t.Columns = append(t.Columns, ui.Column{Label: kindLabel(kind), Numeric: true})
		t.Foot = append(t.Foot, ui.Text(figure(m.all.byType[kind])))
	}
	t.Columns = append(t.Columns, ui.Column{Label: "All", Numeric: true})
	t.Foot = append(t.Foot, ui.Text(figure(m.all.total)))
	for _, l := range m.lines {
		row := []templ.Component{ui.PersonName(m.staff.name(l.person), view.path("person", string(l.person)))}
		for _, kind := range m.types {
			row = append(row, m.cell(view, l, kind))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: append(row, ui.Text(figure(l.total)))})
	}
	return t
}

func (m matrix) cell(view listView, l line, kind string) templ.Component {
	n := l.byType[kind]
	if n == 0 {
		return ui.None()
	}
	if kind == otherTypes || l.person == "" {
		return ui.Text(figure(n))
	}
	view.Filter.Person, view.Filter.AndLine = l.person, false
	return ui.Link(view.path("type", kind), figure(n))
}

func kindLabel(kind string) string {
	if kind == otherTypes {
		return "Other types"
	}
	return typeWords[kind].label
}

// figure writes a number with its thousands parted.
func figure(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
