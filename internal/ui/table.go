package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Direction is how a column is sorted.
type Direction string

// The directions; Unsorted is the zero value.
const (
	Unsorted   Direction = ""
	Ascending  Direction = "ascending"
	Descending Direction = "descending"
)

// Table is a list with columns. On a phone each row becomes a small card; with
// Scroll it stays a table and scrolls in its own box, for matrices of figures. Wide has
// more columns than a page has room for: it scrolls so, and is cards on a phone.
type Table struct {
	Caption string // what the table shows; spoken, not seen
	Columns []Column
	Rows    []Row
	Foot    []templ.Component // a row of totals, one cell for each column
	Empty   templ.Component   // instead of a table without rows
	Pages   Pages
	Scroll  bool
	Wide    bool
}

// Column is the head of a column.
type Column struct {
	Label   string
	Path    string // where a click on the head leads; "" cannot be sorted
	Sorted  Direction
	Numeric bool // figures: at the end of the cell, in equal widths
	Quiet   bool // the label is spoken, not seen: for a column of buttons
}

// Row is one line; its first cell names it.
type Row struct {
	ID      string
	Cells   []templ.Component
	Current bool // the row that the page is about
}

// Pages leads to the neighbours of a page of a list. Labels are "Newer" and
// "Older" unless given.
type Pages struct {
	Newer, Older           string // paths; "" where there is none
	NewerLabel, OlderLabel string
	Count                  string // "1 to 50 of 1,240", if it is known
}

// Render writes the table, or what is shown instead of an empty one.
func (t Table) Render(ctx context.Context, w io.Writer) error {
	if len(t.Rows) == 0 && t.Empty != nil {
		return t.Empty.Render(ctx, w)
	}
	return table(t).Render(ctx, w)
}

// Render writes the links to the neighbouring pages, if there are any.
func (p Pages) Render(ctx context.Context, w io.Writer) error {
	return pages(p, "Pages").Render(ctx, w)
}

// column is the head of a cell; a row may not have more cells than heads.
func (t Table) column(i int) Column {
	if i < len(t.Columns) {
		return t.Columns[i]
	}
	return Column{}
}

func (c Column) class() string {
	if c.Numeric {
		return "num"
	}
	return ""
}

func (c Column) sortIcon() string {
	switch c.Sorted {
	case Ascending:
		return "arrow-up"
	case Descending:
		return "arrow-down"
	}
	return "arrows-sort"
}

func (c Column) labelClass() string {
	if c.Quiet {
		return "unseen"
	}
	return ""
}

func (r Row) class() string {
	if r.Current {
		return "current"
	}
	return ""
}
