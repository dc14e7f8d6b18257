package testworld

import (
	"time"

	"milepost/calendar"
)

const (
	carriedDays = 260 // deals opened up to so long before the records begin are brought over
	recordDays  = 730 // two years of records
	beyondDays  = 900 // stories run on beyond today; what lies there is not told
)

// timeline counts days: 0 is the first on which a deal may begin, opening the day on
// which the company began to use Milepost, today the last.
type timeline struct {
	place          *time.Location
	now            calendar.Instant
	first          calendar.Date
	opening, today int
	dates          []calendar.Date
	paces          []float64 // of ordinary work, 0 on weekends
}

func newTimeline(now calendar.Instant) (timeline, error) {
	place, err := calendar.LoadPlace(zone)
	if err != nil {
		return timeline{}, err
	}
	t := timeline{place: place, now: now, opening: carriedDays, today: carriedDays + recordDays}
	t.first = calendar.DateOf(now, place).AddDays(-t.today)
	for day := range t.today + beyondDays {
		date := t.first.AddDays(day)
		t.dates = append(t.dates, date)
		t.paces = append(t.paces, paceOn(date))
	}
	return t, nil
}

// paceOn is how fast work goes on a date: nothing moves on weekends, little between
// Christmas and New Year and on the first of May, and July and August are slow.
func paceOn(date calendar.Date) float64 {
	t := date.Time()
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return 0
	}
	month, day := t.Month(), t.Day()
	if month == time.December && day >= 23 || month == time.January && day <= 2 {
		return .08
	}
	if month == time.May && day == 1 {
		return .15
	}
	return Months[month-1].Pace
}

// works tells whether a day is a working day.
func (t *timeline) works(day int) bool { return t.paces[day] > 0 }

// nextWorking is the first working day at or after a day.
func (t *timeline) nextWorking(day int) int {
	for day < len(t.paces)-1 && !t.works(day) {
		day++
	}
	return day
}

// at is the instant of a day and a minute, as the company's clocks show it.
func (t *timeline) at(day, minute int) calendar.Instant {
	d := t.first.AddDays(day).Time()
	return calendar.InstantOf(time.Date(d.Year(), d.Month(), d.Day(), 0, minute, 0, 0, t.place))
}

// day is the number of a date.
func (t *timeline) day(date calendar.Date) int { return t.first.DaysUntil(date) }

// monthEnd is the last day of the month in which a date lies.
func monthEnd(date calendar.Date) calendar.Date {
	d := date.Time()
	return calendar.NewDate(d.Year(), d.Month()+1, 1).AddDays(-1)
}

// quarterEnd is the last day of the quarter in which a date lies.
func quarterEnd(date calendar.Date) calendar.Date {
	return calendar.Fiscal{Start: time.January}.Quarter(date).Until.AddDays(-1)
}
