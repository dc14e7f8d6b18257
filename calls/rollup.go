package calls

import (
	"milepost/calendar"
	"milepost/money"
	"milepost/people"
)

// Rollup is what the people right below someone called, added up.
type Rollup struct {
	Commit, Best int64
	Called       int // of those from whom a call is awaited
	Missing      []people.ID
	Any          bool // whether anything was called at all
}

// deepest ends a walk down a reporting line that a mistake bent into a circle.
const deepest = 64

// summer adds calls up the reporting line, as of an instant, in one currency.
type summer struct {
	book    *Book
	period  calendar.Period
	in      money.Currency
	asOf    calendar.Instant
	chart   people.Chart
	awaited func(people.ID) bool
}

// at is what one person called.
func (s *summer) at(person people.ID, scope Scope) (Call, bool) {
	return s.book.At(KeyOf(person, scope, s.period, s.in), s.asOf)
}

// answers is what a person stands for: the team's call of whoever leads others, and where
// there is none what those below called; the own call of whoever leads nobody.
func (s *summer) answers(person people.ID, depth int) (commit, best int64, is bool) {
	if len(s.chart.Reports(person)) == 0 {
		c, is := s.at(person, Own)
		return c.Commit, c.Best, is
	}
	if c, is := s.at(person, Team); is {
		return c.Commit, c.Best, true
	}
	if depth > deepest {
		return 0, 0, false
	}
	r := s.rollup(person, depth+1)
	return r.Commit, r.Best, r.Any
}

// rollup adds up those right below a manager, and the manager's own deals where those were
// called. Whoever did not call stands with what those below them called.
func (s *summer) rollup(manager people.ID, depth int) Rollup {
	var r Rollup
	if c, is := s.at(manager, Own); is {
		r.Commit, r.Best, r.Any = c.Commit, c.Best, true
	}
	for _, person := range s.chart.Reports(manager) {
		commit, best, is := s.answers(person, depth)
		r.Commit, r.Best, r.Any = r.Commit+commit, r.Best+best, r.Any || is
		if s.awaited != nil && !s.awaited(person) {
			continue
		}
		if s.called(person) {
			r.Called++
		} else {
			r.Missing = append(r.Missing, person)
		}
	}
	return r
}

// called tells whether a person gave the call that is awaited of them, in any currency.
func (s *summer) called(person people.ID) bool {
	scope := Own
	if len(s.chart.Reports(person)) > 0 {
		scope = Team
	}
	for _, c := range s.book.Currencies(person, scope, s.period) {
		if _, is := s.book.At(KeyOf(person, scope, s.period, c), s.asOf); is {
			return true
		}
	}
	return false
}
