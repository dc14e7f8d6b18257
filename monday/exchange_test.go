package monday

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
	"milepost/targets"
)

func inEuros(t rapid.TB, of money.Currency, units string, day calendar.Date) rates.Rate {
	t.Helper()
	n, err := money.ParseRate(units, false)
	if err != nil {
		t.Fatal(err)
	}
	return rates.Rate{One: of, Other: "EUR", Units: n, Day: day}
}

// What is open in several currencies is added up in one, to what the amounts come to;
// what has no rate stays beside it.
func TestWhatIsOpenIsAddedUp(t *testing.T) {
	b := rates.NewBook([]rates.Rate{inEuros(t, "USD", "0.5", "2026-01-01"), inEuros(t, "JPY", "0.006", "2026-06-01")})
	tally := newTally(pricingOf(b, "EUR", "2026-05-01"))
	for _, a := range []money.Amount{{Minor: 1000, Currency: "EUR"}, {Minor: 300, Currency: "USD"}, {Minor: 70, Currency: "GBP"}, {Minor: 9, Currency: "JPY"}} {
		minor := a.Minor
		tally.take(&deal{Currency: a.Currency, Minor: &minor}, []float64{.5, .1})
	}
	tally.exchange("EUR")
	if tally.open["EUR"] != 1150 || tally.open["GBP"] != 70 || tally.open["JPY"] != 9 || len(tally.open) != 3 || tally.converted != "EUR" {
		t.Errorf("open: %v, converted %q", tally.open, tally.converted)
	}
	if e := tally.expected["EUR"]; math.Abs(e[0]-575) > 1e-9 || math.Abs(e[1]-115) > 1e-9 || tally.expected["USD"] != nil {
		t.Errorf("expected: %v", tally.expected)
	}
	line := tally.line(targets.Money("EUR"), targets.Figures{}, nil)
	if !line.Converted || tally.line(targets.Money("GBP"), targets.Figures{}, nil).Converted {
		t.Errorf("%+v", line)
	}
}

// Each deal is exchanged before it is added up, as the forecast does it: by hand, 150.5 is 150
// three times, to the even, and 301.5 is 302.
func TestDealsAreExchangedOneByOne(t *testing.T) {
	b := rates.NewBook([]rates.Rate{inEuros(t, "USD", "0.5", "2026-01-01")})
	whole := newTally(nil)
	for range 3 {
		own, minor := newTally(pricingOf(b, "EUR", "2026-05-01")), int64(301)
		own.take(&deal{Currency: "USD", Minor: &minor}, []float64{.5})
		whole.join(own)
	}
	if whole.exchange("EUR"); whole.open["EUR"] != 450 || whole.expected["EUR"][0] != 225 || len(whole.open) != 1 {
		t.Errorf("open %v, expected %v", whole.open, whole.expected)
	}
}

// The page says so, and where the rates are.
func TestMondayInOneCurrency(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.get(t, o.Ada.ID, "/monday").Is(200).Has("In other currencies").Lacks("Several currencies are added up here")
		give(t, s.db, o, inEuros(t, "GBP", "1.25", "2026-05-01"))
		s.get(t, o.Ada.ID, "/monday").Is(200).Has("Several currencies are added up here", "/rates", "What is open in several currencies is added up").Lacks("In other currencies")
	})
}

// The bridge is added up in one currency so that its bars lead to its end, to the cent, and
// so are the people at a glance; what has no rate stays beside it.
func TestTheBridgeIsAddedUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, a := emptyBridge(), &assembly{rest: &group{Totals: money.Totals{}, priced: money.Totals{}}}
		in := rapid.SampledFrom([]money.Currency{"EUR", "USD", "GBP"})
		for i := range rapid.IntRange(1, 12).Draw(t, "deals") {
			minor, currency := rapid.Int64Range(1, 1e6).Draw(t, "minor"), in.Draw(t, "currency")
			m := &move{ID: deals.ID(rune('a' + i)), Now: position{Amount: &money.Amount{Minor: minor, Currency: currency}}}
			b.Start[currency] += minor
			b.End[currency] += minor
			a.rest.Totals[currency] += minor
			if currency == "USD" {
				a.rest.priced[currency] += minor
			}
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				b.add(partLost, m, m.Now.Amount, -1)
				b.End[currency] -= minor
			case 1:
				b.add(partNew, m, m.Now.Amount, 1)
				b.End[currency] += minor
			}
		}
		ends := b.End
		book := rates.NewBook([]rates.Rate{inEuros(t, "USD", "0.9137", "2026-01-01")})
		b.exchange(book, "EUR", "2026-05-01")
		a.exchange("EUR")
		if len(b.End) > 0 && (b.End["USD"] != 0 || b.End["GBP"] != ends["GBP"] || a.rest.Totals["USD"] != 0) {
			t.Fatalf("the end is %v, of %v; open %v", b.End, ends, a.rest.Totals)
		}
		sum := b.Start["EUR"] + b.sum(partLost).By["EUR"] + b.sum(partNew).By["EUR"]
		whole := book.Add(ends, "EUR", "2026-05-01").Sum.Minor
		if sum != b.End["EUR"] || sum-whole > 2 || whole-sum > 2 {
			t.Fatalf("the bars lead to %d, the end is %d, and what is open comes to %d", sum, b.End["EUR"], whole)
		}
	})
}

// Until all wins are counted, targets and wins stand in their own currencies; so does what
// is open, or the page would take unlike things from each other.
func TestNothingIsAddedUpUntilWinsAreCounted(t *testing.T) {
	b := rates.NewBook([]rates.Rate{inEuros(t, "USD", "0.5", "2026-01-01")})
	for left, want := range map[int64]money.Currency{0: "EUR", 3: ""} {
		r := &report{Bridge: &bridge{}, Assembly: &assembly{}}
		r.Viewer, r.Today = &people.Viewer{Organization: people.Organization{Currency: "EUR"}}, "2026-05-01"
		attained := targets.Attained{Behind: left}
		r.Prices = pricingOf(b, r.countsIn(attained), r.Today)
		r.Tally = newTally(r.Prices)
		minor := int64(300)
		r.Tally.take(&deal{Currency: "USD", Minor: &minor}, nil)
		r.settle(attained, nil)
		if r.Tally.converted != want {
			t.Errorf("with %d entries to count it was exchanged into %q, want %q", left, r.Tally.converted, want)
		}
	}
}

func give(t *testing.T, d *db.DB, o *testworld.SmallOrganization, r rates.Rate) {
	t.Helper()
	err := ledger.Record(t.Context(), d, ledger.By{Actor: string(o.Olga.ID), Via: ledger.ViaWeb, At: testworld.SmallNow}, func(w *ledger.Writer) error {
		return rates.Give(t.Context(), w, []rates.Rate{r}, o.Place())
	})
	if err != nil {
		t.Fatal(err)
	}
}
