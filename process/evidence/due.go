package evidence

import (
	"time"

	"milepost/calendar"
	"milepost/process"
)

// Reached tells when a deal reached each phase of a version. The first is reached when
// the deal is opened; another when what it requires came to stand, or when a later one
// was reached. 0 is a phase that the deal has not reached.
func (s *Standing) Reached(v *process.Version, opened calendar.Instant) []calendar.Instant {
	at := make([]calendar.Instant, len(v.Definition.Phases))
	later := calendar.Instant(0)
	for i := len(at) - 1; i >= 0; i-- {
		at[i] = s.came(&v.Definition.Phases[i])
		if i == 0 {
			at[i] = opened
		}
		if later != 0 && (at[i] == 0 || later < at[i]) {
			at[i] = later
		}
		later = at[i]
	}
	return at
}

// came is when a phase was shown by its own milestones: the last of those that it
// requires, or the first of any when it requires none. 0 while it is not.
func (s *Standing) came(p *process.Phase) calendar.Instant {
	if len(p.Missing(s.Stands)) > 0 {
		return 0
	}
	required, any := calendar.Instant(0), calendar.Instant(0)
	for i := range p.Milestones {
		m := s.Of(p.Milestones[i].ID)
		if !m.Stands() {
			continue
		}
		if any == 0 || m.Since < any {
			any = m.Since
		}
		if p.Milestones[i].Required {
			required = max(required, m.Since)
		}
	}
	if required != 0 {
		return required
	}
	return any
}

// Due is the day by which a milestone is typically there: its typical days after the
// deal reached the phase before, or, for the first phase, after the deal was opened.
// It is empty when nobody knows how long it takes, and while the phase before was not
// reached.
func Due(m *process.Milestone, phase int, reached []calendar.Instant, place *time.Location) calendar.Date {
	from := calendar.Instant(0)
	if before := max(0, phase-1); before < len(reached) {
		from = reached[before]
	}
	if from == 0 || m.TypicalDays == 0 {
		return ""
	}
	return calendar.DateOf(from, place).AddDays(m.TypicalDays)
}
