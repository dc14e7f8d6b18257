package plans

import (
	"net/url"
	"strings"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

// sharedView is the plan as the buyer sees it: nothing is in it that the page does not
// show.
type sharedView struct {
	*guest
	book
	Token   string
	Today   calendar.Date
	Said    string
	Problem error
	Of      string     // which form was refused
	Typed   url.Values // in it
}

// answers are what the page says after something was sent.
var answers = map[string]string{
	"confirmed": "Thank you. It is noted, with your name.",
	"date":      "Thank you. Your date is on its way; you find the answer here.",
	"said":      "Thank you. It is noted.",
	"colleague": "Thank you. We will get in touch with your colleague.",
}

// sentence is what a refusal says.
func sentence(err error) string {
	if p, ok := problem.Of(err); ok {
		return p.Sentence
	}
	return "This could not be taken in. Please try again."
}

func dateOf(at calendar.Instant, o people.Organization) calendar.Date {
	return calendar.DateOf(at, o.Place())
}

// openSteps are those of a side that are still to be done.
func (v *sharedView) openSteps(side Side) []Step {
	var list []Step
	for _, s := range v.Plan.Steps {
		if !s.Done() && s.Side == side {
			list = append(list, s)
		}
	}
	return list
}

func (v *sharedView) doneSteps() []Step {
	var list []Step
	for _, s := range v.Plan.Steps {
		if s.Done() {
			list = append(list, s)
		}
	}
	return list
}

// doneWords say who said when that a step is done.
func (v *sharedView) doneWords(s *Step) string {
	if s.Course.ConfirmedAt != 0 {
		return "Confirmed by " + v.contact(s.Course.Contact) + " on " + dateOf(s.Course.ConfirmedAt, v.Org).Long()
	}
	return "Done on " + dateOf(s.Course.DoneAt, v.Org).Long() + ", says " + v.person(s.Course.DoneBy)
}

// waitsFor names the open steps that a step waits for.
func (p *Plan) waitsFor(s *Step) string {
	var names []string
	for _, id := range s.After {
		if before, there := p.Step(id); there && !before.Done() {
			names = append(names, before.Text)
		}
	}
	return strings.Join(names, "”, “")
}

func (v *sharedView) waitsFor(s *Step) string { return v.Plan.waitsFor(s) }

// wished is the date that this guest wished for a step, while it waits for an answer.
func (v *sharedView) wished(id StepID) string {
	for _, r := range v.Plan.Waiting() {
		if r.Step == id && r.Contact == v.Who.ID && r.Date != "" {
			return r.Date.Long()
		}
	}
	return ""
}

// terms are the lines under the decision.
func (v *sharedView) terms() []ui.Term {
	var list []ui.Term
	if on := v.Plan.Decision.On; on != "" {
		list = append(list, ui.Term{Term: "By when", Detail: ui.DueDate(on, v.Today)})
	}
	if by := v.Plan.Decision.By; by != "" {
		list = append(list, ui.Term{Term: "By whom", Detail: ui.Text(v.contact(by))})
	}
	if v.Link.Amount && v.Deal.Amount != nil {
		list = append(list, ui.Term{Term: "Amount", Detail: ui.Money(*v.Deal.Amount)})
	}
	return list
}
