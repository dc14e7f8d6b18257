package triad

import (
	"strconv"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/problem"
	"milepost/process"
)

func (v *panelView) path() string { return "/triad/deals/" + string(v.Deal.ID) + "/panel" }

func (v *panelView) action() string { return "/triad/deals/" + string(v.Deal.ID) + "/assess" }

func (v *panelView) formPath(id process.CriterionID) string {
	return v.path() + "?criterion=" + string(id)
}

// inPanel are the attributes of a link that shows the panel anew.
func inPanel(path string) templ.Attributes {
	return templ.Attributes{"hx-get": path, "hx-target": "#triad-panel", "hx-swap": "outerHTML"}
}

// leaves are those of a link by which a form is left, and what was typed forgotten.
func leaves(path string) templ.Attributes {
	attrs := inPanel(path)
	attrs["data-draft-leave"] = true
	return attrs
}

// sends are those of the form. A server's mistake leaves what was typed.
func (v *panelView) sends(id process.CriterionID) templ.Attributes {
	return templ.Attributes{"hx-post": v.action(), "hx-target": "#triad-panel", "hx-swap": "outerHTML", "novalidate": true,
		"hx-status:401": "swap:none", "hx-status:403": "swap:none", "hx-status:404": "swap:none", "hx-status:5xx": "swap:none",
		"data-draft": "triad:" + string(v.Deal.ID) + ":" + string(id), "data-draft-path": v.formPath(id)}
}

func stateOptions() []ui.Option {
	return []ui.Option{{Value: string(Unknown), Label: "Not known"}, {Value: string(Unmet), Label: "Not met"},
		{Value: string(Met), Label: "Met, as far as we know"}, {Value: string(Verified), Label: "Verified, and here is what shows it"}}
}

func (v *panelView) partyOptions() []ui.Option {
	options := []ui.Option{{Label: "Nobody in particular"}}
	for _, p := range v.Parties {
		label := p.Name
		if p.Role != "" {
			label += ", " + p.Role.Label()
		}
		options = append(options, ui.Option{Value: string(p.ID), Label: label})
	}
	return options
}

var howOptions = []ui.Option{{Label: "Choose"}, {Value: "in a meeting"}, {Value: "by telephone"}, {Value: "in writing"}, {Value: "through somebody else"}}

func hows() []ui.Option {
	options := append([]ui.Option(nil), howOptions...)
	for i := range options {
		if options[i].Label == "" {
			options[i].Label = options[i].Value
		}
	}
	return options
}

func (v *panelView) wrong() map[string]string { return problem.ByField(v.Problem) }

// conflict tells whether the form that is open clashes with what somebody else said.
func (v *panelView) conflict() bool { return problem.Is(v.Problem, problem.KindConflict) }

func (v *panelView) seen() string { return strconv.FormatInt(v.Typed.Seen, 10) }

// opens are the attributes of the way to a form.
func (v *panelView) opens(a *Asked) templ.Attributes {
	attrs := inPanel(v.formPath(a.ID))
	attrs["aria-label"] = v.button(a) + ": " + a.Question
	attrs["autofocus"] = v.Back == a.ID
	return attrs
}

// refusal is what the form says on top. A clash of two answers is said by both.
func (v *panelView) refusal() error { return v.Problem }

func (v *panelView) ticked() []string {
	if v.Typed.Confidential {
		return []string{"1"}
	}
	return nil
}

func stepClass(reached bool) string {
	if reached {
		return "bar-fill"
	}
	return "bar-track"
}
