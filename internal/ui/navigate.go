package ui

import "github.com/a-h/templ"

// Opens are the attributes of a button that opens a dialog.
func Opens(id string) templ.Attributes {
	return templ.Attributes{"commandfor": id, "command": "show-modal", "aria-haspopup": "dialog"}
}

// Closes are the attributes of a button that closes a dialog.
func Closes(id string) templ.Attributes {
	return templ.Attributes{"commandfor": id, "command": "close"}
}
