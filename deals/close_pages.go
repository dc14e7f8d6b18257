package deals

import (
	"cmp"
	"strings"

	"milepost/problem"
)

// closeDeal reads how a deal ended: the outcome and the reason as one choice, to whom
// it was lost, and what they said. Who sends the parts apart is understood too.
func closeDeal(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) {
		on, err := parseDate("date", d.form.Get("date"))
		if err != nil {
			return nil, err
		}
		c := Closing{Outcome: Outcome(d.form.Get("outcome")), Reason: d.form.Get("reason"), Words: d.form.Get("words"), On: on}
		if outcome, reason, chosen := strings.Cut(d.form.Get("end"), ":"); chosen {
			c.Outcome, c.Reason = Outcome(outcome), reason
		}
		named := cmp.Or(strings.TrimSpace(d.form.Get("competitor")), d.form.Get("to"))
		c.Competitor = cmp.Or(o.competes(named), d.usual.spelled(named))
		return Close(o, c, d.now)
	}
}

// end is one choice of the form: an outcome with a reason, which may be left to words.
func end(o Outcome, reason string) string { return string(o) + ":" + reason }

// chosenEnd is the choice that was made before a refusal.
func (v deedView) chosenEnd() string {
	if v.Typed == nil {
		return ""
	}
	if chosen := v.Typed.Get("end"); chosen != "" {
		return chosen
	}
	return end(Outcome(v.Typed.Get("outcome")), "")
}

func endTitle(o Outcome) string {
	switch o {
	case Won:
		return "Won: why did they buy?"
	case Lost:
		return "Lost: why?"
	}
	return "No action: what stopped it?"
}

func (v deedView) wrong(field string) string { return problem.ByField(v.Refusal)[field] }

// inTheirWords is a reason, and in quotes what was said.
func inTheirWords(reason, words string) string {
	switch {
	case words == "":
		return reason
	case reason == "":
		return quoted(words)
	}
	return reason + "\n" + quoted(words)
}
