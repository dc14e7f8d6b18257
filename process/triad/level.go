package triad

import (
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/process"
)

// Stale tells whether the answer is too old to count. Whatever it was, it does not
// count until the criterion is asked again.
func (a *Asked) Stale(now calendar.Instant) bool { return a.StaleAt != 0 && now >= a.StaleAt }

// Counts tells whether the criterion is met or verified, and the answer not too old.
func (a *Asked) Counts(now calendar.Instant) bool {
	state := a.State()
	return (state == Met || state == Verified) && !a.Stale(now)
}

// Leg is one part of the triad at an instant.
type Leg struct {
	Part  process.Part
	Level int // the highest whose criteria count, and those of all levels below
	Asked []*Asked
}

// Qualification is how a deal stands at an instant.
type Qualification struct {
	Level   int      // of the weakest leg; 0 to process.HighestLevel
	Legs    []Leg    // of the parts for which the process has criteria; none when it has no criteria
	Missing []*Asked // what does not count and is in the way of the next level
	Stale   int      // how many criteria are to be asked again
	now     calendar.Instant
}

// At is how the deal stands at an instant. A part for which the process asks nothing
// has no leg and holds nothing up.
func (t *Triad) At(now calendar.Instant) Qualification {
	q := Qualification{Level: process.HighestLevel, now: now}
	for _, part := range process.Parts {
		leg := Leg{Part: part, Level: process.HighestLevel}
		for i := range t.Asked {
			a := &t.Asked[i]
			if a.Part != part {
				continue
			}
			leg.Asked = append(leg.Asked, a)
			if a.Stale(now) {
				q.Stale++
			}
			if !a.Counts(now) {
				leg.Level = min(leg.Level, a.Level-1)
			}
		}
		if len(leg.Asked) > 0 {
			q.Legs, q.Level = append(q.Legs, leg), min(q.Level, leg.Level)
		}
	}
	if len(q.Legs) == 0 {
		q.Level = 0
		return q
	}
	for _, leg := range q.Legs {
		for _, a := range leg.Asked {
			if a.Level <= q.Level+1 && !a.Counts(now) {
				q.Missing = append(q.Missing, a)
			}
		}
	}
	return q
}

// Leg finds the leg of a part; false when the process asks nothing of it.
func (q *Qualification) Leg(part process.Part) (Leg, bool) {
	i := slices.IndexFunc(q.Legs, func(l Leg) bool { return l.Part == part })
	if i < 0 {
		return Leg{}, false
	}
	return q.Legs[i], true
}

// mostNamed is how many criteria a sentence names; the rest it counts.
const mostNamed = 3

// Sentence explains the level: what is missing for the next one.
func (q *Qualification) Sentence() string {
	if len(q.Legs) == 0 {
		return q.lacks()
	}
	return fmt.Sprintf("Level %d of %d. %s", q.Level, process.HighestLevel, q.lacks())
}

// lacks is the sentence without the level itself.
func (q *Qualification) lacks() string {
	switch {
	case len(q.Legs) == 0:
		return "This process asks nothing about need, money and support."
	case q.Level == process.HighestLevel:
		return "Everything that the process asks is answered well."
	}
	var named []string
	for i, a := range q.Missing {
		if i == mostNamed && len(q.Missing) > mostNamed+1 {
			named = append(named, fmt.Sprintf("%d more", len(q.Missing)-mostNamed))
			break
		}
		named = append(named, fmt.Sprintf("“%s” (%s)", a.Question, a.why(q.now)))
	}
	return fmt.Sprintf("For level %d: %s.", q.Level+1, strings.Join(named, "; "))
}

// why says why a criterion does not count.
func (a *Asked) why(now calendar.Instant) string {
	switch {
	case a.Stale(now):
		return "ask again"
	case a.State() == Unmet:
		return "not met"
	}
	return "not known yet"
}

// Span is a stretch of time through which a deal's qualification stays the same if
// nobody says anything more: answers grow old, and the level falls by itself.
type Span struct {
	From, Until calendar.Instant // Until is not within
	Level       int
	Parts       [3]int // levels in the order of process.Parts; -1 for a part without criteria
	Stale       int
}

// Spans lists them, from the beginning of time to its end; none when the process that
// the deal follows has no criteria.
func (t *Triad) Spans() []Span {
	if len(t.Asked) == 0 {
		return nil
	}
	bounds := []calendar.Instant{0}
	for i := range t.Asked {
		if at := t.Asked[i].StaleAt; at > 0 {
			bounds = append(bounds, at)
		}
	}
	slices.Sort(bounds)
	bounds = append(slices.Compact(bounds), deals.Ever)
	var list []Span
	for i, from := range bounds[:len(bounds)-1] {
		q := t.At(from)
		s := Span{From: from, Until: bounds[i+1], Level: q.Level, Parts: [3]int{-1, -1, -1}, Stale: q.Stale}
		for p, part := range process.Parts {
			if leg, there := q.Leg(part); there {
				s.Parts[p] = leg.Level
			}
		}
		list = append(list, s)
	}
	return list
}
