package ui

import "github.com/a-h/templ"

// Inline is a value that is changed where it stands: a click or Enter puts the form in
// its place, Enter saves, Esc gives up (assets/js/drafts.js). Without a script the form
// is a page of its own.
type Inline struct {
	Name   string          // of the field
	Place  string          // the id of its place on the page
	Noun   string          // what it is called in a sentence
	Shown  templ.Component // as it is read; nil while there is none
	Frozen bool            // it can only be read

	Edit    string // the path of the form
	Plain   string // where it is changed without a script; Edit unless given
	Value   string // the path of the value, for a form that is left
	Save    string // where the form goes
	Page    string // the page that the value stands on
	Version string // that the form was made from
	Draft   string // by which what is typed is kept in the browser

	Focus   bool   // the keyboard was here before
	Part    bool   // a part of a page that is there already
	Hint    string // under the input
	Wrong   string // with what was typed
	General string // with something else
	Clash   *Clash
}

// Clash is what someone else did to a value while it was being edited.
type Clash struct {
	By                 string
	Before, Now, Typed templ.Component // nil for nothing
	When               templ.Component
}

func (i Inline) editLabel() string {
	if i.Shown == nil {
		return "Add " + i.Noun
	}
	return "Change " + i.Noun
}

func (i Inline) editIcon() string {
	if i.Shown == nil {
		return "plus"
	}
	return "pencil"
}

func (i Inline) saveLabel() string {
	if i.Clash != nil {
		return "Save mine"
	}
	return "Save"
}

func (i Inline) leaveLabel() string {
	if i.Clash != nil {
		return "Leave theirs"
	}
	return "Cancel"
}

// opens are the attributes of the link that puts the form in the value's place.
func (i Inline) opens() templ.Attributes {
	all := templ.Attributes{"hx-get": i.Edit, "hx-target": "#" + i.Place, "hx-swap": "outerHTML", "data-edit": i.Name}
	if i.Focus {
		all["data-focus"] = true
	}
	return all
}

// leaves are the attributes of the link that puts the value back.
func (i Inline) leaves() templ.Attributes {
	return templ.Attributes{"hx-get": i.Value, "hx-target": "#" + i.Place, "hx-swap": "outerHTML", "data-draft-leave": true}
}

// Input are the attributes of the form's first input: what describes it, and that the
// keyboard goes there; the browser sees to that on a new page, drafts.js in a part of
// one.
func (i Inline) Input() templ.Attributes {
	all := templ.Attributes{}
	switch {
	case i.Wrong != "":
		all["aria-invalid"], all["aria-describedby"] = "true", i.Place+"-error"
	case i.Hint != "":
		all["aria-describedby"] = i.Place + "-hint"
	}
	if i.Part {
		all["data-focus"] = true
	} else {
		all["autofocus"] = true
	}
	return all
}
