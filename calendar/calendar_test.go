package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/calendar"
)

func TestInstantsAreReadAndWritten(t *testing.T) {
	at, err := calendar.ParseInstant("2011-09-30T22:38:44Z")
	if err != nil || at.String() != "2011-09-30T22:38:44Z" || at != 1317422324000 {
		t.Errorf("%v (%d), %v", at, int64(at), err)
	}
	text, _ := json.Marshal(map[string]calendar.Instant{"at": at + 5})
	if string(text) != `{"at":"2011-09-30T22:38:44.005Z"}` {
		t.Errorf("as JSON: %s", text)
	}
	for _, bad := range []string{"", "yesterday", "2011-09-30", "2011-09-30 22:38:44", "2011-02-30T00:00:00Z"} {
		if _, err := calendar.ParseInstant(bad); err == nil || !strings.Contains(err.Error(), "not an instant") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestAMomentMayBeADateInAPlace(t *testing.T) {
	place, err := calendar.LoadPlace("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2011-11-30":           "2011-11-29T23:00:00Z", // winter time
		"2011-07-01":           "2011-06-30T22:00:00Z", // summer time
		"2011-11-30T12:00:00Z": "2011-11-30T12:00:00Z",
	} {
		if got, err := calendar.ParseMoment(text, place); err != nil || got.String() != want {
			t.Errorf("%s: %v, %v; want %s", text, got, err, want)
		}
	}
}

func TestDatesThatDoNotExistAreRefused(t *testing.T) {
	for _, bad := range []string{"2026-02-29", "2026-13-01", "0001-01-01", "1899-12-31", "3000-01-01", "26-1-1", "31-12-2026", ""} {
		if d, err := calendar.ParseDate(bad); err == nil {
			t.Errorf("%q was taken as %s", bad, d)
		}
	}
	if d, err := calendar.ParseDate(" 2024-02-29 "); err != nil || d != "2024-02-29" {
		t.Errorf("a leap day: %v, %v", d, err)
	}
}

// A day in a place runs from its midnight up to, not including, the next.
func TestDatesAndMidnightsAgree(t *testing.T) {
	places := []string{"UTC", "Europe/Amsterdam", "America/Sao_Paulo", "Pacific/Auckland", "Asia/Kathmandu"}
	rapid.Check(t, func(t *rapid.T) {
		place, err := calendar.LoadPlace(rapid.SampledFrom(places).Draw(t, "place"))
		if err != nil {
			t.Fatal(err)
		}
		at := calendar.Instant(rapid.Int64Range(0, 4_000_000_000_000).Draw(t, "at"))
		d := calendar.DateOf(at, place)
		if begins, next := d.Midnight(place), d.AddDays(1).Midnight(place); at < begins || at >= next {
			t.Fatalf("%v is %s in %v, which runs from %v to %v", at, d, place, begins, next)
		}
		if days := rapid.IntRange(-2000, 2000).Draw(t, "days"); d.DaysUntil(d.AddDays(days)) != days {
			t.Fatalf("%d days from %s", days, d)
		}
	})
}

func TestFiscalPeriods(t *testing.T) {
	for _, c := range []struct {
		start               time.Month
		date                calendar.Date
		year, quarter, from string
	}{
		{time.January, "2026-11-21", "FY 2026", "Q4 FY 2026", "2026-10-01"},
		{time.April, "2026-11-21", "FY 2027", "Q3 FY 2027", "2026-10-01"},
		{time.April, "2027-03-31", "FY 2027", "Q4 FY 2027", "2027-01-01"},
		{time.April, "2027-04-01", "FY 2028", "Q1 FY 2028", "2027-04-01"},
		{time.October, "2026-10-01", "FY 2027", "Q1 FY 2027", "2026-10-01"},
	} {
		f := calendar.Fiscal{Start: c.start}
		year, quarter := f.Year(c.date), f.Quarter(c.date)
		if year.Name != c.year || quarter.Name != c.quarter || string(quarter.From) != c.from {
			t.Errorf("%s from %s: %s, %s from %s", c.date, c.start, year.Name, quarter.Name, quarter.From)
		}
		if month := f.Month(c.date); !month.Contains(c.date) || !quarter.Contains(c.date) || !year.Contains(c.date) {
			t.Errorf("%s is not in its own periods: %v %v %v", c.date, month, quarter, year)
		}
	}
}

// Every day is in exactly one quarter, and four quarters make the year.
func TestQuartersPartTheYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := calendar.Fiscal{Start: time.Month(rapid.IntRange(1, 12).Draw(t, "start"))}
		d := calendar.NewDate(2000, 1, 1).AddDays(rapid.IntRange(0, 20000).Draw(t, "day"))
		year := f.Year(d)
		at := year.From
		for range 4 {
			q := f.Quarter(at)
			if q.From != at {
				t.Fatalf("the quarter of %s begins at %s", at, q.From)
			}
			at = q.Until
		}
		if at != year.Until {
			t.Fatalf("four quarters from %s end at %s, the year at %s", year.From, at, year.Until)
		}
	})
}

func TestDatesAreWrittenForPeople(t *testing.T) {
	for date, want := range map[calendar.Date][2]string{"2026-01-02": {"2 Jan 2026", "2 January 2026"}, "2026-11-22": {"22 Nov 2026", "22 November 2026"}, "": {}} {
		if got := [2]string{date.Short(), date.Long()}; got != want {
			t.Errorf("%q is written %q, want %q", date, got, want)
		}
	}
	place, err := calendar.LoadPlace("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	if got := calendar.InstantOf(time.Date(2026, 1, 2, 14, 4, 0, 0, time.UTC)).Moment(place); got != "2 Jan 2026, 15:04" {
		t.Error(got)
	}
}

func TestLastMonday(t *testing.T) {
	for today, want := range map[calendar.Date]calendar.Date{
		"2026-11-16": "2026-11-09", // a Monday looks back on the whole week before
		"2026-11-17": "2026-11-16", "2026-11-21": "2026-11-16", "2026-11-22": "2026-11-16", "2026-11-23": "2026-11-16",
	} {
		if got := today.LastMonday(); got != want {
			t.Errorf("on %s the last Monday is %s, want %s", today, got, want)
		}
	}
}
