package activities

import (
	"slices"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
	"milepost/problem"
)

// Said is an activity as a person tells of it.
type Said struct {
	Key          string // made by the form, so that a second try is known as one; may be empty
	Type         string
	Text         string
	Outcome      string
	At           calendar.Instant // 0 means now; ahead of now it is a plan
	Minutes      int64
	Participants []Participant
}

const (
	longestText    = 5000
	longestOutcome = 500
	longestName    = 200
	mostPeople     = 50
	mostMinutes    = 24 * 60
	farthestPast   = 50 * 366 * 24 * time.Hour
	farthestPlan   = 3 * 366 * 24 * time.Hour
	// grace is what a clock that runs ahead, or a form that shows whole minutes, may
	// differ from ours before "now" becomes a plan.
	grace = 2 * time.Minute
)

// isAhead tells whether an instant is yet to come.
func isAhead(at, now calendar.Instant) bool { return at.Sub(now) > grace }

func (s Said) cleaned(now calendar.Instant) (Said, error) {
	var badType, badTime, badLength, badPeople error
	if !slices.Contains(deals.ActivityTypes, s.Type) {
		badType = problem.Invalid("type", "Say what it was: a call, a meeting, an e-mail, a visit, or something else.")
	}
	text, badText := cleanParagraphs("text", "The text", s.Text, longestText)
	outcome, badOutcome := cleanLine("outcome", "The outcome", s.Outcome, longestOutcome)
	ahead := isAhead(s.At, now)
	if badText == nil && badOutcome == nil && text == "" && outcome == "" && !ahead {
		badText = problem.Invalid("text", "Say in a few words what came of it.")
	}
	switch {
	case s.At == 0:
		s.At = now
	case now.Sub(s.At) > farthestPast:
		badTime = problem.Invalid("when", "That is more than fifty years ago. Is the year right?")
	case s.At.Sub(now) > farthestPlan:
		badTime = problem.Invalid("when", "That is more than three years ahead. Is the year right?")
	case s.At > now && !ahead:
		s.At = now
	}
	if s.Minutes < 0 || s.Minutes > mostMinutes {
		badLength = problem.Invalid("minutes", "How many minutes did it take? Up to %d, a day, can be kept.", mostMinutes)
	}
	s.Participants, badPeople = cleanParticipants(s.Participants)
	s.Text, s.Outcome = text, outcome
	return s, joined(badType, badText, badOutcome, badTime, badLength, badPeople)
}

// cleanParticipants drops empty names and those given twice.
func cleanParticipants(list []Participant) ([]Participant, error) {
	var kept []Participant
	for _, p := range list {
		name, err := cleanLine("contacts", "A name", p.Name, longestName)
		if err != nil {
			return list, err
		}
		p.Name = name
		if p.Person == "" && name == "" || slices.ContainsFunc(kept, func(other Participant) bool {
			return other.Person == p.Person && people.Key(other.Name) == people.Key(p.Name)
		}) {
			continue
		}
		kept = append(kept, p)
	}
	if len(kept) > mostPeople {
		return list, problem.Invalid("contacts", "Up to %d people can be named.", mostPeople)
	}
	return kept, nil
}

func (s Said) report() Report {
	return Report{Type: s.Type, Text: s.Text, Outcome: s.Outcome, Minutes: s.Minutes, Participants: s.Participants}
}
