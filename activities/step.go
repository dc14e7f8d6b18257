package activities

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Step is the next thing that somebody will do in a deal, by a day. A deal has at
// most one that is open; those before it are kept.
type Step struct {
	ID      ID               `db:"id"`
	Deal    deals.ID         `db:"deal_id"`
	Owner   people.ID        `db:"owner_id"` // who will do it
	Text    string           `db:"text"`
	Due     calendar.Date    `db:"due"`
	State   StepState        `db:"state"`
	SetAt   calendar.Instant `db:"set_at"`
	SetBy   people.ID        `db:"set_by"`
	EndedAt calendar.Instant `db:"ended_at"` // 0 while open
	Result  string           `db:"result"`   // what came of it
	Version int64            `db:"version"`
}

// StepState is where a step stands.
type StepState string

// The states of a step.
const (
	StepOpen     StepState = "open"
	StepFinished StepState = "done"
	StepDropped  StepState = "dropped"  // not needed any more
	StepReplaced StepState = "replaced" // by another plan, or another day
)

// Overdue tells whether the step should have been done before a day.
func (s Step) Overdue(today calendar.Date) bool { return s.State == StepOpen && s.Due < today }

// Intention is a next step as a person says it.
type Intention struct {
	Text  string
	Owner people.ID
	Due   calendar.Date
}

const (
	longestStep = 300
	farthestDay = 3660 // days: beyond it, a year was mistyped
)

func (i Intention) cleaned(today calendar.Date) (Intention, error) {
	text, badText := cleanLine("step", "The next step", i.Text, longestStep)
	if badText == nil && text == "" {
		badText = problem.Invalid("step", "Say what you will do next, in a few words.")
	}
	i.Text = text
	var badDue error
	switch {
	case i.Due == "":
		badDue = problem.Invalid("due", "By when? A next step without a day is a wish.")
	case i.Due < today:
		badDue = problem.Invalid("due", "%s has passed. Choose today or a day ahead.", i.Due.Short())
	case today.DaysUntil(i.Due) > farthestDay:
		badDue = problem.Invalid("due", "%s is more than ten years ahead. Is the year right?", i.Due.Short())
	}
	return i, joined(badText, badDue)
}

func (f *folding) step(e *ledger.Entry) error {
	var p paper
	if err := e.Read(&p); err != nil {
		return err
	}
	if e.Kind == StepSet {
		for i := range f.Steps {
			f.Steps[i].end(StepReplaced, "", e)
		}
		f.steps[ID(e.ID)] = len(f.Steps)
		f.Steps = append(f.Steps, Step{ID: ID(e.ID), Deal: deals.ID(e.Opportunity), Owner: p.Person, Text: p.Value,
			Due: p.Date, State: StepOpen, SetAt: e.EffectiveAt, SetBy: people.ID(e.Actor), Version: e.Sequence})
		return nil
	}
	if i, known := f.steps[ID(e.Subject)]; known {
		state := StepFinished
		if p.Name == string(StepDropped) {
			state = StepDropped
		}
		f.Steps[i].end(state, p.Value, e)
	}
	return nil
}

// end closes a step that is open.
func (s *Step) end(state StepState, result string, e *ledger.Entry) {
	if s.State == StepOpen {
		s.State, s.Result, s.EndedAt, s.Version = state, result, max(e.EffectiveAt, 1), e.Sequence
	}
}
