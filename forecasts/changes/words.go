package changes

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/money"
)

func weekday(d calendar.Date) string { return d.Time().Format("Monday 2 January") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return ui.Figure(int64(n)) + " " + many
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// wins writes millionths of a win: tenths, or hundredths of what is small.
func wins(millionths int64, difference bool) string {
	value, decimals := math.Abs(float64(millionths)/oneWin), 1
	if millionths != 0 && value < .05 {
		decimals = 2
	}
	text := strconv.FormatFloat(value, 'f', decimals, 64)
	switch {
	case !difference || millionths == 0:
		return text
	case millionths < 0:
		return "−" + text
	}
	return "+" + text
}

// signed is an amount with its sign.
func signed(a money.Amount) string {
	switch {
	case a.Minor > 0:
		return "+" + a.String()
	case a.Minor < 0:
		a.Minor = -a.Minor
		return "−" + a.String()
	}
	return a.String()
}

// round drops from an amount what a big figure need not say.
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

func percent(p float64) string { return fmt.Sprintf("%.0f %%", 100*p) }

// gist says in a sentence what moved most, each way.
func (v view) gist() string {
	var list []Tally
	for _, t := range v.Fall.Tallies(v.Ask) {
		if t.By.moves() {
			list = append(list, t)
		}
	}
	size := func(t Tally) int64 {
		if v.hasMoney() {
			return t.By.Minor
		}
		return t.By.Wins
	}
	by := size(Tally{By: v.Fall.End.minus(v.Fall.Start)})
	if len(list) == 0 || by == 0 {
		return "The forecast is what it was."
	}
	verb, way := "It rose by ", int64(1)
	if by < 0 {
		verb, way = "It fell by ", -1
	}
	slices.SortStableFunc(list, func(a, b Tally) int { return cmp.Compare(way*size(b), way*size(a)) })
	text := verb + strings.TrimLeft(v.signed(v.Fall.End.minus(v.Fall.Start)), "+−")
	var most []string
	for _, t := range list[:min(2, len(list))] {
		if way*size(t) > 0 {
			most = append(most, strings.ToLower(labels[t.Bar])+" "+v.signed(t.By))
		}
	}
	text += ", most of it by " + strings.Join(most, " and ")
	if last := list[len(list)-1]; way*size(last) < 0 {
		text += "; against it " + strings.ToLower(labels[last.Bar]) + " " + v.signed(last.By)
	}
	return text + "."
}

// whyTooFew says what is missing.
func (v view) whyTooFew() string {
	if v.FewThen {
		return "On the morning of " + weekday(v.Since) + " too few deals had ended, or the history went back too short a time, to say what is likely (" + count(v.Ended[0], "deal", "deals") + " then, " + ui.Figure(int64(v.Ended[1])) + " now). Choose a later day, or look again when more have ended."
	}
	return "Too few deals have ended, or the history goes back too short a time, to say what is likely: " + count(v.Ended[1], "deal has ended", "deals have ended") + " so far. Recording how each deal ended, the lost ones too, brings the rest."
}
