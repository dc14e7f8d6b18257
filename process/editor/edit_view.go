package editor

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/process"
)

// meant is the draft as it would be had the act not been refused; the draft otherwise.
func (v *view) meant() *process.Definition {
	if v.Meant != nil {
		return v.Meant
	}
	return &v.Draft
}

func (v *view) meantPhase(id string, now process.Phase) process.Phase {
	if i := phaseAt(v.meant(), id); i >= 0 {
		return v.meant().Phases[i]
	}
	return now
}

func (v *view) meantMilestone(now process.Milestone) process.Milestone {
	if m, _, there := v.meant().Milestone(now.ID); there {
		return *m
	}
	return now
}

func (v *view) meantCriterion(now process.Criterion) process.Criterion {
	if c, there := v.meant().Criterion(now.ID); there {
		return *c
	}
	return now
}

// typed is what stood in a field of an act that was refused.
func (v *view) typed(act, at, field string) string {
	if v.Typed == nil || v.Did != act || v.At != at {
		return ""
	}
	return v.Typed.Get(field)
}

// focus keeps the keys where something was just done.
func (v *view) focus(act, at string) templ.Attributes {
	if v.Did != act || v.At != at || v.Open != "" {
		return nil
	}
	return templ.Attributes{"autofocus": true}
}

// editLink opens something for editing; after it was saved, the keys are there again.
func (v view) editLink(id, name, act string) templ.Component {
	attrs := templ.Attributes{"aria-label": "Edit " + name}
	if v.Open == "" && v.At == id && v.Did != "up" && v.Did != "down" && v.Did != "add-milestone" {
		attrs["autofocus"] = true
	}
	if v.Open == id {
		attrs["aria-current"] = "true"
	}
	return ui.LinkButton{Label: "Edit", Small: true, Kind: ui.Ghost, Path: path(v.ID) + "?open=" + id, Attrs: attrs}
}

func (v view) formHead(act, at string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, hidden := range []templ.Component{seenField(&v.Process), ui.Hidden("act", act), ui.Hidden("at", at)} {
			if err := hidden.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

func (v view) formFoot() templ.Component { return formFootPart(path(v.ID)) }

// others are the milestones that may have to stand before one.
func (v view) others(id process.MilestoneID) []ui.Option {
	var list []ui.Option
	for _, p := range v.Draft.Phases {
		for _, m := range p.Milestones {
			if m.ID != id {
				list = append(list, ui.Option{Value: string(m.ID), Label: m.Name})
			}
		}
	}
	return list
}

// lastWords say who changed the draft last, and what.
func (v *view) lastWords() string {
	if len(v.Steps) == 0 {
		return ""
	}
	last := v.Steps[len(v.Steps)-1]
	return nameOf(v.Names, last.By) + " last " + orChanged(last.Words) + "."
}

func orChanged(words string) string {
	if words == "" {
		return "changed it"
	}
	return words
}

func (v view) standing() []ui.Term {
	tone, state := stateWords(&v.Process)
	terms := []ui.Term{{Term: "State", Detail: ui.Badge(tone, state)}, {Term: "Open deals", Detail: ui.Text(grouped(v.Deals))},
		{Term: "Chosen for", Detail: ui.Link(path(v.ID)+"/choice", choiceWords(&v.Choice))}}
	if n := len(v.Versions); n > 0 {
		terms = append(terms, ui.Term{Term: "In use", Detail: ui.Link(path(v.ID)+"/versions/"+strconv.Itoa(n), "version "+strconv.Itoa(n))})
	}
	return terms
}

func idValues(list []process.MilestoneID) []string {
	values := make([]string, len(list))
	for i, id := range list {
		values[i] = string(id)
	}
	return values
}

func ticked(is bool) []string {
	if is {
		return []string{"on"}
	}
	return nil
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func nameOrNone(name string) string {
	if name == "" {
		return "Without a name"
	}
	return name
}

func newMarkerLegend(there int) string {
	if there == 0 {
		return "How it shows: a first marker"
	}
	return "Another marker"
}
