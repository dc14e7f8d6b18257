package ui

import "github.com/a-h/templ"

// attr is an attribute that is left out when it is empty.
func attr(name, value string) templ.Attributes {
	if value == "" {
		return nil
	}
	return templ.Attributes{name: value}
}
