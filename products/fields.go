package products

import (
	"slices"
	"strings"

	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// The longest texts that are taken in, in characters.
const (
	longestName  = 200
	longestLabel = 80
)

// field is something that may be changed about a product.
type field struct {
	Name, Label, Hint string
	clean             func(field, text string) (string, error)
}

var fields = []field{
	{"name", "Name", "As it stands in an offer.", func(f, t string) (string, error) {
		text, err := line(f, "The product's name", t, longestName)
		if err == nil && people.Key(text) == "" {
			err = problem.Invalid(f, "Give the product a name.")
		}
		return text, err
	}},
	{"code", "Code", "The number on your price list, if there is one.", func(f, t string) (string, error) { return line(f, "The code", t, longestLabel) }},
	{"family", "Family", "What it belongs together with: “Sensors”, “Services”.", func(f, t string) (string, error) { return line(f, "The family", t, longestLabel) }},
	{"unit", "Unit", "What is counted: “piece”, “month”, “site”.", func(f, t string) (string, error) { return line(f, "The unit", t, longestLabel) }},
	{"prices", "List prices", "One a line, with the currency: “EUR 1200”.", func(f, t string) (string, error) {
		prices, err := ParsePrices(f, t)
		return writePrices(prices), err
	}},
}

var soldField = field{"sold", "Sold", "", func(f, t string) (string, error) {
	if t != "yes" && t != "no" {
		return "", problem.Invalid(f, "A product is sold, or it is not.")
	}
	return t, nil
}}

func fieldNamed(name string) (field, error) {
	for _, f := range append(slices.Clone(fields), soldField) {
		if f.Name == name {
			return f, nil
		}
	}
	return field{}, problem.NotFound("There is no such field.")
}

// ask is how the field is called in a sentence.
func (f field) ask() string { return strings.ToLower(f.Label) }

// ParsePrices reads list prices, one a line, each with its currency before or behind
// the number.
func ParsePrices(field, text string) ([]money.Amount, error) {
	var list []money.Amount
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' }) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		price, err := parsePriced(field, line)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(a money.Amount) bool { return a.Currency == price.Currency }) {
			return nil, problem.Invalid(field, "There are two prices in %s. A product has one in each currency.", price.Currency)
		}
		list = append(list, price)
	}
	slices.SortFunc(list, byCurrency)
	return list, nil
}

// parsePriced reads one price with its currency: "EUR 1200", "1200 EUR".
func parsePriced(field, text string) (money.Amount, error) {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, " ")
	if first == "" || first[0] >= '0' && first[0] <= '9' {
		cut := strings.LastIndex(text, " ")
		first, rest = text[cut+1:], text[:max(cut, 0)]
	}
	currency, err := money.ParseCurrency(first)
	if err != nil || strings.Trim(first, "0123456789") == "" {
		return money.Amount{}, problem.Invalid(field, "Say the currency with the price, like “EUR 1200”: “%s” has none.", clip(text))
	}
	price, err := ParsePrice(field, rest, currency)
	if err == nil && price == nil {
		err = problem.Invalid(field, "What does it cost in %s? Write the number beside it.", currency)
	}
	if err != nil {
		return money.Amount{}, err
	}
	return *price, nil
}
