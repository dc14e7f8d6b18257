package monday

import (
	"fmt"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/people"
)

// standstill is a line whose quarter stalls, as the page says it.
type standstill struct {
	stall
	Person people.ID
	Name   string // empty for the line that the page is about
	Period calendar.Period
}

// mostStandstills is how many are told; where more stall, it is not about teams.
const mostStandstills = 3

// standstillsIn lists what stalls in a line, of lines within lines the innermost: that
// is where something can be done.
func (s *shelf) standstillsIn(person people.ID, fiscal calendar.Fiscal, sees func(people.ID) bool) []standstill {
	var list []standstill
	for head, one := range s.stalls {
		if head != person && (!sees(head) || person != "" && !slices.Contains(s.people.Chart.Below(person), head)) {
			continue
		}
		inner := slices.ContainsFunc(s.people.Chart.Below(head), func(id people.ID) bool { _, is := s.stalls[id]; return is })
		if inner {
			continue
		}
		told := standstill{stall: one, Person: head, Period: fiscal.Quarter(one.Quarter)}
		if head != person {
			told.Name = s.people.name(head)
		}
		list = append(list, told)
	}
	slices.SortFunc(list, func(a, b standstill) int {
		return int(math.Copysign(1, b.lag()-a.lag()))
	})
	return list[:min(len(list), mostStandstills)]
}

func (s standstill) lag() float64 {
	return s.Of[moved].short(moved) + s.Of[begun].short(begun)
}

// title says what stalls.
func (s standstill) title() string {
	verb := " stalled"
	if s.Span == byDay {
		verb = " is stalling"
	}
	if s.Name != "" {
		return s.Period.Name + verb + " in the team of " + isolate(s.Name)
	}
	return s.Period.Name + verb
}

// reason is why, in figures that anyone can count again.
func (s standstill) reason() string {
	m, b := s.Of[moved], s.Of[begun]
	when := ""
	if s.Span == byDay {
		when = " by this day of the quarter"
	}
	text := fmt.Sprintf("%s on to a later stage%s, against %s on average in the %d quarters before, and %s begun against %s.",
		count(m.Is, "move"), when, figure(int64(math.Round(m.Before))), m.Over, count(b.Is, "deal"), figure(int64(math.Round(b.Before))))
	text += fmt.Sprintf(" Everyone else had %s of their own average in moves, and %s in new deals.", percent(m.Others), percent(b.Others))
	if p, known := s.Of[pushed]; known && p.short(pushed) > 0 {
		text += fmt.Sprintf(" %s moved out of the quarter; %s before.", count(p.Is, "close"), figure(int64(math.Round(p.Before))))
	}
	return text
}

// basis says where the line is, and on how much it rests.
func (s standstill) basis() string {
	return fmt.Sprintf("Nine in ten quarters of teams here came closer to what was to be expected (%s).", count(int64(s.Cases), "quarter"))
}

// path leads to what stands: the open deals of the line, the longest at their stage first.
func (s standstill) path() string { return dealsPath(s.Person, true, "sort", "-stage-age") }
