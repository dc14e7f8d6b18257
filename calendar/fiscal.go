package calendar

import (
	"fmt"
	"time"
)

// Fiscal is an organization's year: it starts on the first of a month and is
// named by the calendar year in which it ends.
type Fiscal struct{ Start time.Month }

// Period is a stretch of fiscal time: From is its first day, Until the first day
// after it.
type Period struct {
	Name        string
	From, Until Date
}

// Contains tells whether a date falls into the period.
func (p Period) Contains(d Date) bool { return p.From <= d && d < p.Until }

func (f Fiscal) start() time.Month {
	if f.Start < time.January || f.Start > time.December {
		return time.January
	}
	return f.Start
}

// yearStart is the first day of the fiscal year in which a date falls.
func (f Fiscal) yearStart(d Date) Date {
	t := d.Time()
	year := t.Year()
	if t.Month() < f.start() {
		year--
	}
	return NewDate(year, f.start(), 1)
}

func (f Fiscal) yearName(start Date) int {
	if f.start() == time.January {
		return start.Time().Year()
	}
	return start.Time().Year() + 1
}

// Year is the fiscal year in which a date falls ("FY 2027").
func (f Fiscal) Year(d Date) Period {
	from := f.yearStart(d)
	return Period{fmt.Sprintf("FY %d", f.yearName(from)), from, from.AddMonths(12)}
}

// Quarter is the fiscal quarter in which a date falls ("Q3 FY 2027").
func (f Fiscal) Quarter(d Date) Period {
	start := f.yearStart(d)
	n := f.monthIn(start, d) / 3
	from := start.AddMonths(3 * n)
	return Period{fmt.Sprintf("Q%d FY %d", n+1, f.yearName(start)), from, from.AddMonths(3)}
}

// Month is the calendar month in which a date falls ("November 2026").
func (f Fiscal) Month(d Date) Period {
	t := d.Time()
	from := NewDate(t.Year(), t.Month(), 1)
	return Period{t.Format("January 2006"), from, from.AddMonths(1)}
}

func (f Fiscal) monthIn(start, d Date) int {
	a, b := start.Time(), d.Time()
	return (b.Year()-a.Year())*12 + int(b.Month()-a.Month())
}
