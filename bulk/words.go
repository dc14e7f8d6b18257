package bulk

import (
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

func (v view) title() string {
	switch {
	case v.asks():
		return "Change " + v.list.count(v.in())
	case v.State == planned:
		return "Preview"
	case v.State == running:
		return "Changing " + v.list.Many
	case v.State == undoing:
		return "Undoing the change"
	case v.State == undone:
		return "Undone"
	}
	return "Changed"
}

func (v view) lead() string {
	switch {
	case v.asks():
		return "Choose one thing. You see a preview before anything happens."
	case v.State == planned:
		return v.does() + ". Nothing has happened yet."
	case v.State == undone:
		return v.list.count(v.in(rowRestored)) + " back as before."
	case v.State == done:
		return v.list.count(v.in(rowChanged)) + " changed: " + lowerFirst(v.does()) + "."
	}
	return v.does() + "."
}

// does says what the change is.
func (v view) does() string {
	if v.choice.Says == nil {
		return ""
	}
	return v.choice.Says(v.Value, v.Names)
}

func lowerFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + text[size:]
}

// value is a value as a person reads it.
func (v view) value(text string) templ.Component {
	switch {
	case text == "" && v.choice.None != "":
		return ui.Quiet(v.choice.None)
	case text == "":
		return ui.None()
	case v.choice.Days:
		return ui.Date(calendar.Date(text))
	case v.choice.Names != nil && v.Names[text] == "":
		return ui.Text("Someone")
	case v.choice.Names != nil:
		return ui.Text(v.Names[text])
	}
	return ui.Text(text)
}

func (v view) progress() ui.Progress {
	ready, all, label := v.in(rowChanged), v.in(rowReady, rowChanged), "Changing "+v.list.Many
	if v.State == undoing {
		ready, all, label = v.in(rowRestored, rowKept), v.in(rowChanged, rowRestored, rowKept), "Bringing "+v.list.Many+" back"
	}
	return ui.Progress{Label: label, Value: float64(ready), Max: float64(all), Note: ui.Figure(ready) + " of " + ui.Figure(all)}
}

// heads are the words over what was before and what is after.
func (v view) heads() (before, after string) {
	if v.State == planned {
		return "Now", "Then"
	}
	return "Before", "After"
}

// head is the list's word over the column that names its records.
func (v view) head() string {
	first, size := utf8.DecodeRuneInString(v.list.One)
	return string(unicode.ToUpper(first)) + v.list.One[size:]
}

// will lists records of a state, with what changes.
func (v view) will(caption, state string) ui.Table {
	before, after := v.heads()
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: v.head()}, {Label: before}, {Label: after}}}
	for _, r := range v.Lists[state] {
		was, is := r.Before, r.After
		if state == rowRestored {
			was, is = is, was
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.named(r.ID), v.value(was), v.value(is)}})
	}
	return v.first(t, state)
}

// why lists records of a state, with why they stay as they are.
func (v view) why(caption, state string) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: v.head()}, {Label: "Why not"}}}
	for _, r := range v.Lists[state] {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.named(r.ID), ui.Text(r.Reason)}})
	}
	return v.first(t, state)
}

// first says that a table holds only the first of all.
func (v view) first(t ui.Table, state string) ui.Table {
	if n := v.in(state); n > int64(len(t.Rows)) {
		t.Pages = ui.Pages{Count: "The first " + ui.Figure(int64(len(t.Rows))) + " of " + ui.Figure(n)}
	}
	return t
}

// named leads to a record, while it is the viewer's to see.
func (v view) named(id string) templ.Component {
	r := v.Records[id]
	switch {
	case r.Name == "":
		return ui.Quiet("No longer there")
	case r.Path == "":
		return ui.Text(r.Name)
	}
	return ui.Link(r.Path, r.Name)
}

// moves tells how many records go from where to where, most first.
func (v view) moves(state string) ui.Table {
	before, after := v.heads()
	t := ui.Table{Caption: "How many go from where to where",
		Columns: []ui.Column{{Label: before}, {Label: after}, {Label: v.list.Title, Numeric: true}}}
	left := int64(0)
	for _, c := range v.Counts {
		switch {
		case c.State != state:
		case len(t.Rows) == shown:
			left++
		default:
			t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.value(c.Before), v.value(c.After), ui.Text(ui.Figure(c.Records))}})
		}
	}
	if left > 0 {
		t.Pages = ui.Pages{Count: "and " + ui.Figure(left) + " more"}
	}
	return t
}
