package monday

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"milepost/calendar"
	"milepost/money"
)

func weekday(d calendar.Date) string { return d.Time().Format("Monday 2 January") }

// daysText is a number of days as people say it.
func daysText(n int) string { return count(int64(n), "day") }

// count is a number with its noun ("1 deal", "1,240 deals").
func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if noun == "person" {
		return figure(n) + " people"
	}
	return figure(n) + " " + noun + "s"
}

// figure is a whole number with its thousands parted.
func figure(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func timesText(n int64) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// timesOver is a factor for reading: 1.25 times.
func timesOver(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", f), "0"), ".") + " times"
}

// isolate keeps a name that is written from right to left from turning the sentence
// around it.
func isolate(text string) string {
	for _, r := range text {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return "\u2068" + text + "\u2069"
		}
	}
	return text
}

// round drops from an amount what a big figure need not say: cents, and from a million
// on what is below a thousand.
func round(a money.Amount) money.Amount {
	unit := int64(math.Pow10(a.Currency.Decimals()))
	if a.Minor >= 1_000_000*unit || a.Minor <= -1_000_000*unit {
		unit *= 1000
	}
	half := unit / 2
	if a.Minor < 0 {
		half = -half
	}
	a.Minor = (a.Minor + half) / unit * unit
	return a
}

// totalText is totals for reading, each currency for itself.
func totalText(t money.Totals) string {
	var parts []string
	for _, a := range t.Amounts() {
		if a.Minor != 0 {
			parts = append(parts, round(a).String())
		}
	}
	if len(parts) > 3 {
		parts = append(parts[:3], fmt.Sprintf("%d more currencies", len(parts)-3))
	}
	return strings.Join(parts, ", ")
}
