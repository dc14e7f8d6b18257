// Package money holds amounts as integer minor units with their currency, so
// that no cent is lost to a float. A currency may also be a unit that a log
// counts in (megawatts, say). Amounts of two currencies are never added as they are;
// Exchange turns one into the other where there is a rate.
package money

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/govalues/decimal"
	"golang.org/x/text/currency"
)

// Currency is an ISO 4217 code ("EUR") or another unit of up to ten letters and
// digits ("MW").
type Currency string

// unitDecimals is how many decimals are kept of a unit that is no ISO currency.
const unitDecimals = 3

// Largest is the greatest number of minor units that an amount may have: large
// enough for any company, small enough that a million of them still add up.
const Largest = int64(9_000_000_000_000)

// ParseCurrency reads a code; ISO codes are upper-cased.
func ParseCurrency(text string) (Currency, error) {
	text = strings.TrimSpace(text)
	if unit, err := currency.ParseISO(text); err == nil {
		return Currency(unit.String()), nil
	}
	if text == "" || len(text) > 10 {
		return "", fmt.Errorf("%q is not a currency like EUR or a unit of up to ten letters", clip(text))
	}
	for _, r := range text {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
			return "", fmt.Errorf("%q is not a currency like EUR or a unit of up to ten letters", clip(text))
		}
	}
	return Currency(text), nil
}

// ISO reads the code of a currency that the world knows; units such as MW are none.
func ISO(code string) (Currency, bool) {
	unit, err := currency.ParseISO(strings.TrimSpace(code))
	if err != nil || len(strings.TrimSpace(code)) != 3 {
		return "", false
	}
	return Currency(unit.String()), true
}

// Decimals is how many digits stand behind the point in this currency.
func (c Currency) Decimals() int {
	if unit, err := currency.ParseISO(string(c)); err == nil && len(c) == 3 {
		scale, _ := currency.Standard.Rounding(unit)
		return scale
	}
	return unitDecimals
}

// Amount is a sum of money, or of a unit: Minor counts the smallest parts.
type Amount struct {
	Minor    int64    `json:"minor"`
	Currency Currency `json:"currency"`
}

// Parse reads a plain decimal number ("15000", "11.00") in a currency. It refuses
// negative amounts, more decimals than the currency has, and amounts too large
// to add up safely.
func Parse(text string, in Currency) (Amount, error) {
	d, err := decimal.Parse(strings.TrimSpace(text))
	if err != nil {
		return Amount{}, fmt.Errorf("%q is not an amount like 15000 or 15000.50", clip(text))
	}
	if d.IsNeg() {
		return Amount{}, fmt.Errorf("the amount %s is negative; an opportunity is worth zero or more", clip(text))
	}
	minor, err := d.Mul(decimal.MustNew(int64(math.Pow10(in.Decimals())), 0))
	if err != nil || minor.Cmp(decimal.MustNew(Largest, 0)) > 0 {
		return Amount{}, fmt.Errorf("the amount %s is larger than can be kept", clip(text))
	}
	whole, _, ok := minor.Int64(0)
	if !ok || !minor.IsInt() {
		return Amount{}, fmt.Errorf("the amount %s has more than the %d decimals of %s", clip(text), in.Decimals(), in)
	}
	return Amount{whole, in}, nil
}

// Decimal is the shortest plain number that means this amount ("15000", "0.5").
func (a Amount) Decimal() string {
	d, err := decimal.New(a.Minor, a.Currency.Decimals())
	if err != nil {
		return "0"
	}
	return d.Trim(0).String()
}

// Float is the amount in major units, for charts and statistics only.
func (a Amount) Float() float64 { return float64(a.Minor) / math.Pow10(a.Currency.Decimals()) }

// String is the amount for reading: currency, thousands parted, decimals only
// where there are any ("EUR 15,000", "EUR 0.50").
func (a Amount) String() string {
	text := a.Decimal()
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	whole, part, has := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if has {
		for len(part) < 2 {
			part += "0"
		}
		whole += "." + part
	}
	return strings.TrimSpace(string(a.Currency) + " " + sign + whole)
}

// Totals adds amounts up, each currency for itself.
type Totals map[Currency]int64

// Add puts an amount in.
func (t Totals) Add(a Amount) { t[a.Currency] += a.Minor }

// Join puts other totals in, each currency to its own.
func (t Totals) Join(other Totals) {
	for c, minor := range other {
		t[c] += minor
	}
}

// Amounts lists the totals, the largest number of minor units first.
func (t Totals) Amounts() []Amount {
	list := make([]Amount, 0, len(t))
	for c, minor := range t {
		list = append(list, Amount{minor, c})
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Minor != list[j].Minor {
			return list[i].Minor > list[j].Minor
		}
		return list[i].Currency < list[j].Currency
	})
	return list
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
