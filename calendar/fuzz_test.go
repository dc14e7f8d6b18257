package calendar_test

import (
	"strings"
	"testing"
	"time"

	"milepost/calendar"
)

// What is read as a date or an instant is one that there is, reads back as itself, and
// is within the years that a form can mean. Nothing that is typed stops the program.
func FuzzParseMoment(f *testing.F) {
	for _, text := range []string{"2026-01-31", " 2024-02-29 ", "2023-02-29", "2026-13-01", "31.12.2026", "0001-01-01", "9999-12-31",
		"2026-03-29T02:30:00+01:00", "2026-01-31T24:00:00Z", "", "٢٠٢٦-٠١-٣١", "2026-1-3", "-2026-01-01", strings.Repeat("9", 300)} {
		f.Add(text)
	}
	place, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		date, err := calendar.ParseDate(text)
		if err == nil {
			if again, err := calendar.ParseDate(string(date)); err != nil || again != date {
				t.Errorf("%q was read as %s, which reads back as %s, %v", text, date, again, err)
			}
			if year := date.Time().Year(); year < 1900 || year > 2999 || string(date) != strings.TrimSpace(text) {
				t.Errorf("%q was read as %s", text, date)
			}
			if got := calendar.DateOf(date.Midnight(place), place); got != date {
				t.Errorf("the midnight of %s is on %s", date, got)
			}
		}
		at, err := calendar.ParseMoment(text, place)
		if err == nil && date == "" {
			if again, err := calendar.ParseInstant(at.Time().UTC().Format(time.RFC3339Nano)); err != nil || again != at {
				t.Errorf("%q was read as %d, which reads back as %d, %v", text, at, again, err)
			}
		}
	})
}
