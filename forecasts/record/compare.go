package record

import (
	"slices"

	"milepost/calendar"
	"milepost/forecasts"
)

// fewestEvents is how many won deals a judgement needs. Below, it is too early.
const fewestEvents = 200

// fewestDays is how many days, the horizons of which do not overlap, it needs besides.
const fewestDays = 4

// enoughOf is the part of the days that a method must have been there on to be compared:
// one that came lately would take from the others most of what there is to judge them by.
const enoughOf = .6

// Comparison is the scores of several methods about the same deals on the same days.
type Comparison struct {
	Horizon   forecasts.Horizon
	Methods   []string // compared; past yield among them, in the order of reports
	Days      []calendar.Date
	Rows      [][]Score // by method, day
	LeftOut   []Absent
	Then      int // days on which the forecast was made then; the others are rehearsed
	Available int // days of all, also those whose horizons overlap
}

// Absent is a method that is not compared.
type Absent struct {
	Method string
	Days   int // on which it is scored
}

// Compare chooses methods and days: methods that are scored on most days, and days on
// which each of them was asked about the same deals, so far apart that no outcome counts
// twice.
func Compare(list []Score, h forecasts.Horizon) *Comparison {
	byDay, counts := map[calendar.Date]map[string]Score{}, map[string]int{}
	for _, s := range list {
		if s.Deals == 0 {
			continue
		}
		if byDay[s.Day] == nil {
			byDay[s.Day] = map[string]Score{}
		}
		byDay[s.Day][s.Method] = s
		counts[s.Method]++
	}
	c := &Comparison{Horizon: h}
	for _, name := range inOrder(counts) {
		if float64(counts[name]) < enoughOf*float64(len(byDay)) {
			c.LeftOut = append(c.LeftOut, Absent{name, counts[name]})
			continue
		}
		c.Methods = append(c.Methods, name)
	}
	days := c.shared(byDay)
	c.Available = len(days)
	c.Days = apart(days, h)
	for m := range c.Methods {
		c.Rows = append(c.Rows, make([]Score, len(c.Days)))
		for i, day := range c.Days {
			c.Rows[m][i] = byDay[day][c.Methods[m]]
		}
	}
	for _, day := range c.Days {
		if byDay[day][c.Methods[0]].Rehearsed == 0 {
			c.Then++
		}
	}
	return c
}

// shared lists the days on which all methods compared spoke of the same deals.
func (c *Comparison) shared(byDay map[calendar.Date]map[string]Score) (days []calendar.Date) {
	for day, said := range byDay {
		all := len(c.Methods) > 0
		for _, name := range c.Methods {
			s, is := said[name]
			all = all && is && s.Same == said[c.Methods[0]].Same
		}
		if all {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days
}

// apart chooses days that lie a horizon apart at least, from the first on: with more days
// to come, those chosen stay.
func apart(days []calendar.Date, h forecasts.Horizon) (chosen []calendar.Date) {
	for _, day := range days {
		if len(chosen) == 0 || chosen[len(chosen)-1].DaysUntil(day) >= int(h) {
			chosen = append(chosen, day)
		}
	}
	return chosen
}

// inOrder lists methods as reports do, unknown ones last.
func inOrder(counts map[string]int) (names []string) {
	for _, m := range forecasts.Backtested() {
		if counts[m.Name()] > 0 {
			names = append(names, m.Name())
		}
	}
	var others []string
	for name := range counts {
		if !slices.Contains(names, name) {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	return append(names, others...)
}

// place is where a method is among those compared, -1 for nowhere.
func (c *Comparison) place(method string) int { return slices.Index(c.Methods, method) }

// Events is how many wins came on the days compared: each of them once.
func (c *Comparison) Events() (n int) {
	if len(c.Rows) > 0 {
		for _, s := range c.Rows[0] {
			n += s.WinsCame
		}
	}
	return n
}

// TooEarly tells whether there is too little to judge by.
func (c *Comparison) TooEarly() bool { return c.Events() < fewestEvents || len(c.Days) < fewestDays }

// Total adds a method's rows up.
func Total(rows []Score) (t Score) {
	for _, s := range rows {
		t.Deals += s.Deals
		t.WinsCame += s.WinsCame
		t.WinsSaid += s.WinsSaid
		t.Brier += s.Brier
		t.Log += s.Log
		t.Classes += s.Classes
		t.Variance += s.Variance
	}
	return t
}
