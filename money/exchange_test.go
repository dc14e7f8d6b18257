package money_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"milepost/money"
)

func rate(t interface{ Fatal(...any) }, text string) money.Rate {
	r, err := money.ParseRate(text, false)
	if err != nil {
		t.Fatal(text, err)
	}
	return r
}

func TestRatesAreReadAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]string{
		"1.0842": "1.0842", "1,0842": "1.0842", " 0.92 ": "0.92", "0,92": "0.92", "1.0870": "1.087", "164": "164", "1.234": "1.234",
		"0,925": "0.925", ".5": "0.5", "17,123.45": "17123.45", "17.123,45": "17123.45", "17 123,45": "17123.45", "1'234.5": "1234.5",
		"1,2340": "1.234", "1234,567": "1234.567", "0.000061": "0.000061", "1,234,567.8": "1234567.8",
	} {
		if got, err := money.ParseRate(text, false); err != nil || got.String() != want {
			t.Errorf("%q became %s, %v; want %s", text, got, err, want)
		}
	}
	if got, err := money.ParseRate("1,234", true); err != nil || got.String() != "1.234" {
		t.Errorf("1,234 with a decimal comma became %s, %v", got, err)
	}
}

func TestWhatIsNoRateIsRefused(t *testing.T) {
	for text, want := range map[string]error{
		"": money.ErrNoRate, "N/A": money.ErrNoRate, "1.2.3": money.ErrNoRate, "1,2,3": money.ErrNoRate, "1e3": money.ErrNoRate, ".": money.ErrNoRate, "٣": money.ErrNoRate, "12,34.5": money.ErrNoRate,
		"0": money.ErrNotMore, "0.000": money.ErrNotMore, "-1.1": money.ErrNotMore, "−2": money.ErrNotMore,
		"1,234": money.ErrAmbiguous, "0.0000000000001": money.ErrTooFine, "1234567890123456": money.ErrTooFine,
	} {
		if got, err := money.ParseRate(text, false); !errors.Is(err, want) {
			t.Errorf("%q became %s, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]bool{"1,0842": true, "0,925": true, "1.234,5": true, "1,234": false, "1.0842": false, "1,234.5": false, "164": false} {
		if got := money.HasDecimalComma(text); got != want {
			t.Errorf("%q has a decimal comma: %v", text, got)
		}
	}
}

// Worked by hand: amounts are rounded to the smallest part of the other currency, half to
// even, whatever decimals either has.
func TestAmountsAreExchanged(t *testing.T) {
	for _, c := range []struct {
		minor int64
		from  money.Currency
		rate  string
		to    money.Currency
		want  int64
	}{
		{10_000, "USD", "0.92", "EUR", 9_200},    // 100 USD are 92 EUR
		{1, "USD", "0.5", "EUR", 0},              // half a cent, to even
		{3, "USD", "0.5", "EUR", 2},              // one and a half
		{5, "USD", "0.5", "EUR", 2},              // two and a half
		{-3, "USD", "0.5", "EUR", -2},            //
		{100_00, "EUR", "164.1", "JPY", 16_410},  // to no decimals
		{16_410, "JPY", "0.00609", "EUR", 99_94}, // 99.9369
		{1_000, "KWD", "3.02", "EUR", 302},       // from three decimals
		{302, "EUR", "0.331", "KWD", 1_000},      // 0.99962
		{1, "JPY", "0.0061", "KWD", 6},           // 6.1 thousandths
		{money.Largest, "USD", "1", "EUR", money.Largest},
	} {
		got, ok := rate(t, c.rate).Exchange(c.from, c.to).Convert(money.Amount{Minor: c.minor, Currency: c.from})
		if !ok || got != (money.Amount{Minor: c.want, Currency: c.to}) {
			t.Errorf("%d %s at %s: %v, want %d %s", c.minor, c.from, c.rate, got, c.want, c.to)
		}
	}
	if _, ok := rate(t, "999999999999").Exchange("EUR", "USD").Minor(money.Largest); ok {
		t.Error("more than can be kept was kept")
	}
	if _, ok := rate(t, "2").Exchange("EUR", "USD").Convert(money.Amount{Minor: 1, Currency: "GBP"}); ok {
		t.Error("pounds were exchanged as euros")
	}
}

var someCurrencies = []money.Currency{"EUR", "USD", "JPY", "KWD", "MW"}

func drawExchange(t *rapid.T) money.Exchange {
	digits, decimals := rapid.Int64Range(1, 999_999).Draw(t, "digits"), rapid.IntRange(0, 8).Draw(t, "decimals")
	text := new(big.Rat).SetFrac64(digits, int64(math.Pow10(decimals))).FloatString(decimals)
	from := rapid.SampledFrom(someCurrencies).Draw(t, "from")
	to := rapid.SampledFrom(someCurrencies).Filter(func(c money.Currency) bool { return c != from }).Draw(t, "to")
	return rate(t, text).Exchange(from, to)
}

// An amount stays what it is in its own currency; a sum comes to what its parts come to,
// but for half of the smallest part for each rounding; there and back again is what it
// was, but for what one smallest part there is worth here.
func TestExchangesHoldTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawExchange(t)
		amount := rapid.Int64Range(0, 1_000_000_000)
		if minor := amount.Draw(t, "own"); true {
			if got, ok := money.Unchanged(e.From).Minor(minor); !ok || got != minor {
				t.Fatalf("%d became %d in its own currency", minor, got)
			}
		}
		var parts, sum int64
		n := rapid.IntRange(1, 20).Draw(t, "parts")
		for range n {
			minor := amount.Draw(t, "part")
			sum += minor
			one, ok := e.Minor(minor)
			if !ok {
				t.Skip("too large")
			}
			parts += one
		}
		whole, ok := e.Minor(sum)
		if !ok {
			t.Skip("too large")
		}
		if off := 2 * (whole - parts); off > int64(n+1) || off < -int64(n+1) {
			t.Fatalf("%d parts come to %d, and their sum to %d", n, parts, whole)
		}
		back, ok := e.Back().Minor(whole)
		if !ok {
			t.Skip("too large")
		}
		if off, allowed := math.Abs(float64(back-sum)), e.Back().Times(.5)+.5+1e-6; off > allowed {
			t.Fatalf("%d went to %d and came back as %d", sum, whole, back)
		}
	})
}

// Two rates in a row round once, and as big rationals say.
func TestExchangesInARowRoundOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(1, 99_999).Draw(t, "a"), rapid.Int64Range(1, 99_999).Draw(t, "b")
		minor := rapid.Int64Range(0, 1_000_000_000).Draw(t, "minor")
		one := rate(t, new(big.Rat).SetFrac64(a, 1000).FloatString(3)).Exchange("EUR", "USD")
		two := rate(t, new(big.Rat).SetFrac64(b, 1000).FloatString(3)).Exchange("EUR", "GBP")
		got, _ := one.Back().Then(two).Minor(minor)
		exact := new(big.Rat).Mul(new(big.Rat).SetInt64(minor), new(big.Rat).SetFrac64(b, a))
		off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(got))
		if off.Abs(off); off.Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%d USD cents came to %d pence, exactly %s", minor, got, exact.FloatString(6))
		}
	})
}

func FuzzParseRate(f *testing.F) {
	for _, seed := range []string{"1.0842", "1,0842", "1.234,5", "-0", "1e9", "0x10", "٣", "1,234", "−1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := money.ParseRate(text, false)
		if err != nil {
			return
		}
		if again, err := money.ParseRate(r.String(), false); r.IsZero() || err != nil || again != r {
			t.Errorf("%q became %s, and that %s (%v)", text, r, again, err)
		}
	})
}
