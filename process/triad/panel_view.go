package triad

import (
	"strconv"

	"github.com/a-h/templ"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

func dealPath(deal deals.ID) string { return "/deals/" + string(deal) }

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

var partLabels = map[process.Part]string{process.Functional: "Functional need", process.Financial: "Financial means", process.Political: "Political support"}

// partWords are the parts in a word each, under the drawing.
var partWords = map[process.Part]string{process.Functional: "need", process.Financial: "money", process.Political: "support"}

var stateLabels = map[State]string{Unknown: "not known", Unmet: "not met", Met: "met", Verified: "verified"}

var stateTones = map[State]ui.Tone{Unmet: ui.Bad, Met: ui.Accent, Verified: ui.Good}

// tone is the colour of an answer; an old one has none, and beside it stands that it is
// to be asked again.
func (v *panelView) tone(a *Asked) ui.Tone {
	if a.Stale(v.Now.At) {
		return ui.Plain
	}
	return stateTones[a.State()]
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

func (v *panelView) name(id people.ID) string {
	if name := v.names[id]; name != "" {
		return name
	}
	return "someone"
}

func (v *panelView) contact(id accounts.ContactID) string {
	for _, p := range v.Parties {
		if p.ID == id {
			return p.Name
		}
	}
	return "someone of the buyer's"
}

func (v *panelView) day(at calendar.Instant) string { return dayText(calendar.DateOf(at, v.Now.Place)) }

// told says who gave an answer, and when.
func (v *panelView) told(a *Assessment) string {
	if a.Sort == evidence.ImportSort {
		text := v.day(a.At) + ", from a history that was brought in"
		if a.Whole {
			text += ", of “" + a.Question + "” as a whole"
		}
		return text
	}
	return v.name(a.By) + ", " + v.day(a.At)
}

// said is what a contact's word is told by: "Ana Silva, in a meeting".
func (v *panelView) said(a *Assessment) string {
	if a.Contact == "" {
		return ""
	}
	return v.contact(a.Contact) + " said so " + a.How
}

// conflict tells whether the form that is open clashes with what somebody else said.
func (v *panelView) conflict() bool { return problem.Is(v.Problem, problem.KindConflict) }

func (v *panelView) seen() string { return strconv.FormatInt(v.Typed.Seen, 10) }

// button is what the way to the form is called.
func (v *panelView) button(a *Asked) string {
	switch {
	case a.Stale(v.Now.At):
		return "Ask again"
	case a.State() == Unknown:
		return "Assess"
	}
	return "Change"
}

func levelText(level int) string {
	return "level " + strconv.Itoa(level) + " of " + strconv.Itoa(process.HighestLevel)
}

func levelTone(level int) ui.Tone {
	switch level {
	case process.HighestLevel:
		return ui.Good
	case 0:
		return ui.Plain
	}
	return ui.Accent
}

// opens are the attributes of the way to a form.
func (v *panelView) opens(a *Asked) templ.Attributes {
	attrs := inPanel(v.formPath(a.ID))
	attrs["aria-label"] = v.button(a) + ": " + a.Question
	attrs["autofocus"] = v.Back == a.ID
	return attrs
}

// lead says by which process the criteria are asked.
func (v *panelView) lead() string {
	if v.Version == nil {
		return ""
	}
	return "By “" + v.Version.Definition.Name + "”, version " + strconv.Itoa(v.Version.Number)
}

func staleTitle(n int) string {
	if n == 1 {
		return "One answer is to be asked again"
	}
	return strconv.Itoa(n) + " answers are to be asked again"
}

func (v *panelView) staleSentence() string {
	return "What was asked more than " + strconv.Itoa(v.Version.Definition.StaleAfter) + " days ago does not count until it is asked again."
}

// hint says what counts as verified.
func (v *panelView) hint(a *Asked) string {
	if a.Verified == "" {
		return ""
	}
	return "Verified means: " + a.Verified
}

// refusal is what the form says on top. A clash of two answers is said by both.
func (v *panelView) refusal() error { return v.Problem }

func (v *panelView) ticked() []string {
	if v.Typed.Confidential {
		return []string{"1"}
	}
	return nil
}

func (v *panelView) saveLabel() string {
	if v.conflict() {
		return "Save mine over theirs"
	}
	return "Save"
}

func (v *panelView) leaveLabel() string {
	if v.conflict() {
		return "Leave theirs"
	}
	return "Cancel"
}

func stepClass(reached bool) string {
	if reached {
		return "bar-fill"
	}
	return "bar-track"
}
