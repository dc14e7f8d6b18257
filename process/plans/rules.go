package plans

import (
	"slices"
	"strings"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/problem"
)

// What a page still shows, and a person reads.
const (
	longestText  = 200
	longestWords = 2000
	mostSteps    = 60
	mostRemarks  = 500
	longestPlan  = 3660 // days from today
)

func line(field, what, text string, most int) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return "", problem.Invalid(field, "%s has characters that cannot be kept. Type it again.", what)
	case utf8.RuneCountInString(text) > most:
		return text, problem.Invalid(field, "%s has more than %d characters.", what, most)
	}
	return text, nil
}

// checkDay refuses a date that no plan means.
func checkDay(field string, day, today calendar.Date) error {
	if day == "" {
		return nil
	}
	if _, err := calendar.ParseDate(string(day)); err != nil {
		return problem.Invalid(field, "This is not a date. Choose one from the calendar.")
	}
	if away := today.DaysUntil(day); away > longestPlan || away < -longestPlan {
		return problem.Invalid(field, "This date is more than ten years away. Look at the year again.")
	}
	return nil
}

// checked is a step as it can be kept, or what is wrong with it. Who is named in it was
// checked by whoever read the form.
func (s Step) checked(p *Plan, today calendar.Date) (Step, error) {
	var err error
	if s.Text, err = line("text", "The step", s.Text, longestText); err != nil {
		return s, err
	}
	if s.Text == "" {
		return s, problem.Invalid("text", "Say what has to happen, in words that both sides use.")
	}
	if s.Side != Ours && s.Side != Theirs {
		return s, problem.Invalid("owner", "Say whose step it is.")
	}
	if err := checkDay("due", s.Due, today); err != nil {
		return s, err
	}
	if _, there := p.Step(s.ID); !there && len(p.Steps) >= mostSteps {
		return s, problem.Invalid("", "This plan has %d steps already; nobody keeps more in mind. Drop some first.", mostSteps)
	}
	return s, p.checkOrder(&s)
}

// checkOrder refuses to wait for what is not there, for oneself, or for what waits for
// this; and dates that go against the order.
func (p *Plan) checkOrder(s *Step) error {
	for _, id := range s.After {
		before, there := p.Step(id)
		switch {
		case !there:
			return problem.Invalid("after", "A step that this one waits for is not in the plan any more.")
		case id == s.ID || p.waits(id, s.ID, map[StepID]bool{}):
			return problem.Invalid("after", "“%s” and “%s” would each wait for the other.", s.Text, before.Text)
		case s.Due != "" && before.Due != "" && s.Due < before.Due && !before.Done():
			return problem.Invalid("due", "It waits for “%s”, which is due later (%s). Choose a later date, or let it not wait.", before.Text, before.Due)
		}
	}
	return nil
}

// waits tells whether a step waits for another, directly or through others.
func (p *Plan) waits(id, other StepID, seen map[StepID]bool) bool {
	s, there := p.Step(id)
	if !there || seen[id] {
		return false
	}
	seen[id] = true
	return slices.ContainsFunc(s.After, func(before StepID) bool { return before == other || p.waits(before, other, seen) })
}

// Behind lists the open steps that wait for a step, directly or through others, and
// whose dates a new date of it would pass: they move with it.
func (p *Plan) Behind(id StepID, to calendar.Date) []Step {
	var list []Step
	for _, s := range p.Steps {
		if s.ID != id && !s.Done() && s.Due != "" && s.Due < to && p.waits(s.ID, id, map[StepID]bool{}) {
			list = append(list, s)
		}
	}
	return list
}

func (d Decision) checked(today calendar.Date) (Decision, error) {
	var err error
	if d.What, err = line("what", "The decision", d.What, longestText); err != nil {
		return d, err
	}
	return d, checkDay("on", d.On, today)
}
