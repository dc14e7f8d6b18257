package monday

import (
	"slices"

	"milepost/calendar"
	"milepost/people"
)

// counter counts what moves, quarter by quarter: the one that runs and some before it.
type counter struct {
	quarters []counted // the newest first
	first    calendar.Instant
	all      map[counterKey]*tempo
}

// counted is one quarter: from when, until when, and the same day of it as today.
type counted struct {
	from, until         calendar.Date
	begins, today, ends calendar.Instant
}

type counterKey struct {
	span   span
	at     int
	person people.ID
}

func newCounter(o people.Organization, today calendar.Date) *counter {
	c := &counter{all: map[counterKey]*tempo{}}
	place := o.Place()
	quarter := o.Fiscal().Quarter(today)
	gone := quarter.From.DaysUntil(today)
	for range 1 + periodsBack {
		day := min(quarter.From.AddDays(gone), quarter.Until)
		c.quarters = append(c.quarters, counted{quarter.From, quarter.Until, quarter.From.Midnight(place), day.Midnight(place), quarter.Until.Midnight(place)})
		quarter = o.Fiscal().Quarter(quarter.From.AddDays(-1))
	}
	return c
}

// count takes in that something happened in a person's deals.
func (c *counter) count(p pulse, person people.ID, at calendar.Instant) {
	if c == nil {
		return
	}
	if p == begun && (c.first == 0 || at < c.first) {
		c.first = at
	}
	i := slices.IndexFunc(c.quarters, func(q counted) bool { return q.begins <= at && at < q.ends })
	if i < 0 {
		return
	}
	if at < c.quarters[i].today {
		c.of(byDay, i, person).note(p)
	}
	if i > 0 {
		c.of(byEnd, i, person).note(p)
	}
}

// move takes in that the close moved: out of the quarter in which that happened into a
// later one is what counts.
func (c *counter) move(person people.ID, at calendar.Instant, from, to calendar.Date) {
	if c == nil || from == "" || to <= from {
		return
	}
	for _, q := range c.quarters {
		if q.begins <= at && at < q.ends && q.from <= from && from < q.until && to >= q.until {
			c.count(pushed, person, at)
		}
	}
}

func (c *counter) of(s span, at int, person people.ID) *tempo {
	key := counterKey{s, at, person}
	if c.all[key] == nil {
		c.all[key] = &tempo{Span: s, Quarter: c.quarters[at].from, Person: person}
	}
	return c.all[key]
}

func (t *tempo) note(p pulse) {
	switch p {
	case moved:
		t.Moved++
	case begun:
		t.Begun++
	case pushed:
		t.Pushed++
	}
}

// tempos lists what was counted. The quarter in which the history begins is left out,
// and what is before it: of that, only a part is known.
func (c *counter) tempos() []tempo {
	var list []tempo
	for key, t := range c.all {
		if c.first != 0 && c.quarters[key.at].begins > c.first {
			list = append(list, *t)
		}
	}
	return list
}
