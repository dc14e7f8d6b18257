package calendar

import (
	"fmt"
	"strings"
	"time"
)

const dateForm = "2006-01-02"

// Date is a civil date, YYYY-MM-DD, without a place. The zero value, "", means
// that no date is known. Dates compare as text.
type Date string

// DateOf is the date that the calendars of a place show at an instant.
func DateOf(at Instant, place *time.Location) Date {
	return Date(at.In(place).Format(dateForm))
}

// NewDate makes a date from its parts; it normalizes as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format(dateForm))
}

// ParseDate reads YYYY-MM-DD and refuses days that do not exist.
func ParseDate(text string) (Date, error) {
	text = strings.TrimSpace(text)
	t, err := time.Parse(dateForm, text)
	if err != nil {
		return "", fmt.Errorf("%q is not a date like 2026-01-31", text)
	}
	if t.Year() < 1900 || t.Year() > 2999 {
		return "", fmt.Errorf("the date %s is not between the years 1900 and 2999", text)
	}
	return Date(t.Format(dateForm)), nil
}

// Time is the date's midnight in UTC, for arithmetic.
func (d Date) Time() time.Time {
	t, _ := time.Parse(dateForm, string(d))
	return t
}

// Short is the date for a table or a line: 2 Jan 2026; nothing when none is known.
func (d Date) Short() string { return d.written("2 Jan 2006") }

// Long is the date for a sentence: 2 January 2026.
func (d Date) Long() string { return d.written("2 January 2006") }

func (d Date) written(form string) string {
	if d == "" {
		return ""
	}
	return d.Time().Format(form)
}

// Midnight is the first instant of the date in a place.
func (d Date) Midnight(place *time.Location) Instant {
	t := d.Time()
	return InstantOf(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, place))
}

// AddDays moves the date by whole days.
func (d Date) AddDays(days int) Date { return Date(d.Time().AddDate(0, 0, days).Format(dateForm)) }

// AddMonths moves a first-of-month date by whole months.
func (d Date) AddMonths(months int) Date {
	return Date(d.Time().AddDate(0, months, 0).Format(dateForm))
}

// LastMonday is the Monday before a day; of a Monday, the one before, so that whoever
// looks back on a Monday sees a whole week.
func (d Date) LastMonday() Date { return d.AddDays(-1 - (int(d.Time().Weekday())+5)%7) }

// DaysUntil counts the days from this date to another.
func (d Date) DaysUntil(other Date) int {
	return int(other.Time().Sub(d.Time()) / (24 * time.Hour))
}

// LoadPlace finds a time zone by its IANA name ("Europe/Amsterdam").
func LoadPlace(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("a time zone is named like Europe/Amsterdam")
	}
	place, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("%q is not a time zone; one is named like Europe/Amsterdam", name)
	}
	return place, nil
}
