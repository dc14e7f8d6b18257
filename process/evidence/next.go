package evidence

import (
	"fmt"
	"slices"

	"milepost/calendar"
)

// Step is a milestone that is worth working on next, and why.
type Step struct {
	Stone
	Why string
}

// mostSteps is how many are named; more is no advice.
const mostSteps = 4

// ahead finds the phase that comes next, and what to work on there: what is missing,
// or was rejected, and waits for nothing else; what is required first, and of those
// what is due first. A first phase that was not shown yet comes before the second.
func (m *Map) ahead() {
	m.Toward = m.Here + 1
	if m.Here == 0 && len(m.Phases) > 0 && m.Phases[0].lacksRequired() {
		m.Toward = 0
	}
	if m.Toward >= len(m.Phases) {
		return
	}
	phase := &m.Phases[m.Toward]
	required := slices.ContainsFunc(phase.Stones, func(s Stone) bool { return s.Required })
	for _, stone := range phase.Stones {
		if !stone.Shown.Stands() && len(stone.Waits) == 0 {
			m.Next = append(m.Next, Step{stone, why(&stone, phase.Name, required, m.Toward == 0)})
		}
	}
	slices.SortStableFunc(m.Next, func(a, b Step) int {
		if a.Required != b.Required {
			return map[bool]int{true: -1, false: 1}[a.Required]
		}
		return compareDue(a.Due, b.Due)
	})
	m.Next = m.Next[:min(len(m.Next), mostSteps)]
}

func (s *Stretch) lacksRequired() bool {
	return slices.ContainsFunc(s.Stones, func(s Stone) bool { return s.Required && !s.Shown.Stands() })
}

// compareDue puts what is due first first, and what nobody knows last.
func compareDue(a, b calendar.Date) int {
	switch {
	case a == b:
		return 0
	case b == "" || a != "" && a < b:
		return -1
	}
	return 1
}

// why says in a sentence why a milestone is worth working on. Required tells whether
// its phase requires any; begins, whether the deal still has to show the first phase.
func why(s *Stone, phase string, required, begins bool) string {
	switch {
	case s.Shown.State == Rejected && s.Shown.Reply != "":
		return "It was rejected, and answered. New evidence would settle it."
	case s.Shown.State == Rejected:
		return "It was rejected. Give what was missing, or say what you see otherwise."
	case s.Required && begins:
		return fmt.Sprintf("Everything begins with it: “%s” is not shown without it.", phase)
	case s.Required:
		return fmt.Sprintf("“%s” is not reached without it.", phase)
	case !required:
		return fmt.Sprintf("Any one milestone of “%s” brings the deal there.", phase)
	}
	return fmt.Sprintf("“%s” is reached without it, but it makes the deal stronger.", phase)
}
