package imports

import (
	"fmt"
	"strings"

	"milepost/money"
)

func (r *rules) amount(f *fact) string {
	in, known := r.currencies[f.name]
	if !known {
		var err error
		if in, err = money.ParseCurrency(f.name); err != nil {
			return fmt.Sprintf("%q is not a currency like EUR, nor a unit of up to ten letters and digits; it stands in the column name.", clip(f.name, 40))
		}
		if len(r.currencies) < maxCurrencies {
			r.currencies[f.name] = in
		}
	}
	if reason := plainNumber(f.value); reason != "" {
		return reason
	}
	if _, err := money.Parse(f.value, in); err != nil {
		return sentence(err)
	}
	return ""
}

const maxCurrencies = 1000

// plainNumber refuses what is not written as digits with at most one point.
func plainNumber(text string) string {
	digits, point := 0, false
	for i, r := range strings.TrimPrefix(text, "-") {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '.' && !point && i > 0:
			point = true
		default:
			digits = -1 << 20
		}
	}
	switch {
	case digits <= 0 || strings.HasSuffix(text, "."):
		return fmt.Sprintf("The amount %q is not a plain number like 15000 or 15000.50.", clip(text, 40))
	case text[0] == '-':
		return fmt.Sprintf("The amount %s is negative; an opportunity is worth zero or more.", clip(text, 40))
	case digits > 18:
		return fmt.Sprintf("The amount %s is larger, or finer, than can be kept.", clip(text, 40))
	}
	return ""
}

// sentence makes an error's words a sentence.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
