package rates

import (
	"cmp"
	"strings"

	"milepost/calendar"
	"milepost/money"
	"milepost/problem"
)

// Rate says what one unit of a currency is worth in another from a day on.
type Rate struct {
	One   money.Currency `json:"one"`
	Other money.Currency `json:"other"`
	Units money.Rate     `json:"units"`
	Day   calendar.Date  `json:"day"`
}

// Pair is two currencies, the first by name first.
type Pair struct{ Low, High money.Currency }

// PairOf is the pair of two currencies.
func PairOf(a, b money.Currency) Pair { return Pair{min(a, b), max(a, b)} }

// Pair is the pair that the rate is of.
func (r Rate) Pair() Pair { return PairOf(r.One, r.Other) }

// String is the rate in words: "1 USD = 0.92 EUR".
func (r Rate) String() string {
	return "1 " + string(r.One) + " = " + r.Units.String() + " " + string(r.Other)
}

// Since is the rate with its day: "1 USD = 0.92 EUR since 3 November 2026".
func (r Rate) Since() string { return r.String() + " since " + r.Day.Long() }

// from is the exchange of one of the rate's currencies into the other.
func (r Rate) from(c money.Currency) money.Exchange {
	if c == r.One {
		return r.Units.Exchange(r.One, r.Other)
	}
	return r.Units.Exchange(r.One, r.Other).Back()
}

// mostAhead is how many days before it holds a rate may be given.
const mostAhead = 400

// earliest is the first day of which a rate is taken.
const earliest = calendar.Date("1970-01-01")

// check refuses what cannot be a rate, seen from a day.
func (r Rate) check(today calendar.Date) error {
	switch {
	case r.One == r.Other:
		return problem.Invalid("currency", "%s against itself is always 1: nobody needs to give that.", r.One)
	case r.Units.IsZero():
		return problem.Invalid("units", "What is one %s worth? A rate is more than zero.", r.One)
	case r.Day < earliest:
		return problem.Invalid("day", "Rates are kept from 1970 on; %s is before that.", r.Day.Long())
	case today.DaysUntil(r.Day) > mostAhead:
		return problem.Invalid("day", "%s is more than a year ahead. Is the year right?", r.Day.Long())
	}
	return nil
}

func byDay(a, b Rate) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Pair().Low, b.Pair().Low), cmp.Compare(a.Pair().High, b.Pair().High))
}

// ParseCode reads the code of a currency that exists.
func ParseCode(field, text string) (money.Currency, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", problem.Invalid(field, "Which currency? Its code has three letters, like USD.")
	}
	c, is := money.ISO(text)
	if !is {
		return "", problem.Invalid(field, "“%s” is not a currency that we know. Its code has three letters, like USD.", clip(text))
	}
	return c, nil
}

// ParseUnits reads how much one unit is worth; comma tells that a comma can only be the
// decimal one.
func ParseUnits(field, text string, comma bool) (money.Rate, error) {
	units, err := money.ParseRate(text, comma)
	switch err {
	case nil:
		return units, nil
	case money.ErrNotMore:
		return units, problem.Invalid(field, "A rate is more than zero; “%s” is not.", clip(text))
	case money.ErrAmbiguous:
		return units, problem.Invalid(field, "“%s” could be a little more than %s, or in the thousands. Write it with a point, or with four decimals.", clip(text), before(text))
	case money.ErrTooFine:
		return units, problem.Invalid(field, "“%s” has more digits than are kept: up to 15, up to 12 of them behind the point.", clip(text))
	}
	return units, problem.Invalid(field, "“%s” is not a rate like 1.0842 or 1,0842.", clip(text))
}

func before(text string) string {
	whole, _, _ := strings.Cut(strings.TrimSpace(text), ",")
	return whole
}

func clip(text string) string {
	if runes := []rune(strings.TrimSpace(text)); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return strings.TrimSpace(text)
}
