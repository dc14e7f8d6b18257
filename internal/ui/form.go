package ui

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"milepost/problem"
)

// FormHead is a form's address and its buttons.
type FormHead struct {
	Action  string
	Method  string // "post" unless given
	Submit  string // the label of the button; "" leaves the buttons to the children
	Cancel  string // a path back, shown as a link
	Problem error  // a refusal: its general sentence is shown on top
	Files   bool   // the form sends files
	Attrs   templ.Attributes
}

// FormField is a labelled input with its hint and its error.
type FormField struct {
	Name, Label  string
	Type         string // any input type, or select, textarea, checkbox, radio, checkboxes; text unless given
	Value        string
	Values       []string // what is chosen of checkboxes, or of a select with Multiple
	Options      []Option // of a select, radio, checkboxes
	Hint, Error  string
	ID           string // "f-" and the name unless given
	Placeholder  string
	Autocomplete string
	InputMode    string
	Min, Max     string
	Step         string
	MaxLength    int
	Rows         int    // of a textarea
	Prefix       string // before the input: a currency
	Suffix       string // after it: a unit
	Required     bool
	Disabled     bool
	ReadOnly     bool
	Multiple     bool
	Autofocus    bool
	Short        bool // as wide as a date or an amount
	Attrs        templ.Attributes
}

// Option is one choice. Consecutive options of one Group stand under its name.
type Option struct {
	Value, Label, Hint, Group string
	Disabled                  bool
}

// Render writes the field.
func (f FormField) Render(ctx context.Context, w io.Writer) error { return formField(f).Render(ctx, w) }

func (f FormField) id() string { return orElse(f.ID, "f-"+f.Name) }

// chosen tells whether an option is.
func (f FormField) chosen(value string) bool {
	return slices.Contains(f.Values, value) || len(f.Values) == 0 && f.Value == value
}

// attrs are those that every kind of input shares.
func (f FormField) attrs() templ.Attributes {
	all := templ.Attributes{"id": f.id(), "name": f.Name, "required": f.Required, "disabled": f.Disabled,
		"readonly": f.ReadOnly, "autofocus": f.Autofocus, "multiple": f.Multiple}
	for name, value := range map[string]string{"placeholder": f.Placeholder, "autocomplete": f.Autocomplete,
		"inputmode": f.InputMode, "min": f.Min, "max": f.Max, "step": f.Step, "aria-describedby": f.describedBy()} {
		if value != "" {
			all[name] = value
		}
	}
	if f.MaxLength > 0 {
		all["maxlength"] = strconv.Itoa(f.MaxLength)
	}
	if f.Error != "" {
		all["aria-invalid"] = "true"
	}
	for name, value := range f.Attrs {
		all[name] = value
	}
	return all
}

// describedBy ties the hint and the error to the input.
func (f FormField) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.id()+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.id()+"-error")
	}
	return strings.Join(ids, " ")
}

// choiceID is the id of one radio or checkbox of a group.
func (f FormField) choiceID(i int) string { return f.id() + "-" + strconv.Itoa(i) }

// choiceType is what each choice of a group is.
func (f FormField) choiceType() string {
	if f.Type == "radio" {
		return "radio"
	}
	return "checkbox"
}

// general is the sentence of a refusal that concerns no field, or a summary when
// only fields are concerned.
func (h FormHead) general() string {
	if h.Problem == nil {
		return ""
	}
	found := problem.ByField(h.Problem)
	switch {
	case found[""] != "":
		return found[""]
	case len(found) == 1:
		return "One answer needs another look."
	case len(found) > 1:
		return strconv.Itoa(len(found)) + " answers need another look."
	}
	return "This could not be saved. Try again in a moment."
}

func (h FormHead) encoding() string {
	if h.Files {
		return "multipart/form-data"
	}
	return "application/x-www-form-urlencoded"
}
