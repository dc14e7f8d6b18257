package products

import (
	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

func (k desk) today() calendar.Date { return calendar.DateOf(k.now, k.v.Organization.Place()) }

// facts are the fields of a product, each to be changed in its place.
func (v *productView) facts() []ui.Term {
	terms := make([]ui.Term, len(fields))
	for i, f := range fields {
		terms[i] = ui.Term{Term: f.Label, Detail: fieldValue(v.field(f.Name))}
	}
	return terms
}

func (v fieldView) editLabel() string {
	if v.now() == "" {
		return "Add " + v.ask()
	}
	return "Change " + v.ask()
}

func (v fieldView) editIcon() string {
	if v.now() == "" {
		return "plus"
	}
	return "pencil"
}

func (v fieldView) saveLabel() string {
	if v.Clash != nil {
		return "Save mine"
	}
	return "Save"
}

func (v fieldView) leaveLabel() string {
	if v.Clash != nil {
		return "Leave theirs"
	}
	return "Cancel"
}

// opens are the attributes of the link that puts the form in the value's place.
func (v fieldView) opens() templ.Attributes {
	all := templ.Attributes{"hx-get": v.editPath(), "hx-target": "#" + v.place(), "hx-swap": "outerHTML"}
	if v.Focus {
		all["data-focus"] = true
	}
	return all
}

// leaves are the attributes of the link that puts the value back.
func (v fieldView) leaves() templ.Attributes {
	return templ.Attributes{"hx-get": v.path() + "/value?field=" + v.field.Name, "hx-target": "#" + v.place(), "hx-swap": "outerHTML", "data-draft-leave": true}
}

func (v fieldView) described(wrong string) templ.Attributes {
	switch {
	case wrong != "":
		return templ.Attributes{"aria-invalid": "true", "aria-describedby": v.place() + "-error"}
	case v.field.Hint != "":
		return templ.Attributes{"aria-describedby": v.place() + "-hint"}
	}
	return nil
}

// focus takes the keyboard to an input: the browser does so on a new page, and
// drafts.js in a part of one.
func focus(inline bool) templ.Attributes {
	if inline {
		return templ.Attributes{"data-focus": true}
	}
	return templ.Attributes{"autofocus": true}
}
