package plans

import (
	"milepost/accounts"
	"milepost/calendar"
	"milepost/people"
	"milepost/process"
)

// usual is how many days a milestone takes of which the process does not say.
const usual = 14

// draw is the plan that a deal's process suggests: a step for each milestone that does
// not stand yet, from the deal's place on. A typical time counts from reaching the phase
// before, so the milestones of a phase run beside each other, and a phase begins when
// the slowest of the one before is through. What the buyer confirms is theirs to do,
// what shows by a document is ours.
func draw(v *process.Version, stands func(process.MilestoneID) bool, owner people.ID, id func() string, today calendar.Date) []Step {
	var steps []Step
	ids := map[process.MilestoneID]StepID{}
	begins := today
	for i := max(0, v.Definition.Stage(stands)); i < len(v.Definition.Phases); i++ {
		ends := begins
		for _, m := range v.Definition.Phases[i].Milestones {
			if stands(m.ID) {
				continue
			}
			days := m.TypicalDays
			if days == 0 {
				days = usual
			}
			s := Step{ID: StepID(id()), Text: m.Name, Side: sideOf(&m), Due: workday(begins.AddDays(days)), Milestone: m.ID}
			if s.Side == Ours {
				s.Person = owner
			}
			for _, before := range m.After {
				if id, there := ids[before]; there {
					s.After = append(s.After, id)
				}
			}
			ids[m.ID], ends = s.ID, max(ends, s.Due)
			steps = append(steps, s)
		}
		begins = ends
	}
	return later(steps)
}

// later moves steps behind what they wait for; those come before them in the list, but
// for a process whose milestones wait for later ones.
func later(steps []Step) []Step {
	for range steps {
		for i := range steps {
			for _, id := range steps[i].After {
				for _, before := range steps {
					if before.ID == id {
						steps[i].Due = max(steps[i].Due, before.Due)
					}
				}
			}
		}
	}
	inOrder(steps)
	return steps
}

func sideOf(m *process.Milestone) Side {
	for _, k := range m.Markers {
		if k.Kind == process.Confirmed && !k.SellerOnly {
			return Theirs
		}
	}
	return Ours
}

// workday is the day, or the Monday after it.
func workday(d calendar.Date) calendar.Date {
	switch d.Time().Weekday() {
	case 6:
		return d.AddDays(2)
	case 0:
		return d.AddDays(1)
	}
	return d
}

// decider is who decides on the money, if somebody is known who does; else the champion
// is not put in their place: nobody is.
func decider(parts []part) accounts.ContactID {
	for _, p := range parts {
		if p.Role == accounts.EconomicBuyer && p.LeftOn == "" {
			return p.ID
		}
	}
	return ""
}
