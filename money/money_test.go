package money_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/money"
)

func TestAmountsAreReadExactly(t *testing.T) {
	for _, c := range []struct {
		text     string
		currency money.Currency
		minor    int64
		decimal  string
		shown    string
	}{
		{"15000", "EUR", 1500000, "15000", "EUR 15,000"},
		{"0.5", "EUR", 50, "0.5", "EUR 0.50"},
		{"1234567.89", "USD", 123456789, "1234567.89", "USD 1,234,567.89"},
		{"15000", "JPY", 15000, "15000", "JPY 15,000"},
		{"1.234", "KWD", 1234, "1.234", "KWD 1.234"},
		{"11.00", "MW", 11000, "11", "MW 11"},
		{"0", "EUR", 0, "0", "EUR 0"},
	} {
		a, err := money.Parse(c.text, c.currency)
		if err != nil || a.Minor != c.minor || a.Decimal() != c.decimal || a.String() != c.shown {
			t.Errorf("%s %s: %d %s %q, %v", c.text, c.currency, a.Minor, a.Decimal(), a, err)
		}
	}
}

func TestWrongAmountsAreRefusedInWords(t *testing.T) {
	for text, says := range map[string]string{
		"":                       "not an amount",
		"ten":                    "not an amount",
		"1,000":                  "not an amount",
		"NaN":                    "not an amount",
		"-5":                     "negative",
		"0.001":                  "more than the 2 decimals of EUR",
		"99999999999999":         "larger than can be kept",
		strings.Repeat("9", 300): "not an amount",
	} {
		if a, err := money.Parse(text, "EUR"); err == nil || !strings.Contains(err.Error(), says) || len(err.Error()) > 150 {
			t.Errorf("%.20q became %v, %v; want %q", text, a, err, says)
		}
	}
}

func TestCurrenciesAndUnits(t *testing.T) {
	for text, want := range map[string]money.Currency{"eur": "EUR", " USD ": "USD", "MW": "MW", "kWh": "kWh"} {
		if got, err := money.ParseCurrency(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "€", "twelve letters", "a b", "<b>"} {
		if got, err := money.ParseCurrency(bad); err == nil {
			t.Errorf("%q was taken as %q", bad, got)
		}
	}
}

// What is written is read again as the same amount.
func TestDecimalsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Amount{
			Minor:    rapid.Int64Range(0, money.Largest).Draw(t, "minor"),
			Currency: rapid.SampledFrom([]money.Currency{"EUR", "JPY", "KWD", "MW"}).Draw(t, "currency"),
		}
		if b, err := money.Parse(a.Decimal(), a.Currency); err != nil || a != b {
			t.Fatalf("%v became %v by way of %s (%v)", a, b, a.Decimal(), err)
		}
	})
}

func TestCurrenciesAreNeverAddedUp(t *testing.T) {
	totals := money.Totals{}
	for _, a := range []money.Amount{{100, "EUR"}, {900, "USD"}, {50, "EUR"}} {
		totals.Add(a)
	}
	list := totals.Amounts()
	if len(list) != 2 || list[0] != (money.Amount{Minor: 900, Currency: "USD"}) || list[1] != (money.Amount{Minor: 150, Currency: "EUR"}) {
		t.Errorf("totals: %v", list)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"15000", "1.234,50", "-0", "1e9", "0x10", "٣", " 7 "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := money.Parse(text, "EUR")
		if err == nil && (a.Minor < 0 || a.Minor > money.Largest) {
			t.Errorf("%q became %d", text, a.Minor)
		}
	})
}
