package products

import (
	"fmt"
	"strings"

	"golang.org/x/text/currency"

	"milepost/deals"
	"milepost/money"
	"milepost/problem"
)

// Quantity counts thousandths of a unit; Discount counts hundredths of a percent.
type (
	Quantity int64
	Discount int64
)

const (
	one          = Quantity(1000)
	mostQuantity = 1_000_000_000 * one
	whole        = Discount(10_000)
)

// String is the quantity for reading: "1,200", "2.5".
func (q Quantity) String() string { return parted(plainNumber(int64(q), 3)) }

// typed is the quantity as a form takes it in again. Three decimals could be read as
// thousands; a zero behind them says what they are.
func (q Quantity) typed() string { return unmistakable(plainNumber(int64(q), 3)) }

// String is the discount for reading: "5 %", "12.5 %".
func (d Discount) String() string { return plainNumber(int64(d), 2) + " %" }

func (d Discount) typed() string {
	if d == 0 {
		return ""
	}
	return plainNumber(int64(d), 2)
}

func typedPrice(a money.Amount) string { return unmistakable(a.Decimal()) }

// ParseQuantity reads how many: 10, 2.5, 0,125.
func ParseQuantity(field, text string) (Quantity, error) {
	n, err := parseNumber(field, "quantity", text, 3)
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, problem.Invalid(field, "How many? A quantity is more than zero; to take the product out, remove its line.")
	case Quantity(n) > mostQuantity:
		return 0, problem.Invalid(field, "A quantity is a thousand million at most.")
	}
	return Quantity(n), nil
}

// ParseDiscount reads a percentage from 0 to 100; empty text is none.
func ParseDiscount(field, text string) (Discount, error) {
	text = strings.TrimSuffix(strings.TrimSpace(text), "%")
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	n, err := parseNumber(field, "discount", text, 2)
	if err == nil && Discount(n) > whole {
		err = problem.Invalid(field, "A discount is between 0 and 100 percent.")
	}
	return Discount(n), err
}

// ParsePrice reads the price of one unit in a currency. A price in another one is
// refused: amounts of two currencies are never added up.
func ParsePrice(field, text string, in money.Currency) (*money.Amount, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−") {
		return nil, problem.Invalid(field, "A price is zero or more. What makes the deal cheaper is a discount.")
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' && r < 'a' || r > 'z' }) {
		if other, err := currency.ParseISO(word); err == nil && other.String() != string(in) {
			return nil, problem.Invalid(field, "A price in %s is needed here: a price in %s cannot stand beside the others.", in, other)
		}
	}
	return deals.ParseAmount(field, text, in)
}

// parseNumber reads a plain decimal number as a count of its smallest parts.
func parseNumber(field, what, text string, decimals int) (int64, error) {
	plain := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(strings.TrimSpace(text))
	refused := problem.Invalid(field, "“%s” is not a %s like 10 or 2.5.", clip(text), what)
	before, behind, has := strings.Cut(strings.ReplaceAll(plain, ",", "."), ".")
	behind = trimBeyond(behind, decimals)
	if before == "" && behind == "" || has && before == "" || strings.Trim(before+behind, "0123456789") != "" || len(before) > 12 {
		return 0, refused
	}
	if decimals >= 3 && len(behind) == 3 && len(before) <= 3 && before[0] != '0' {
		return 0, problem.Invalid(field, "“%s” could mean %s%s or %s.%s; write thousands without parting them, or four decimals with a zero.",
			clip(text), before, behind, before, behind)
	}
	behind = strings.TrimRight(behind, "0")
	if len(behind) > decimals {
		return 0, problem.Invalid(field, "A %s has up to %d decimals.", what, decimals)
	}
	n := int64(0)
	for _, digit := range before + behind + strings.Repeat("0", decimals-len(behind)) {
		n = n*10 + int64(digit-'0')
	}
	return n, nil
}

// trimBeyond drops zeros beyond the decimals that there are, keeping one as the sign
// that what stands before it are decimals.
func trimBeyond(behind string, decimals int) string {
	for len(behind) > decimals+1 && strings.HasSuffix(behind, "0") {
		behind = behind[:len(behind)-1]
	}
	return behind
}

func plainNumber(n int64, decimals int) string {
	text := fmt.Sprintf("%0*d", decimals+1, n)
	before, behind := text[:len(text)-decimals], strings.TrimRight(text[len(text)-decimals:], "0")
	if behind == "" {
		return before
	}
	return before + "." + behind
}

func unmistakable(text string) string {
	if _, behind, _ := strings.Cut(text, "."); len(behind) == 3 {
		return text + "0"
	}
	return text
}

func parted(text string) string {
	before, behind, has := strings.Cut(text, ".")
	for i := len(before) - 3; i > 0; i -= 3 {
		before = before[:i] + "," + before[i:]
	}
	if has {
		return before + "." + behind
	}
	return before
}
