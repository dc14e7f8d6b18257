package history

import (
	"time"

	"milepost/calendar"
)

// Day is a civil day of the organization's zone, counted from 1970-01-01.
type Day int32

// DayMillis is a day of 24 hours, in milliseconds.
const DayMillis = int64(24 * time.Hour / time.Millisecond)

// lastDay is later than every day.
const lastDay = Day(1<<31 - 1)

// dayOf is the day that the calendars of a place show at an instant.
func dayOf(at calendar.Instant, place *time.Location) Day {
	if at == never {
		return lastDay
	}
	_, offset := at.In(place).Zone()
	return Day(floorDiv(int64(at)+int64(offset)*1000, DayMillis))
}

// midnights remembers the first instants of days, which are asked for millions of
// times; they are filled once and read by many.
type midnights struct {
	from Day
	at   []calendar.Instant
}

func newMidnights(from, to Day, place *time.Location) midnights {
	m := midnights{from: from}
	for d := from; d <= to; d++ {
		m.at = append(m.at, midnight(d, place))
	}
	return m
}

func (m *midnights) of(d Day, place *time.Location) calendar.Instant {
	if d < m.from || int(d-m.from) >= len(m.at) {
		return midnight(d, place)
	}
	return m.at[d-m.from]
}

func midnight(d Day, place *time.Location) calendar.Instant {
	return calendar.InstantOf(time.Date(1970, 1, 1+int(d), 0, 0, 0, 0, place))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
