package process

import (
	"fmt"
	"slices"
)

// Advice is something about a process that makes it hard to audit, or to work by. It
// stands in nobody's way.
type Advice struct {
	Where    string // as in the fields of a refusal
	Sentence string
}

// More than these, and a manager loses sight of what matters.
const (
	manyMilestones = 25
	manyInAPhase   = 7
	fewMilestones  = 3
)

// Lint says what is not auditable in a process, and what is more than a manager can
// track.
func (d *Definition) Lint() []Advice {
	var list []Advice
	say := func(where, sentence string, args ...any) {
		list = append(list, Advice{where, fmt.Sprintf(sentence, args...)})
	}
	total := 0
	for i := range d.Phases {
		p := &d.Phases[i]
		total += len(p.Milestones)
		at := fmt.Sprintf("phase.%d", i+1)
		if len(p.Milestones) > manyInAPhase {
			say(at, "“%s” has %d milestones. Beyond %d, people tick boxes; keep those that change what you would do.", p.Name, len(p.Milestones), manyInAPhase)
		}
		if len(p.Milestones) > 0 && !slices.ContainsFunc(p.Milestones, func(m Milestone) bool { return m.shownByBuyer() }) {
			say(at, "In “%s” the buyer does nothing. Add something that they do or confirm, or the phase only says how busy you are.", p.Name)
		}
		if i > 0 && len(p.Milestones) > 0 && !slices.ContainsFunc(p.Milestones, func(m Milestone) bool { return m.Required }) {
			say(at, "“%s” requires nothing: any one of its milestones brings a deal there.", p.Name)
		}
		for j := range p.Milestones {
			p.Milestones[j].lint(fmt.Sprintf("milestone.%d.%d", i+1, j+1), say)
		}
	}
	switch {
	case total > manyMilestones:
		say("", "%d milestones are more than a manager can track; %d is a good many.", total, manyMilestones)
	case total < fewMilestones && len(d.Phases) > 0:
		say("", "With %d milestones there is little to tell a good deal from a bad one.", total)
	}
	for _, part := range Parts {
		if len(d.Criteria) > 0 && !slices.ContainsFunc(d.Criteria, func(c Criterion) bool { return c.Part == part }) {
			say("criteria", "The triad has no %s criterion, so nothing is asked about it.", part)
		}
	}
	return list
}

func (m *Milestone) lint(at string, say func(string, string, ...any)) {
	switch {
	case len(m.Markers) == 0:
		say(at, "“%s” has no marker: how would somebody who was not there see that it is true?", m.Name)
	case !slices.ContainsFunc(m.Markers, func(k Marker) bool { return !k.SellerOnly }):
		say(at, "Only the seller ever sees the proof of “%s”. Find something that the buyer has, or said.", m.Name)
	case !slices.ContainsFunc(m.Markers, func(k Marker) bool { return k.Proof != "" }):
		say(at, "“%s” does not say what counts as proof, so everyone will decide it differently.", m.Name)
	}
	if m.TypicalDays == 0 {
		say(at, "How long does “%s” typically take? Without it, nothing is ever overdue.", m.Name)
	}
	if m.Coaching == "" {
		say(at, "“%s” has no question for the manager to ask.", m.Name)
	}
}

// shownByBuyer tells whether somebody of the buyer's does or confirms it.
func (m *Milestone) shownByBuyer() bool {
	return slices.ContainsFunc(m.Markers, func(k Marker) bool { return k.Kind == Confirmed && !k.SellerOnly })
}
