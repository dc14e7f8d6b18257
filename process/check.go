package process

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

// What a person can still take in, and a page can show.
const (
	longestName = 120
	longestText = 2000
	mostPhases  = 20
	mostOfAll   = 200 // milestones, or criteria
	mostMarkers = 20
	longestTime = 3660 // days
)

// tidy gives everything that has none an id, and takes spaces off the ends.
func (d *Definition) tidy(now calendar.Instant) {
	d.Name, d.Purpose = strings.TrimSpace(d.Name), strings.TrimSpace(d.Purpose)
	for i := range d.Phases {
		p := &d.Phases[i]
		p.ID, p.Name, p.Question = named(p.ID, now), strings.TrimSpace(p.Name), strings.TrimSpace(p.Question)
		for j := range p.Milestones {
			m := &p.Milestones[j]
			m.ID, m.Name = named(m.ID, now), strings.TrimSpace(m.Name)
			for k := range m.Markers {
				m.Markers[k].ID, m.Markers[k].Text = named(m.Markers[k].ID, now), strings.TrimSpace(m.Markers[k].Text)
			}
		}
	}
	for i := range d.Criteria {
		c := &d.Criteria[i]
		c.ID, c.Question = named(c.ID, now), strings.TrimSpace(c.Question)
	}
}

func named[T ~string](id T, now calendar.Instant) T {
	if id == "" {
		return T(db.NewID(now))
	}
	return id
}

// checkDraft refuses what cannot be kept, even as a draft. Fields are named by where
// they stand: "phase.1", "milestone.1.2", "marker.1.2.1", "criterion.3", from 1.
func (d *Definition) checkDraft() error {
	var wrong []error
	say := func(err error) { wrong = append(wrong, err) }
	say(within("name", "The name of the process", d.Name, longestName))
	if d.Name == "" {
		say(problem.Invalid("name", "Give the process a name, so that people know which sales it is for."))
	}
	say(within("purpose", "The purpose", d.Purpose, longestText))
	if d.StaleAfter < 0 || d.StaleAfter > longestTime {
		say(problem.Invalid("stale_after", "Days until a criterion is asked again: from 0 (never) to %d.", longestTime))
	}
	if len(d.Phases) > mostPhases || len(d.Milestones()) > mostOfAll || len(d.Criteria) > mostOfAll {
		say(problem.Invalid("", "This is more than a process holds: at most %d phases, %d milestones and %d criteria.", mostPhases, mostOfAll, mostOfAll))
	}
	for i := range d.Phases {
		say(d.Phases[i].check(i + 1))
	}
	for i := range d.Criteria {
		say(d.Criteria[i].check(i + 1))
	}
	say(d.checkIDs())
	return errors.Join(wrong...)
}

func (p *Phase) check(place int) error {
	field := fmt.Sprintf("phase.%d", place)
	wrong := []error{within(field, "The name of a phase", p.Name, longestName), within(field, "The question of a phase", p.Question, longestText)}
	for j := range p.Milestones {
		wrong = append(wrong, p.Milestones[j].check(place, j+1))
	}
	return errors.Join(wrong...)
}

func (m *Milestone) check(phase, place int) error {
	field := fmt.Sprintf("milestone.%d.%d", phase, place)
	wrong := []error{within(field, "A milestone", m.Name, longestName), within(field, "The coaching question", m.Coaching, longestText), within(field, "The practice card", m.Practice, longestText)}
	if m.TypicalDays < 0 || m.TypicalDays > longestTime {
		wrong = append(wrong, problem.Invalid(field, "Typical days go from 0 (not known) to %d.", longestTime))
	}
	if len(m.Markers) > mostMarkers {
		wrong = append(wrong, problem.Invalid(field, "A milestone has at most %d markers; fewer are better.", mostMarkers))
	}
	for k, marker := range m.Markers {
		at := fmt.Sprintf("marker.%d.%d.%d", phase, place, k+1)
		wrong = append(wrong, within(at, "A marker", marker.Text, longestText), within(at, "What counts as proof", marker.Proof, longestText))
		if marker.Kind != Deliverable && marker.Kind != Confirmed {
			wrong = append(wrong, problem.Invalid(at, "A marker is a deliverable or a confirmed action."))
		}
		for _, role := range marker.Roles {
			if !slices.Contains(accounts.Roles, role) {
				wrong = append(wrong, problem.Invalid(at, "“%s” is not a buying role.", role))
			}
		}
	}
	return errors.Join(wrong...)
}

