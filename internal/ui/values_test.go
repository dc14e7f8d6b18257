package ui

import (
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/money"
)

func TestPercent(t *testing.T) {
	for p, want := range map[float64]string{0: "0 %", 0.004: "under 1 %", 0.63: "63 %", 0.99: "99 %", 0.996: "over 99 %", 1: "100 %"} {
		if got := percent(p); got != want {
			t.Errorf("%v: %q, not %q", p, got, want)
		}
	}
}

func TestDue(t *testing.T) {
	for date, want := range map[calendar.Date]string{"2026-11-21": "today", "2026-11-22": "tomorrow", "2026-11-20": "1 day late",
		"2026-11-09": "12 days late", "2026-12-01": "in 10 days"} {
		if got := dueText(date, "2026-11-21"); got != want {
			t.Errorf("%s: %q, not %q", date, got, want)
		}
	}
	if dueTone("2026-11-20", "2026-11-21") != Bad || dueTone("2026-11-28", "2026-11-21") != Warn || dueTone("2026-11-29", "2026-11-21") != Plain {
		t.Error("late is bad, a week is a warning, more is neither")
	}
}

func TestAgo(t *testing.T) {
	for age, want := range map[time.Duration]string{0: "just now", 59 * time.Second: "just now", time.Minute: "1 minute ago",
		3 * time.Hour: "3 hours ago", 24 * time.Hour: "1 day ago", 80 * 24 * time.Hour: "80 days ago", -time.Hour: "just now"} {
		if got := agoText(galleryNow.Add(-age), galleryNow); got != want {
			t.Errorf("%s: %q, not %q", age, got, want)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Ingrid Solheim-Brennan": "IS", "bo": "B", "": "?", "  ": "?", "Ana María de la Cruz": "AC", "ليلى الحسيني": "لا"} {
		if got := initials(name); got != want {
			t.Errorf("%q: %q, not %q", name, got, want)
		}
	}
}

func TestShortAmount(t *testing.T) {
	for minor, want := range map[int64]string{0: "EUR 0", 99900: "EUR 999", 123400: "EUR 1.23 k", 99999900: "EUR 1 M", 99960000: "EUR 1 M", 184000000: "EUR 1.84 M",
		-2350000000: "EUR -23.5 M", 123456789000: "EUR 1.23 B"} {
		if got := ShortAmount(money.Amount{Minor: minor, Currency: "EUR"}); got != want {
			t.Errorf("%d: %q, not %q", minor, got, want)
		}
	}
}

func TestFigure(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1234567: "1,234,567", -1234.5: "-1,234.5", 0.126: "0.13", 100: "100", 999: "999"} {
		if got := figure(v); got != want {
			t.Errorf("%v: %q, not %q", v, got, want)
		}
	}
}

func TestTimelineDays(t *testing.T) {
	at := func(text string) calendar.Instant {
		i, err := calendar.ParseInstant(text)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	east := time.FixedZone("east", 9*60*60)
	line := Timeline{Place: east, Today: "2026-11-22", Events: []Event{{At: at("2026-11-21T20:00:00Z")}, {At: at("2026-11-21T16:00:00Z")},
		{At: at("2026-11-21T10:00:00Z")}, {At: at("2026-11-19T10:00:00Z")}}}
	var names []string
	for _, day := range line.days() {
		names = append(names, day.Name)
	}
	if got := strings.Join(names, ", "); got != "Today, Yesterday, Thursday 19 November 2026" {
		t.Errorf("the days are %s", got)
	}
	if got := line.hour(line.Events[0]); got != "05:00" {
		t.Errorf("the hour in the east is %s", got)
	}
}

func TestFrameDirection(t *testing.T) {
	for lang, want := range map[string]string{"": "ltr", "en": "ltr", "ar": "rtl", "he-IL": "rtl", "de-CH": "ltr"} {
		if got := (Frame{Lang: lang}).dir(); got != want {
			t.Errorf("%q is written %s", lang, got)
		}
	}
}

func TestTableInstead(t *testing.T) {
	if got := render(t, Table{Caption: "Deals", Empty: Text("none yet")}); got != "<bdi>none yet</bdi>" {
		t.Errorf("an empty table is %s", got)
	}
	text := render(t, Table{Caption: "Deals", Columns: []Column{{Label: "Amount", Path: "?sort=amount", Sorted: Descending, Numeric: true}}})
	for _, want := range []string{`aria-sort="descending"`, `class="num"`, `href="?sort=amount"`, "<caption"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

func TestUnknownMeansNone(t *testing.T) {
	if !strings.Contains(render(t, Date("")), "none") || !strings.Contains(render(t, DueDate("", "2026-11-21")), "none") {
		t.Error("a date that is not known is not said to be")
	}
	if text := render(t, Odds{TooFew: true, Cases: 4}); !strings.Contains(text, "Too few to say") || !strings.Contains(text, "4 so far") {
		t.Errorf("too few: %s", text)
	}
}
