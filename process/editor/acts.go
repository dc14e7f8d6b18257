package editor

import (
	"fmt"
	"slices"

	"milepost/problem"
	"milepost/process"
)

// act is one thing that is done to a draft: a rule on definitions, with words for the
// history. Focus is where the eye, and the keys, are afterwards.
type act struct {
	Name  string // "add-phase", "edit-milestone", "up" ...
	At    string // the id of what it is done to
	apply func(*process.Definition) (words string, err error)
}

var errGone = problem.Conflict("", "This is not part of the process any more: somebody removed it, or you did in another window.")

func phaseAt(d *process.Definition, id string) int {
	return slices.IndexFunc(d.Phases, func(p process.Phase) bool { return string(p.ID) == id })
}

// milestoneAt finds the places of a milestone; false when it is not there.
func milestoneAt(d *process.Definition, id string) (phase, place int, there bool) {
	for i := range d.Phases {
		for j := range d.Phases[i].Milestones {
			if string(d.Phases[i].Milestones[j].ID) == id {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

func criterionAt(d *process.Definition, id string) int {
	return slices.IndexFunc(d.Criteria, func(c process.Criterion) bool { return string(c.ID) == id })
}

// step moves a phase, a milestone or a criterion one place up (-1) or down (1). A
// milestone at the end of its phase goes on in the neighbouring one; a criterion moves
// among those of its part.
func step(d *process.Definition, id string, by int) (string, error) {
	if i := phaseAt(d, id); i >= 0 {
		to := i + by
		if to < 0 || to >= len(d.Phases) {
			return "", problem.Invalid("", "“%s” stands at the end already.", d.Phases[i].Name)
		}
		d.Phases[i], d.Phases[to] = d.Phases[to], d.Phases[i]
		return fmt.Sprintf("moved the phase “%s”", d.Phases[to].Name), nil
	}
	if i := criterionAt(d, id); i >= 0 {
		for to := i + by; to >= 0 && to < len(d.Criteria); to += by {
			if d.Criteria[to].Part == d.Criteria[i].Part {
				d.Criteria[i], d.Criteria[to] = d.Criteria[to], d.Criteria[i]
				return fmt.Sprintf("moved the criterion “%s”", d.Criteria[to].Question), nil
			}
		}
		return "", problem.Invalid("", "This criterion stands at the end already.")
	}
	phase, place, there := milestoneAt(d, id)
	if !there {
		return "", errGone
	}
	switch to := place + by; {
	case to >= 0 && to < len(d.Phases[phase].Milestones):
		return put(d, id, string(d.Phases[phase].ID), to)
	case phase+by < 0 || phase+by >= len(d.Phases):
		return "", problem.Invalid("", "“%s” stands at the end already.", d.Phases[phase].Milestones[place].Name)
	case by < 0:
		return put(d, id, string(d.Phases[phase-1].ID), len(d.Phases[phase-1].Milestones))
	default:
		return put(d, id, string(d.Phases[phase+1].ID), 0)
	}
}

// put brings a milestone to a place in a phase.
func put(d *process.Definition, id, phase string, at int) (string, error) {
	from, place, there := milestoneAt(d, id)
	to := phaseAt(d, phase)
	if !there || to < 0 {
		return "", errGone
	}
	m := d.Phases[from].Milestones[place]
	d.Phases[from].Milestones = slices.Delete(d.Phases[from].Milestones, place, place+1)
	at = min(max(at, 0), len(d.Phases[to].Milestones))
	d.Phases[to].Milestones = slices.Insert(d.Phases[to].Milestones, at, m)
	if from != to {
		return fmt.Sprintf("moved “%s” to “%s”", m.Name, d.Phases[to].Name), nil
	}
	return fmt.Sprintf("moved “%s”", m.Name), nil
}

// remove takes something out, and what would wait for it for ever waits no more.
func remove(d *process.Definition, id string) (string, error) {
	if i := criterionAt(d, id); i >= 0 {
		words := fmt.Sprintf("removed the criterion “%s”", d.Criteria[i].Question)
		d.Criteria = slices.Delete(d.Criteria, i, i+1)
		return words, nil
	}
	words := ""
	if i := phaseAt(d, id); i >= 0 {
		words = fmt.Sprintf("removed the phase “%s”", d.Phases[i].Name)
		d.Phases = slices.Delete(d.Phases, i, i+1)
	} else {
		phase, place, there := milestoneAt(d, id)
		if !there {
			return "", errGone
		}
		words = fmt.Sprintf("removed “%s”", d.Phases[phase].Milestones[place].Name)
		d.Phases[phase].Milestones = slices.Delete(d.Phases[phase].Milestones, place, place+1)
	}
	for i := range d.Phases {
		for j := range d.Phases[i].Milestones {
			m := &d.Phases[i].Milestones[j]
			m.After = slices.DeleteFunc(m.After, func(id process.MilestoneID) bool { _, _, there := d.Milestone(id); return !there })
		}
	}
	return words, nil
}