func (c *Criterion) check(place int) error {
	field := fmt.Sprintf("criterion.%d", place)
	wrong := []error{within(field, "A criterion", c.Question, longestText), within(field, "What counts as verified", c.Verified, longestText)}
	if !slices.Contains(Parts, c.Part) {
		wrong = append(wrong, problem.Invalid(field, "A criterion is functional, financial or political."))
	}
	if c.Level < 1 || c.Level > HighestLevel {
		wrong = append(wrong, problem.Invalid(field, "A level goes from 1 to %d.", HighestLevel))
	}
	return errors.Join(wrong...)
}

// checkIDs refuses two things of one id, and an order in which nothing can begin.
func (d *Definition) checkIDs() error {
	seen := map[string]bool{}
	twice := func(id string) bool { was := seen[id]; seen[id] = true; return was }
	for _, p := range d.Phases {
		if twice(string(p.ID)) {
			return problem.Invalid("", "Two phases are the same one. Reload the page, and try again.")
		}
		for _, m := range p.Milestones {
			if twice(string(m.ID)) || slices.ContainsFunc(m.Markers, func(k Marker) bool { return twice(string(k.ID)) }) {
				return problem.Invalid("", "The milestone “%s” or one of its markers is there twice. Reload the page, and try again.", m.Name)
			}
		}
	}
	if slices.ContainsFunc(d.Criteria, func(c Criterion) bool { return twice(string(c.ID)) }) {
		return problem.Invalid("", "A criterion is there twice. Reload the page, and try again.")
	}
	return d.checkOrder()
}

// checkOrder refuses prerequisites that are not there, and those that go in a circle.
func (d *Definition) checkOrder() error {
	const walking, done = 1, 2
	state := map[MilestoneID]int{}
	var walk func(m *Milestone) error
	walk = func(m *Milestone) error {
		state[m.ID] = walking
		for _, id := range m.After {
			before, _, there := d.Milestone(id)
			switch {
			case !there:
				return problem.Invalid("", "“%s” comes after a milestone that is not there any more. Choose another, or none.", m.Name)
			case state[id] == walking:
				return problem.Invalid("", "“%s” and “%s” each wait for the other. One of them has to come first.", m.Name, before.Name)
			case state[id] == 0:
				if err := walk(before); err != nil {
					return err
				}
			}
		}
		state[m.ID] = done
		return nil
	}
	for i := range d.Phases {
		for j := range d.Phases[i].Milestones {
			if m := &d.Phases[i].Milestones[j]; state[m.ID] == 0 {
				if err := walk(m); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Obstacles says what keeps a draft from being published; nil when nothing does.
func (d *Definition) Obstacles() error { return d.checkPublishable() }

// checkPublishable refuses a draft that deals could not be worked by.
func (d *Definition) checkPublishable() error {
	wrong := []error{d.checkDraft()}
	if len(d.Phases) < 2 {
		wrong = append(wrong, problem.Invalid("", "A process needs at least two phases: one to begin in, and one to reach."))
	}
	phases, milestones := map[string]bool{}, map[string]bool{}
	for i, p := range d.Phases {
		field := fmt.Sprintf("phase.%d", i+1)
		if p.Name == "" || phases[labelKey(p.Name)] {
			wrong = append(wrong, problem.Invalid(field, "Each phase needs a name of its own: it is the stage that people see."))
		}
		phases[labelKey(p.Name)] = true
		if i > 0 && len(p.Milestones) == 0 {
			wrong = append(wrong, problem.Invalid(field, "“%s” has no milestone, so no deal could ever reach it.", p.Name))
		}
		for j, m := range p.Milestones {
			at := fmt.Sprintf("milestone.%d.%d", i+1, j+1)
			if m.Name == "" || milestones[labelKey(m.Name)] {
				wrong = append(wrong, problem.Invalid(at, "Each milestone needs a name of its own."))
			}
			milestones[labelKey(m.Name)] = true
			if len(m.Markers) == 0 {
				wrong = append(wrong, problem.Invalid(at, "“%s” has no marker: nobody could show that it is true.", m.Name))
			}
			if slices.ContainsFunc(m.Markers, func(k Marker) bool { return k.Text == "" }) {
				wrong = append(wrong, problem.Invalid(at, "A marker of “%s” does not say what there is to be shown.", m.Name))
			}
		}
	}
	for i, c := range d.Criteria {
		if c.Question == "" {
			wrong = append(wrong, problem.Invalid(fmt.Sprintf("criterion.%d", i+1), "A criterion needs its question."))
		}
	}
	return errors.Join(wrong...)
}

func within(field, what, text string, most int) error {
	if utf8.RuneCountInString(text) > most {
		return problem.Invalid(field, "%s has more than %d characters.", what, most)
	}
	return nil
}
