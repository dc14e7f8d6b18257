package reference

import (
	"fmt"
	"strings"

	"milepost/internal/ui"
	"milepost/problem"
)

// field is the input of one figure.
func (f *form) field(name, label, unit string) ui.FormField {
	return ui.FormField{Name: name, Label: label, Value: f.Texts[name], Suffix: unit, InputMode: "decimal", MaxLength: longestNumber,
		Required: true, Error: problem.ByField(f.Wrong)[name]}
}

// rung names a rung, with the stages that stand there.
func (f *form) rung(i int) string {
	text := fmt.Sprintf("Rung %d of %d", i+1, f.Rungs)
	shape := Table{Rungs: make([]Rung, f.Rungs)}
	var names []string
	for _, s := range f.Taught.Stages {
		if shape.Nearest(s.Height) == i {
			names = append(names, s.Name)
		}
	}
	switch {
	case len(names) > 0:
		text += ": " + strings.Join(names, ", ")
	case i == 0:
		text += ": where a sale begins"
	case i == f.Rungs-1:
		text += ": where it is about to end"
	}
	return text
}

func (f *form) subtitle() string {
	return "What becomes of deals on each rung; what is neither won nor no action is lost. One cycle is " + span(f.Taught.Cycle) + " here."
}

func (f *form) submit() string {
	if len(f.Clash) > 0 {
		return "Save mine"
	}
	return "Save as a new table"
}

func upperFirst(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
