package deals

import (
	"fmt"
	"strings"
	"unicode"

	"milepost/money"
	"milepost/problem"
)

// SetAmount says what the deal is worth; nil means that nobody knows yet.
func SetAmount(o *Opportunity, amount *money.Amount) ([]Change, error) {
	if err := mustBeOpen(o, "amount", "the amount"); err != nil {
		return nil, err
	}
	if same(o.Amount, amount) {
		return nil, nil
	}
	return []Change{{Kind: AmountSet, Fact: Fact{Amount: amount}}}, nil
}

func same(a, b *money.Amount) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// ParseAmount reads an amount as people type it: 15000, 15,000.50, 15.000,50,
// 15 000, 15'000, with or without the currency. What could mean two amounts is
// refused rather than guessed. Empty text is no amount.
func ParseAmount(field, text string, in money.Currency) (*money.Amount, error) {
	plain := bare(text, in)
	if plain == "" {
		return nil, nil
	}
	if strings.HasPrefix(plain, "-") || strings.HasPrefix(plain, "(") {
		return nil, problem.Invalid(field, "The amount is negative. A deal is worth zero or more.")
	}
	for _, r := range plain {
		if (r < '0' || r > '9') && r != '.' && r != ',' {
			return nil, problem.Invalid(field, "“%s” is not an amount like 15000 or 15000.50.", clip(text))
		}
	}
	number, err := unseparated(plain, in.Decimals())
	if err != nil {
		return nil, problem.Invalid(field, "“%s” %s", clip(text), err)
	}
	if len(number) > 18 {
		return nil, problem.Invalid(field, "The amount %s is larger than can be kept.", clip(text))
	}
	amount, err := money.Parse(number, in)
	if err != nil {
		return nil, problem.Invalid(field, "%s.", upperFirst(err.Error()))
	}
	return &amount, nil
}

// bare takes off the currency, blanks of every kind, and the apostrophes by which
// the Swiss part thousands.
func bare(text string, in money.Currency) string {
	text = strings.TrimSpace(text)
	if n := len(in); n > 0 && len(text) > n {
		if strings.EqualFold(text[:n], string(in)) {
			text = text[n:]
		} else if strings.EqualFold(text[len(text)-n:], string(in)) {
			text = text[:len(text)-n]
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\'', r == '’', r == '€' && in == "EUR", r == '£' && in == "GBP", r == '$' && in == "USD":
			return -1
		case r == '−', r == '–':
			return '-'
		}
		return r
	}, text)
}

// unseparated makes a plain number of one with separators: the last of two kinds
// parts the decimals; one that comes several times parts thousands; a single one
// before exactly three digits parts thousands unless the currency has three
// decimals, when it could mean either.
func unseparated(text string, decimals int) (string, error) {
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		return text, nil
	}
	mark := text[last : last+1]
	other := map[string]string{".": ",", ",": "."}[mark]
	whole, part := text[:last], text[last+1:]
	switch {
	case strings.Contains(whole, other):
		whole, ok := joined(whole, other)
		if !ok {
			return "", fmt.Errorf("parts its thousands in an unusual place; write it without parting them")
		}
		return decimal(whole, part), nil
	case strings.Contains(whole, mark), len(part) == 3 && decimals < 3 && groupHead(whole):
		number, ok := joined(text, mark)
		if !ok {
			return "", fmt.Errorf("parts its thousands in an unusual place; write it without parting them")
		}
		return number, nil
	case len(part) == 3 && groupHead(whole):
		return "", fmt.Errorf("could mean %s%s or %s.%s; write thousands without parting them, or four decimals with a zero", whole, part, whole, part)
	}
	return decimal(whole, part), nil
}

func decimal(whole, part string) string {
	if part = strings.TrimRight(part, "0"); part == "" {
		return whole
	}
	return whole + "." + part
}

// groupHead tells whether digits may stand before a separator of thousands.
func groupHead(digits string) bool {
	return len(digits) >= 1 && len(digits) <= 3 && digits[0] != '0'
}

// joined drops separators of thousands, if each stands where one may.
func joined(text, mark string) (string, bool) {
	parts := strings.Split(text, mark)
	for i, part := range parts {
		if i == 0 && !groupHead(part) || i > 0 && (len(part) != 3 || strings.ContainsAny(part, ".,")) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

func upperFirst(text string) string {
	for i, r := range text {
		return string(unicode.ToUpper(r)) + text[i+len(string(r)):]
	}
	return text
}
