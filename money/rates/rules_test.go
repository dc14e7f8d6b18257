package rates_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/money"
	"milepost/money/rates"
)

func one(currency, other money.Currency, units string, day calendar.Date) rates.Rate {
	r, err := money.ParseRate(units, false)
	if err != nil {
		panic(err)
	}
	return rates.Rate{One: currency, Other: other, Units: r, Day: day}
}

var book = rates.NewBook([]rates.Rate{
	one("USD", "EUR", "0.90", "2026-11-02"),
	one("USD", "EUR", "0.92", "2026-11-03"),
	one("EUR", "GBP", "0.80", "2026-11-01"),
	one("EUR", "JPY", "160", "2026-11-01"),
	one("GBP", "JPY", "190", "2026-10-01"),
})

func TestTheRateOfADayIsTheLatest(t *testing.T) {
	for _, c := range []struct {
		day      calendar.Date
		minor    int64
		from, to money.Currency
		want     int64
		by       string
	}{
		{"2026-11-03", 100_00, "USD", "EUR", 92_00, "1 USD = 0.92 EUR since 3 November 2026"},
		{"2027-05-01", 100_00, "USD", "EUR", 92_00, "1 USD = 0.92 EUR since 3 November 2026"},
		{"2026-11-02", 100_00, "USD", "EUR", 90_00, "1 USD = 0.9 EUR since 2 November 2026"},
		{"2026-11-01", 100_00, "USD", "EUR", 0, ""}, // none yet, and never 1
		{"2026-11-03", 92_00, "EUR", "USD", 100_00, "1 USD = 0.92 EUR since 3 November 2026"},
		{"2026-11-03", 100_00, "USD", "GBP", 73_60, "1 USD = 0.92 EUR since 3 November 2026, 1 EUR = 0.8 GBP since 1 November 2026"},
		{"2026-10-02", 1_00, "GBP", "JPY", 190, "1 GBP = 190 JPY since 1 October 2026"},
		{"2026-11-03", 5, "EUR", "EUR", 5, ""},
		{"2026-11-03", 5, "MW", "EUR", 0, ""},
	} {
		q, has := book.On(c.day, c.from, c.to)
		var by []string
		for _, r := range q.Rates {
			by = append(by, r.Since())
		}
		if got := strings.Join(by, ", "); got != c.by || has != (c.want != 0) {
			t.Errorf("%s to %s on %s: %v by %q, want %q", c.from, c.to, c.day, has, got, c.by)
		}
		if got, _ := book.Convert(money.Amount{Minor: c.minor, Currency: c.from}, c.to, c.day); got.Minor != c.want {
			t.Errorf("%d %s on %s are %v, want %d", c.minor, c.from, c.day, got, c.want)
		}
	}
}

func TestTotalsAreAddedUpAsFarAsThereAreRates(t *testing.T) {
	sum := book.Add(money.Totals{"EUR": 100_00, "USD": 100_00, "MW": 5}, "EUR", "2026-11-05")
	if sum.Sum != (money.Amount{Minor: 192_00, Currency: "EUR"}) || !sum.Converted || len(sum.Apart) != 1 || sum.Apart[0].Currency != "MW" || len(sum.Rates) != 1 {
		t.Errorf("%+v", sum)
	}
	if sum := book.Add(money.Totals{"EUR": 7}, "EUR", "2026-11-05"); sum.Converted || sum.Sum.Minor != 7 {
		t.Errorf("%+v", sum)
	}
}

// What was recorded or dated at or after an instant is not known as of it; what was taken
// back later still stood then.
func TestTheBookAsOfAnInstant(t *testing.T) {
	place := time.UTC
	at := func(day calendar.Date) calendar.Instant { return day.Midnight(place) }
	version := func(r rates.Rate, recorded calendar.Date, gone bool, n int64) rates.Version {
		return rates.Version{Rate: r, Gone: gone, RecordedAt: at(recorded), Sequence: n}
	}
	first, second, third := one("USD", "EUR", "0.90", "2026-11-02"), one("USD", "EUR", "0.95", "2026-11-02"), one("USD", "EUR", "0.92", "2026-11-05")
	list := []rates.Version{version(first, "2026-11-02", false, 1), version(third, "2026-11-03", false, 2), version(first, "2026-11-07", true, 3), version(second, "2026-11-08", false, 4)}
	for asOf, want := range map[calendar.Instant]string{
		at("2026-11-02"): "", at("2026-11-02") + 1: "0.9", at("2026-11-05"): "0.9", at("2026-11-05") + 1: "0.92",
	} {
		q, has := rates.AsOf(list, asOf, place).On("2027-01-01", "USD", "EUR")
		if got := ""; has && q.Rates[0].Units.String() != want || !has && got != want {
			t.Errorf("as of %s: %v, want %q", asOf, q.Rates, want)
		}
	}
	on := func(asOf calendar.Instant) string {
		q, has := rates.AsOf(list, asOf, place).On("2026-11-04", "USD", "EUR")
		if !has {
			return ""
		}
		return q.Rates[0].Units.String()
	}
	if a, b, c := on(at("2026-11-07")), on(at("2026-11-07")+1), on(at("2026-11-08")+1); a != "0.9" || b != "" || c != "0.95" {
		t.Errorf("the rate of 4 November is %q, then %q, then %q", a, b, c)
	}
}

// Looking up agrees with looking through, whatever was given in whichever order, and what
// comes later changes no earlier day.
func TestLookingUpAgreesWithLookingThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := []money.Currency{"EUR", "GBP", "JPY", "USD"}
		day := rapid.Custom(func(t *rapid.T) calendar.Date {
			return calendar.Date("2026-01-01").AddDays(rapid.IntRange(0, 30).Draw(t, "day"))
		})
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rates.Rate {
			a := rapid.SampledFrom(codes).Draw(t, "one")
			b := rapid.SampledFrom(codes).Filter(func(c money.Currency) bool { return c != a }).Draw(t, "other")
			return one(a, b, rapid.SampledFrom([]string{"0.5", "2", "0.92", "160", "0.006"}).Draw(t, "units"), day.Draw(t, "from"))
		}), 0, 20).Draw(t, "rates")
		on, from, to := day.Draw(t, "on"), rapid.SampledFrom(codes).Draw(t, "a"), rapid.SampledFrom(codes).Draw(t, "b")
		var best *rates.Rate
		for i, r := range list {
			if r.Pair() == rates.PairOf(from, to) && r.Day <= on && (best == nil || r.Day >= best.Day) {
				best = &list[i]
			}
		}
		q, has := rates.NewBook(list).On(on, from, to)
		switch {
		case from == to:
			if minor, _ := q.Minor(123); !has || minor != 123 {
				t.Fatalf("%s is %d of itself", from, minor)
			}
		case best != nil && (len(q.Rates) != 1 || q.Rates[0] != *best):
			t.Fatalf("by %v, want %v", q.Rates, *best)
		case best == nil && has && len(q.Rates) != 2:
			t.Fatalf("by %v, and there is no rate of the two", q.Rates)
		}
		early := slices.DeleteFunc(slices.Clone(list), func(r rates.Rate) bool { return r.Day > on })
		if again, had := rates.NewBook(early).On(on, from, to); had != has || !slices.Equal(again.Rates, q.Rates) {
			t.Fatalf("what was given for later days makes %v of %v", q.Rates, again.Rates)
		}
	})
}

func amount(minor int64, c money.Currency) money.Amount {
	return money.Amount{Minor: minor, Currency: c}
}
