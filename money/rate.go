package money

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Rate is how many units of one currency are worth one unit of another, as a decimal
// number is written: exactly, never as a float.
type Rate struct {
	digits   int64
	decimals int
}

// How finely a rate is kept: more digits than any bank publishes.
const (
	rateDigits   = 15
	rateDecimals = 12
)

// What is wrong with a rate that is not taken.
var (
	ErrNoRate    = errors.New("not a number like 1.0842 or 1,0842")
	ErrNotMore   = errors.New("a rate is more than zero")
	ErrAmbiguous = errors.New("it could be read in two ways")
	ErrTooFine   = fmt.Errorf("a rate has up to %d digits, %d of them behind the point", rateDigits, rateDecimals)
)

// ParseRate reads a rate with a decimal point or a decimal comma. A comma with three
// digits behind it may part thousands as well, and is refused unless it is known to be
// the decimal comma.
func ParseRate(text string, comma bool) (Rate, error) {
	text = strings.TrimSpace(text)
	negative := strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−")
	whole, part, err := splitNumber(strings.TrimLeft(text, "-−"), comma)
	if err != nil {
		return Rate{}, err
	}
	part = strings.TrimRight(part, "0")
	digits := strings.TrimLeft(whole+part, "0")
	switch {
	case digits == "" || negative:
		return Rate{}, ErrNotMore
	case len(digits) > rateDigits || len(part) > rateDecimals:
		return Rate{}, ErrTooFine
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return Rate{}, ErrNoRate
	}
	return Rate{n, len(part)}, nil
}

// splitNumber parts a number at its decimal sign: the one sign that there is, or of a
// comma and a point the last.
func splitNumber(text string, comma bool) (whole, part string, err error) {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(text)
	at := strings.LastIndexAny(text, ".,")
	if at < 0 {
		whole = text
	} else {
		whole, part = text[:at], text[at+1:]
		other := map[byte]string{'.': ",", ',': "."}[text[at]]
		groups := strings.Split(whole, other)
		for i, group := range groups {
			if i > 0 && len(group) != 3 || len(groups) > 1 && (group == "" || len(group) > 3) {
				return "", "", ErrNoRate
			}
		}
		if text[at] == ',' && !comma && len(groups) == 1 && len(part) == 3 && strings.Trim(whole, "0") != "" && len(whole) <= 3 && isDigits(whole+part) {
			return "", "", ErrAmbiguous
		}
		whole = strings.Join(groups, "")
	}
	if whole == "" && part == "" || !isDigits(whole+part) {
		return "", "", ErrNoRate
	}
	return whole, part, nil
}

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// HasDecimalComma tells whether a number can only be read with a decimal comma.
func HasDecimalComma(text string) bool {
	text = strings.TrimSpace(text)
	whole, part, has := strings.Cut(text, ",")
	return has && isDigits(part) && part != "" && isDigits(strings.ReplaceAll(whole, ".", "")) && (len(part) != 3 || strings.Trim(whole, "0") == "")
}

// String is the rate as it is written: "0.92", "1.0842".
func (r Rate) String() string {
	text := strconv.FormatInt(r.digits, 10)
	if r.decimals == 0 {
		return text
	}
	if short := r.decimals + 1 - len(text); short > 0 {
		text = strings.Repeat("0", short) + text
	}
	return text[:len(text)-r.decimals] + "." + text[len(text)-r.decimals:]
}

// IsZero tells whether there is no rate.
func (r Rate) IsZero() bool { return r.digits == 0 }

// Float is the rate for charts only.
func (r Rate) Float() float64 { return float64(r.digits) / math.Pow10(r.decimals) }

// MarshalText writes the rate as String does.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (r *Rate) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRate(string(text), false)
	return err
}

// fraction is the rate between minor units of one currency and another.
func (r Rate) fraction(one, other Currency) (num, den *big.Int) {
	num = new(big.Int).Mul(big.NewInt(r.digits), power(other.Decimals()))
	return num, new(big.Int).Mul(power(r.decimals), power(one.Decimals()))
}

func power(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
