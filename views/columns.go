package views

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// Column is what a list can show of each of its rows, beside what names the row.
type Column[R any] struct {
	Name string // in an address
	Head ui.Column
	Cell func(*R) templ.Component
	Foot templ.Component // under it, over all rows that the list finds
}

// Names lists the columns that there are, as an address names them.
func Names[R any](all []Column[R]) []string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.Name
	}
	return names
}

// Chosen lists the columns that a list shows, in order: those of its shape, or the
// usual ones.
func (s Shape) Chosen(usual []string) []string {
	if s.Columns == "" {
		return usual
	}
	return strings.Split(s.Columns, ",")
}

// fitting is how many columns a page has room for.
const fitting = 7

// Fill puts rows into a table: what names each, then the columns that are shown.
func Fill[R any](t ui.Table, first Column[R], all []Column[R], chosen []string, rows []R) ui.Table {
	shown := []Column[R]{first}
	for _, name := range chosen {
		if i := slices.IndexFunc(all, func(c Column[R]) bool { return c.Name == name }); i >= 0 {
			shown = append(shown, all[i])
		}
	}
	t.Wide = len(shown) > fitting
	for _, c := range shown {
		t.Columns = append(t.Columns, c.Head)
		if len(rows) > 0 && first.Foot != nil {
			t.Foot = append(t.Foot, c.Foot)
		}
	}
	for i := range rows {
		row := ui.Row{}
		for _, c := range shown {
			row.Cells = append(row.Cells, c.Cell(&rows[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Label is a column as the choice of columns names it.
type Label struct{ Name, Text string }

// Labels lists the columns that there are, for Tools.
func Labels[R any](all []Column[R]) []Label {
	labels := make([]Label, len(all))
	for i, c := range all {
		labels[i] = Label{c.Name, c.Head.Label}
	}
	return labels
}

// choice is one line of the choice of columns.
type choice struct {
	Label
	shown                  bool
	toggle, earlier, later string // paths; empty where there is nothing to do
}

// choices lists the columns that are shown, in order, then the others.
func (t Tools) choices() []choice {
	chosen := t.Shape.Chosen(t.Usual)
	var list, others []choice
	for _, label := range t.Columns {
		c := choice{Label: label}
		i := slices.Index(chosen, c.Name)
		if i < 0 {
			c.toggle = t.choosing(append(slices.Clone(chosen), c.Name), c.Name)
			others = append(others, c)
			continue
		}
		c.shown = true
		if len(chosen) > 1 {
			c.toggle = t.choosing(slices.Delete(slices.Clone(chosen), i, i+1), c.Name)
		}
		if i > 0 {
			c.earlier = t.choosing(swapped(chosen, i, i-1), c.Name)
		}
		if i < len(chosen)-1 {
			c.later = t.choosing(swapped(chosen, i, i+1), c.Name)
		}
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b choice) int { return slices.Index(chosen, a.Name) - slices.Index(chosen, b.Name) })
	return append(list, others...)
}

func swapped(names []string, i, j int) []string {
	names = slices.Clone(names)
	names[i], names[j] = names[j], names[i]
	return names
}

// choosing is the address of the list with some columns, and the choice still open
// at the column that was just dealt with.
func (t Tools) choosing(names []string, at string) string {
	return t.path("columns", strings.Join(names, ","), chooseParam, "columns") + "#column-" + at
}
