package process

// Stage is the phase that a deal has reached: the furthest whose required milestones
// all stand. A phase that requires none is reached when any of its milestones stands.
// A deal that has shown nothing yet is at the first phase. The answer is a place in
// Phases; -1 for a process without any.
func (d *Definition) Stage(stands func(MilestoneID) bool) int {
	if len(d.Phases) == 0 {
		return -1
	}
	for i := len(d.Phases) - 1; i > 0; i-- {
		if d.Phases[i].reached(stands) {
			return i
		}
	}
	return 0
}

// reached tells whether what the phase requires stands.
func (p *Phase) reached(stands func(MilestoneID) bool) bool {
	required, any := false, false
	for i := range p.Milestones {
		m := &p.Milestones[i]
		switch {
		case stands(m.ID):
			any = true
		case m.Required:
			return false
		}
		required = required || m.Required
	}
	return required || any
}

// Missing lists the required milestones of a phase that do not stand.
func (p *Phase) Missing(stands func(MilestoneID) bool) []Milestone {
	var list []Milestone
	for _, m := range p.Milestones {
		if m.Required && !stands(m.ID) {
			list = append(list, m)
		}
	}
	return list
}
