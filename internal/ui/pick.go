package ui

import (
	"context"
	"io"
)

// Selection stands over a list whose rows are ticked in order to change them together
// (assets/js/pick.js): how many are ticked, and what can be done with them.
type Selection struct {
	Label   string // what the form is called: “Selected deals”
	Action  string // where what was ticked goes
	Filter  string // the list's filter, as parameters of an address
	All     string // the button for all that the list finds; "" when they are all on this page
	Note    string // said instead of it: why they cannot be taken all
	Earlier string // where changes that were made before are looked at and undone; "" has none
}

// Render writes the bar.
func (s Selection) Render(ctx context.Context, w io.Writer) error { return selection(s).Render(ctx, w) }
