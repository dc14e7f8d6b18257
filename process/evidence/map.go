package evidence

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/process"
)

// Map is a deal's way through its process: what was shown in each phase, what is
// missing, and what is worth working on next.
type Map struct {
	Phases  []Stretch
	Here    int // the place of the phase that the deal has reached
	Toward  int // the place of the phase that comes next; len(Phases) when there is none
	Stands  int // milestones that count
	Total   int
	Overdue int
	Next    []Step
}

// Stretch is a phase on the map.
type Stretch struct {
	process.Phase
	Reached calendar.Instant // 0 while it is not
	Here    bool
	Stones  []Stone
}

// Stone is a milestone on the map.
type Stone struct {
	process.Milestone
	Shown   Milestone
	Due     calendar.Date // empty when nothing says when
	Overdue bool          // it does not stand, and should
	Waits   []string      // the names of those that must stand before, and do not
}

// Draw makes the map of a deal as it stands at a moment. What is overdue in a deal that
// has ended matters to nobody any more.
func Draw(v *process.Version, s *Standing, o *deals.Opportunity, now deals.Now) Map {
	m := Map{Here: v.Definition.Stage(s.Stands)}
	reached := s.Reached(v, o.CreatedAt)
	for i, phase := range v.Definition.Phases {
		stretch := Stretch{Phase: phase, Reached: reached[i], Here: i == m.Here}
		if i > m.Here {
			stretch.Reached = 0
		}
		for j := range phase.Milestones {
			stone := Stone{Milestone: phase.Milestones[j], Shown: s.Of(phase.Milestones[j].ID), Due: Due(&phase.Milestones[j], i, reached, now.Place)}
			stone.Overdue = o.IsOpen() && !stone.Shown.Stands() && stone.Due != "" && stone.Due < now.Today()
			for _, id := range stone.After {
				if before, _, there := v.Definition.Milestone(id); there && !s.Stands(id) {
					stone.Waits = append(stone.Waits, before.Name)
				}
			}
			m.Total++
			if stone.Shown.Stands() {
				m.Stands++
			}
			if stone.Overdue {
				m.Overdue++
			}
			stretch.Stones = append(stretch.Stones, stone)
		}
		m.Phases = append(m.Phases, stretch)
	}
	if o.IsOpen() {
		m.ahead()
	}
	return m
}

// Stone finds a milestone on the map, and the phase that it is in.
func (m *Map) Stone(id process.MilestoneID) (*Stone, *Stretch, bool) {
	for i := range m.Phases {
		for j := range m.Phases[i].Stones {
			if m.Phases[i].Stones[j].ID == id {
				return &m.Phases[i].Stones[j], &m.Phases[i], true
			}
		}
	}
	return nil, nil, false
}
