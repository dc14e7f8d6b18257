package deals

import (
	"errors"
	"slices"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/problem"
)

// Closing is how a deal ended, as a person says it.
type Closing struct {
	Outcome    Outcome
	Competitor string        // lost to whom
	Reason     string        // why it was won or lost, or what stopped it
	Words      string        // what they said; where there is no reason, it is the reason
	On         calendar.Date // the day on which it ended; empty means today
}

// Now is the moment at which a person says something, on the clocks of a place.
type Now struct {
	At    calendar.Instant
	Place *time.Location
}

// Today is the date that the place's calendars show.
func (n Now) Today() calendar.Date { return calendar.DateOf(n.At, n.Place) }

// on is the instant by which something that happened on a day had happened: now for
// today, the last moment of a day before. So the deal as it stood that morning does
// not know of it yet.
func (n Now) on(field string, day calendar.Date) (calendar.Instant, error) {
	switch today := n.Today(); {
	case day == "" || day == today:
		return n.At, nil
	case day > today:
		return 0, problem.Invalid(field, "%s is still to come.", day.Short())
	}
	return day.AddDays(1).Midnight(n.Place) - 1, nil
}

// Close ends the deal: won, and why; lost, to whom and why; or no action, and what
// stopped it. No action is a competitor like any other.
func Close(o *Opportunity, c Closing, now Now) ([]Change, error) {
	if !o.IsOpen() {
		return nil, problem.Invalid("outcome", "This deal has ended already (%s).", o.Outcome.Label())
	}
	if !slices.Contains(Outcomes, c.Outcome) {
		return nil, problem.Invalid("outcome", "Say how it ended: won, lost, or no action.")
	}
	competitor, badCompetitor := lostTo(c)
	words, badWords := paragraphs("words", "What they said", c.Words, longestReason)
	if strings.TrimSpace(c.Reason) == "" {
		c.Reason, words = words, ""
	}
	reason, badReason := why(c)
	at, badDay := now.on("date", c.On)
	if badDay == nil && at < o.CreatedAt {
		badDay = problem.Invalid("date", "The deal was opened on %s; it cannot have ended before.", calendar.DateOf(o.CreatedAt, now.Place).Short())
	}
	if err := errors.Join(badCompetitor, badWords, badReason, badDay); err != nil {
		return nil, err
	}
	return []Change{{Kind: Closed, From: at, Fact: Fact{Name: string(c.Outcome), Value: competitor, Reason: reason, Words: words}}}, nil
}

// unknownCompetitor is whom a deal was lost to when they do not say.
const unknownCompetitor = "unknown"

func lostTo(c Closing) (string, error) {
	if c.Outcome != Lost {
		return "", nil
	}
	competitor, err := competitorName(c.Competitor)
	if err == nil && competitor == "" {
		err = problem.Invalid("competitor", "To whom was it lost? If they do not say, choose that.")
	}
	return competitor, err
}

func why(c Closing) (string, error) {
	reason, err := paragraphs("reason", "The reason", c.Reason, longestReason)
	if err != nil || reason != "" {
		return reason, err
	}
	switch c.Outcome {
	case Won:
		return "", problem.Invalid("reason", "Why did they buy? The next deal like this one will want to know.")
	case Lost:
		return "", problem.Invalid("reason", "Why was it lost? The next deal like this one will want to know.")
	}
	return "", problem.Invalid("reason", "What stopped it? The next deal like this one will want to know.")
}

// Reopen takes the outcome back, with a reason.
func Reopen(o *Opportunity, reason string) ([]Change, error) {
	if o.IsOpen() {
		return nil, problem.Invalid("", "This deal is open already.")
	}
	reason, err := paragraphs("reason", "The reason", reason, longestReason)
	if err == nil && reason == "" {
		err = problem.Invalid("reason", "Say why it is open again.")
	}
	if err != nil {
		return nil, err
	}
	return []Change{{Kind: Reopened, Fact: Fact{Reason: reason}}}, nil
}
