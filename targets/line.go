package targets

import (
	"fmt"
	"net/url"

	"milepost/calendar"
)

// line works on one line of the grid.
type line struct {
	*sheet
	rowOf
	form   url.Values
	wrong  map[string]string
	values map[calendar.Date]*int64 // as typed, or as shown where nothing was typed
	edited map[calendar.Date]bool
}

func (l *line) cell(month calendar.Date) Cell { return Cell{l.Person, l.Scope, month, l.Measure} }

// shown is what the grid held in a month when it was shown.
func (l *line) shown(month calendar.Date) *int64 { return l.Book.before(l.cell(month), l.Seen) }

func (l *line) read(months []calendar.Date) {
	l.edited = map[calendar.Date]bool{}
	for _, month := range months {
		l.values[month] = l.shown(month)
		if value, typed := l.typed("m", month, month.Time().Format("January 2006")); typed {
			l.edited[month] = !same(value, l.values[month])
			l.values[month] = value
		}
	}
	year := Months(l.Year)
	for q := range 4 {
		l.spread("q", fmt.Sprintf("Q%d", q+1), year[3*q:3*q+3])
	}
	l.spread("y", l.Year.Name, year)
}

// typed reads an input of the line. One that cannot be read is noted, and counts as
// not typed.
func (l *line) typed(part string, first calendar.Date, label string) (*int64, bool) {
	name := inputName(part, l.Person, l.Scope, first)
	if !l.form.Has(name) {
		return nil, false
	}
	label = l.Names[l.Person] + ", " + label
	if l.Scope == Team {
		label = "Team of " + label
	}
	value, err := ReadValue(label, l.form.Get(name), l.Measure)
	if err != nil {
		l.wrong[name] = sentenceOf(err)
		return nil, false
	}
	return value, true
}

// spread takes in a sum that was typed for several months: it is spread over them,
// unless they add up to it already. When a month of it was typed too, and says
// otherwise, nobody can know which is meant.
func (l *line) spread(part, label string, months []calendar.Date) {
	total, typed := l.typed(part, months[0], label)
	if !typed || same(total, sumOf(months, l.shown)) || same(total, sumOf(months, l.value)) {
		return
	}
	for _, month := range months {
		if l.edited[month] {
			l.wrong[inputName(part, l.Person, l.Scope, months[0])] = fmt.Sprintf(
				"%s, %s: this says %s and its months add up to %s. Change one of them.", l.Names[l.Person], label,
				said(l.Measure, total), said(l.Measure, sumOf(months, l.value)))
			return
		}
	}
	for i, value := range l.parts(total, months) {
		l.edited[months[i]] = !same(l.values[months[i]], value)
		l.values[months[i]] = value
	}
}

func (l *line) value(month calendar.Date) *int64 { return l.values[month] }

// parts spreads a total, or nothing, over months, in the way that the form chose.
func (s *sheet) parts(total *int64, months []calendar.Date) []*int64 {
	parts := make([]*int64, len(months))
	if total == nil {
		return parts
	}
	for i, value := range Spread(*total, s.Season.weightsFor(months), s.Measure) {
		parts[i] = &value
	}
	return parts
}

// sumOf adds months up; nil when none of them is set.
func sumOf(months []calendar.Date, value func(calendar.Date) *int64) *int64 {
	var sum *int64
	for _, month := range months {
		if v := value(month); v != nil {
			added := *v
			if sum != nil {
				added += *sum
			}
			sum = &added
		}
	}
	return sum
}

// said is a value in a sentence.
func said(m Measure, value *int64) string {
	if value == nil {
		return "nothing"
	}
	return Text(m, *value)
}

// changes lists the months that differ from what was shown, with what someone else
// has set there since, unless it is the same.
func (l *line) changes(months []calendar.Date) []changed {
	var list []changed
	for _, month := range months {
		to, now := l.values[month], l.Book.Value(l.cell(month))
		if same(to, l.shown(month)) || same(to, now) {
			continue
		}
		c := changed{Cell: l.cell(month), From: l.shown(month), To: to, Now: now}
		if other, is := l.Book.newest(l.cell(month), l.Seen); is {
			c.Other = &other
		}
		list = append(list, c)
	}
	return list
}
