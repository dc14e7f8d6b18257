// Package calendar holds the values of time that the whole house shares: an
// instant (when something was recorded, or true), a civil date (what a person
// writes in a plan), and the fiscal periods by which a team is measured.
//
// Rules and forecasts take the time as an argument; the only clock is made in
// the program's main package and handed down.
package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Instant is a moment in milliseconds since 1970-01-01T00:00:00Z. It is stored
// as a bigint, so that it sorts the same on every database.
type Instant int64

// InstantOf drops what is finer than a millisecond.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time gives the instant in UTC.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// In gives the instant as the clocks of a place show it.
func (i Instant) In(place *time.Location) time.Time { return i.Time().In(place) }

// Moment is the instant for a person of a place: 2 Jan 2026, 15:04.
func (i Instant) Moment(place *time.Location) string { return i.In(place).Format("2 Jan 2006, 15:04") }

// Add moves the instant by a span.
func (i Instant) Add(span time.Duration) Instant { return i + Instant(span/time.Millisecond) }

// Sub is the span from another instant to this one.
func (i Instant) Sub(other Instant) time.Duration {
	return time.Duration(i-other) * time.Millisecond
}

// String is the RFC 3339 form in UTC; milliseconds are shown when there are any.
func (i Instant) String() string {
	if i%1000 == 0 {
		return i.Time().Format("2006-01-02T15:04:05Z")
	}
	return i.Time().Format("2006-01-02T15:04:05.000Z")
}

// MarshalText writes the RFC 3339 form, which JSON uses too.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads an RFC 3339 instant.
func (i *Instant) UnmarshalText(text []byte) error {
	parsed, err := ParseInstant(string(text))
	*i = parsed
	return err
}

// ParseInstant reads an RFC 3339 instant ("2011-09-30T22:38:44Z").
func ParseInstant(text string) (Instant, error) {
	t, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(text))
	if err != nil {
		return 0, fmt.Errorf("%q is not an instant like 2026-01-31T09:30:00Z", text)
	}
	return InstantOf(t), nil
}

// ParseMoment reads an instant, or a date, which means its first moment in the
// given place.
func ParseMoment(text string, place *time.Location) (Instant, error) {
	if date, err := ParseDate(text); err == nil {
		return date.Midnight(place), nil
	}
	at, err := ParseInstant(text)
	if err != nil {
		return 0, fmt.Errorf("%q is neither a date like 2026-01-31 nor an instant like 2026-01-31T09:30:00Z", text)
	}
	return at, nil
}

// Clock tells the time. One is made in the program's main package; tests hand in
// a clock that stands still.
type Clock func() Instant

// SystemClock is the clock of the machine.
func SystemClock() Clock { return func() Instant { return InstantOf(time.Now()) } }

// Stopped is a clock that always shows the same instant.
func Stopped(at Instant) Clock { return func() Instant { return at } }
