package ui

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"milepost/calendar"
)

func windowTitle(title string) string {
	if title == "" || title == Product {
		return Product
	}
	return title + " · " + Product
}

// zone is the place whose clocks are shown; without one, the hour is UTC's.
func zone(place *time.Location) *time.Location {
	if place == nil {
		return time.UTC
	}
	return place
}

func instantText(at calendar.Instant, place *time.Location) string {
	text := at.Moment(zone(place))
	if zone(place) == time.UTC {
		text += " UTC"
	}
	return text
}

// dueText says how far away a date is, seen from today.
func dueText(d, today calendar.Date) string {
	switch days := today.DaysUntil(d); {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days == -1:
		return "1 day late"
	case days < 0:
		return fmt.Sprintf("%d days late", -days)
	default:
		return fmt.Sprintf("in %d days", days)
	}
}

func dueTone(d, today calendar.Date) Tone {
	switch days := today.DaysUntil(d); {
	case days < 0:
		return Bad
	case days <= 7:
		return Warn
	}
	return Plain
}

// agoText is the age of an instant in the largest unit that fits.
func agoText(at, now calendar.Instant) string {
	age := now.Sub(at)
	for _, unit := range []struct {
		span time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := int(age / unit.span); n == 1 {
			return "1 " + unit.name + " ago"
		} else if n > 1 {
			return fmt.Sprintf("%d %ss ago", n, unit.name)
		}
	}
	return "just now"
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) == 1 {
		return string(unicode.ToUpper(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return string(unicode.ToUpper(first)) + string(unicode.ToUpper(last))
}

// hue gives a name one of six avatar colours, always the same one.
func hue(name string) string {
	sum := 0
	for _, r := range name {
		sum += int(r)
	}
	return fmt.Sprintf("hue-%d", sum%6+1)
}

// percent writes a share without promising more than it can: certainty is never
// rounded up to, and the impossible never down to.
func percent(p float64) string {
	switch {
	case math.IsNaN(p):
		return "unknown"
	case p > 0 && p < 0.01:
		return "under 1 %"
	case p < 1 && p > 0.99:
		return "over 99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*p)
}

// share keeps a number within 0 and 1, for drawing.
func share(p float64) float64 {
	if math.IsNaN(p) {
		return 0
	}
	return math.Max(0, math.Min(1, p))
}

// tenths writes a drawing coordinate.
func tenths(v float64) string { return fmt.Sprintf("%.1f", v) }
