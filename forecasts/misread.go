package forecasts

import (
	"net/http"
	"slices"

	"milepost/money"
	"milepost/problem"
)

// check looks whether what is asked for is there: lines by an attribute that deals have, and
// a currency that they are in or can be exchanged into. What is not is said, and left.
func (s *sheet) check(f *Forecast) {
	for name := range f.past.AttributeNames() {
		s.by = append(s.by, f.Name(name))
	}
	slices.Sort(s.by)
	if s.ask.By != "" && s.ask.By != ByCurrency && !slices.Contains(s.by, s.ask.By) {
		s.misread(problem.Invalid("by", "Nothing of that name is known of these deals. Choose what to part them by from the list, or part them by person."))
		s.ask.By, s.ask.Only, s.ask.Lists = "", "", false
	}
}

// Elsewhere is the problem of a currency that was asked for and that nothing can be told in;
// nil where it is told in that currency, or where the organization's own was meant.
func Elsewhere(asked, told, own money.Currency) error {
	if asked == told || asked == own {
		return nil
	}
	return problem.Invalid("currency", "No deal here is in that currency, and none can be exchanged into it. Choose one from the list.")
}

// misread notes what was not understood, if anything; what was noted first is said.
func (s *sheet) misread(wrong error) {
	if s.wrong == nil {
		s.wrong = wrong
	}
}

// wrongOf is what is said beside a choice that was not understood, or empty.
func (s *sheet) wrongOf(field string) string { return problem.ByField(s.wrong)[field] }

func (s *sheet) status() int {
	if s.wrong != nil {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
