package accounts

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// heads are the words over what was before and what is after.
func (v bulkView) heads() (before, after string) {
	if v.State == bulkPlanned {
		return "Now", "Then"
	}
	return "Before", "After"
}

// table lists accounts of a state, with what changes or with why not.
func (v bulkView) table(caption string, reasons bool, state string) ui.Table {
	before, after := v.heads()
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: "Account"}, {Label: before}, {Label: after}}}
	if reasons {
		t.Columns = []ui.Column{{Label: "Account"}, {Label: "Why not"}}
	}
	for _, p := range v.Lists[state] {
		cells := []templ.Component{v.named(p.Account), v.value(p.Before), v.value(p.After)}
		switch {
		case reasons:
			cells = []templ.Component{v.named(p.Account), ui.Text(p.Reason)}
		case state == rowRestored:
			cells = []templ.Component{v.named(p.Account), v.value(p.After), v.value(p.Before)}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	if n := v.in(state); n > len(t.Rows) {
		t.Pages = ui.Pages{Count: fmt.Sprintf("The first %d of %d", len(t.Rows), n)}
	}
	return t
}

// named leads to the account, while it is the viewer's to see.
func (v bulkView) named(id ID) templ.Component {
	if _, seen := v.Seen[id]; seen {
		return ui.Link("/accounts/"+string(id), v.All[id].Name)
	}
	return ui.Text(v.All[id].Name)
}

// moves tells how many accounts go from whom to whom, most first.
func (v bulkView) moves(state string) ui.Table {
	before, after := v.heads()
	t := ui.Table{Caption: "How many go from where to where",
		Columns: []ui.Column{{Label: before}, {Label: after}, {Label: "Accounts", Numeric: true}}}
	to := v.Value
	if v.What == bulkOwner && to == nobody {
		to = ""
	}
	left := 0
	for _, c := range v.Counts {
		switch {
		case c.State != state:
		case len(t.Rows) == shownInBulk:
			left++
		default:
			t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.value(c.Before), v.value(to), ui.Text(itoa(c.Accounts))}})
		}
	}
	if left > 0 {
		t.Pages = ui.Pages{Count: fmt.Sprintf("and %d more", left)}
	}
	return t
}

// whence is what the table of moves is called.
func (v bulkView) whence() string {
	if v.What == bulkOwner {
		return "From whom to whom"
	}
	return "From what to what"
}
