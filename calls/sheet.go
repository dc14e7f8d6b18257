package calls

import (
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// sheet is a period as pages show it, as of an instant: what was called for it, what is
// booked and due in it, what is to be brought, and the period before it on the same day.
type sheet struct {
	period   calendar.Period
	asOf     calendar.Instant
	monday   calendar.Instant // since when movements are told
	book     *Book
	attained targets.Attained
	due      []Due // as it is now, whatever the instant; none for an earlier one
	past     calendar.Period
	pastBook *Book
	pastAsOf calendar.Instant // as many days before its end as there are left of this one
	roster   *people.Roster
}

// read reads a period as of the end of a day.
func (x *visit) read(p calendar.Period, day calendar.Date) (*sheet, error) {
	s := &sheet{period: p, asOf: x.asOf(day), monday: day.LastMonday().Midnight(x.o.Place()), roster: x.roster}
	named := x.o.Fiscal().Quarter
	if isMonth(p) {
		named = x.o.Fiscal().Month
	}
	s.past = named(p.From.AddDays(-1))
	s.pastAsOf = min(s.past.Until.AddDays(min(0, -day.DaysUntil(p.Until)+1)).Midnight(x.o.Place()), s.asOf)
	var err error
	if s.attained, err = targets.Attainment(x.ctx, x.d, x.o, p, s.asOf); err != nil {
		return nil, fmt.Errorf("reading what was won: %w", err)
	}
	if s.book, err = AsOf(x.ctx, x.d, x.v.Org, p, s.asOf); err != nil {
		return nil, err
	}
	if s.pastBook, err = AsOf(x.ctx, x.d, x.v.Org, s.past, s.pastAsOf); err != nil {
		return nil, err
	}
	if day >= x.today() {
		if s.due, err = dueIn(x.ctx, x.d, x.v.Org, p); err != nil {
			return nil, fmt.Errorf("reading what is due: %w", err)
		}
	}
	return s, nil
}

// line is one row of the page: what a person called, beside what there is.
type line struct {
	Person people.ID
	Scope  Scope
	In     money.Currency
	Call   *Call // nil where none was given
	Below  Rollup
	Booked int64
	Due    int64
	Open   int64  // how many deals are due
	Target *int64 // nil where none is set
	Moved  *int64 // of the commit, since the last Monday; nil where there was no call then
	Past   *Call  // of the period before, on the same day
	ByCall map[deals.Category]int64
}

func (s *sheet) summer(in money.Currency) *summer {
	return &summer{book: s.book, period: s.period, in: in, asOf: s.asOf, chart: s.attained.Chart, awaited: func(id people.ID) bool {
		m, known := s.roster.Of(id)
		return known && expectedToCall(m)
	}}
}

// scopeOf is what a person is expected to call: the team's, if they lead one.
func (s *sheet) scopeOf(person people.ID) Scope {
	if len(s.attained.Chart.Reports(person)) > 0 {
		return Team
	}
	return Own
}

// covers lists whose deals a person's call of a scope counts.
func (s *sheet) covers(person people.ID, scope Scope) []people.ID {
	if scope == Own {
		return []people.ID{person}
	}
	return append([]people.ID{person}, s.attained.Chart.Below(person)...)
}

func (s *sheet) line(person people.ID, scope Scope, in money.Currency) line {
	l := line{Person: person, Scope: scope, In: in, ByCall: map[deals.Category]int64{}}
	k := KeyOf(person, scope, s.period, in)
	if c, is := s.book.At(k, s.asOf); is {
		l.Call = &c
		if before, was := s.book.At(k, s.monday); was {
			moved := c.Commit - before.Commit
			l.Moved = &moved
		}
	}
	figures := s.attained.Own[person]
	if scope == Team {
		l.Below = s.summer(in).rollup(person, 0)
		figures = s.attained.Team[person]
	}
	l.Booked = figures.Won[in]
	if quota, set := figures.Quota[targets.Money(in)]; set {
		l.Target = &quota
	}
	if c, is := s.pastBook.At(KeyOf(person, scope, s.past, in), s.pastAsOf); is {
		l.Past = &c
	}
	covered := s.covers(person, scope)
	for _, d := range s.due {
		if d.Currency == in && slices.Contains(covered, d.Owner) {
			l.Due, l.Open = l.Due+d.Minor, l.Open+d.Deals
			l.ByCall[d.Category] += d.Minor
		}
	}
	return l
}

// empty tells whether there is nothing to say in a currency.
func (l line) empty() bool {
	return l.Call == nil && !l.Below.Any && l.Booked == 0 && l.Open == 0 && l.Target == nil && l.Past == nil
}

// currencies lists in which a person's call of a scope has anything to be called, the
// organization's own first when there is nothing.
func (s *sheet) currencies(person people.ID, scope Scope, own money.Currency) []money.Currency {
	var all []money.Currency
	for _, d := range s.due {
		all = append(all, d.Currency)
	}
	for _, k := range s.book.Keys() {
		all = append(all, k.Currency)
	}
	for _, m := range s.attained.Whole.Measures() {
		if m != targets.Wins && m.Currency() != "" {
			all = append(all, m.Currency())
		}
	}
	for _, f := range s.attained.Own {
		for _, m := range f.Measures() {
			if m != targets.Wins && m.Currency() != "" {
				all = append(all, m.Currency())
			}
		}
	}
	slices.Sort(all)
	found := slices.DeleteFunc(slices.Compact(all), func(c money.Currency) bool { return s.line(person, scope, c).empty() })
	if len(found) == 0 {
		return []money.Currency{own}
	}
	if i := slices.Index(found, own); i > 0 {
		found = slices.Insert(slices.Delete(found, i, i+1), 0, own)
	}
	return found
}
