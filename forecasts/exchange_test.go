package forecasts

import (
	"math"
	"slices"
	"testing"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
)

// dollar gives the rate of a dollar: recorded on one day of a tiny history, from another on.
func (w *tiny) dollar(t testing.TB, d *db.DB, recorded, from float64, units string) {
	t.Helper()
	n, err := money.ParseRate(units, false)
	if err != nil {
		t.Fatal(err)
	}
	day := calendar.DateOf(w.at(from), w.place)
	err = ledger.Record(t.Context(), d, ledger.By{Via: ledger.ViaWeb, At: w.at(recorded)}, func(l *ledger.Writer) error {
		_, err := l.AddAs(ledger.Entry{ID: db.NewID(1), RecordedAt: w.at(recorded), EffectiveAt: day.Midnight(w.place), Kind: rates.Given, Subject: rates.Subject},
			rates.Fact{Rates: []rates.Rate{{One: "USD", Other: "EUR", Units: n, Day: day}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// quarterOf looks ahead as of a day, by something, in a currency.
func quarterOf(t *testing.T, f *firm, said *Forecast, by string, in money.Currency) *Outlook {
	t.Helper()
	o := LookAheadBy(said, f.o.Fiscal().Quarter("2026-05-01"), chartOf(t, f.d, f.o, said.AsOf), "", by, in, everyone)
	if err := said.Draw(o); err != nil || !o.Drawn {
		t.Fatal(o.Drawn, err)
	}
	return o
}

// With a rate, everything adds up in one currency: to the cent what the deals come to one
// by one, in every draw what the lines come to, by person and by currency alike.
func TestCurrenciesAddUpInOne(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := &tiny{place: o.Place()}
		f := hire(t, d, o, w.at(120.4))
		f.busy(t, 120)
		w.dollar(t, f.d, 1, 1, "0.5")
		w.dollar(t, f.d, 100, 100, "0.9137")
		_, said := learnedMemory(t, f, f.now, 61)
		whole := quarterOf(t, f, said, "", "EUR")
		open, booked := int64(0), int64(0)
		for i := range said.Deals {
			if worth := said.Deals[i].Amount; said.Name(said.Deals[i].Currency) == "USD" {
				open += int64(math.RoundToEven(float64(worth) * .9137))
			} else {
				open += worth
			}
		}
		early, late := 0, 0
		for _, win := range said.past.Wins(w.at(90), w.at(181)) {
			switch {
			case said.Name(win.Currency) == "EUR":
				booked += win.Amount
			case win.At < w.at(100):
				booked += int64(math.RoundToEven(float64(win.Amount) * .5))
				early++
			default:
				booked += int64(math.RoundToEven(float64(win.Amount) * .9137))
				late++
			}
		}
		if early == 0 || late == 0 || whole.Total.Open.Minor != open || whole.Total.Booked.Minor != booked {
			t.Errorf("open %d, want %d; booked %d, want %d (%d and %d wins in dollars)", whole.Total.Open.Minor, open, whole.Total.Booked.Minor, booked, early, late)
		}
		if used := whole.Used(); len(whole.Apart) > 0 || len(used) != 1 || used[0].Units.String() != "0.9137" || !slices.Equal(whole.Others, []money.Currency{"USD"}) {
			t.Errorf("apart %v, used %v, others %v", whole.Apart, used, whole.Others)
		}
		for _, by := range []string{"", "segment", ByCurrency} {
			o := quarterOf(t, f, said, by, "EUR")
			for k := range 2 {
				sum := slices.Clone(o.Rows[0].Range.drawn[k])
				for _, l := range o.Rows[1:] {
					add(sum, l.Range.drawn[k])
				}
				if !slices.Equal(sum, o.Total.Range.drawn[k]) {
					t.Errorf("by %q the lines do not add up to the whole in every draw", by)
				}
			}
			if math.Abs(o.Total.NewWins-whole.Total.NewWins) > 1e-9 || o.Total.Open != whole.Total.Open || o.Total.Booked != whole.Total.Booked || o.Total.Deals != whole.Total.Deals {
				t.Errorf("by %q it comes to %+v", by, o.Total)
			}
		}
		mustSplit(t, said, quarterOf(t, f, said, ByCurrency, "EUR"))
		mustFan(t, said, whole)
		if o := quarterOf(t, f, said, "", "USD"); o.Currency != "USD" || len(o.Apart) > 0 || o.Total.Open.Minor <= whole.Total.Open.Minor {
			t.Errorf("in dollars: %s %d, apart %v", o.Currency, o.Total.Open.Minor, o.Apart)
		}
	})
}

// mustSplit checks the lines by currency against the deals.
func mustSplit(t *testing.T, said *Forecast, o *Outlook) {
	t.Helper()
	if len(o.Rows) != 2 {
		t.Fatalf("%d lines", len(o.Rows))
	}
	for _, l := range o.Rows {
		own := int64(0)
		for i := range said.Deals {
			if said.Name(said.Deals[i].Currency) == l.Name {
				own += said.Deals[i].Amount
			}
		}
		if l.Native == nil || l.Native.Open != (money.Amount{Minor: own, Currency: money.Currency(l.Name)}) || l.Name == "EUR" && l.Open != l.Native.Open || l.NewWins <= 0 {
			t.Errorf("%s: open %v and in its own %+v, want %d; new %v", l.Name, l.Open, l.Native, own, l.NewWins)
		}
	}
}

// Without a rate deals stand apart. A rate that was recorded at or after the as-of, or is
// dated so, changes not a byte of what is said as of it, and what was shown is worked out
// again after any number of new rates.
func TestLaterRatesChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := &tiny{place: o.Place()}
		f := hire(t, d, o, w.at(120.4))
		f.busy(t, 120)
		w.dollar(t, f.d, 100, 90, "0.9")
		look := func(day float64) ([]byte, Mark, *Outlook) {
			_, said := learnedMemory(t, f, w.at(day), Horizon(calendar.DateOf(w.at(day), w.place).DaysUntil("2026-07-01")))
			o := quarterOf(t, f, said, ByCurrency, "EUR")
			said.sequence = 0 // an entry more is a number more, and no figure
			text, _, err := said.Document(o)
			if err != nil {
				t.Fatal(err)
			}
			said.sequence = f.head(t)
			_, mark, err := said.Document(o)
			if err != nil {
				t.Fatal(err)
			}
			return text, mark, o
		}
		before, _, apart := look(99)
		if len(apart.Apart) != 1 || apart.Apart[0].Currency != "USD" || len(apart.Used()) != 0 {
			t.Errorf("before a rate was given: apart %v, used %v", apart.Apart, apart.Used())
		}
		known, mark, with := look(120.4)
		if len(with.Used()) != 1 {
			t.Errorf("used: %v", with.Used())
		}
		w.dollar(t, f.d, 120.4, 95, "0.7") // recorded at the as-of
		w.dollar(t, f.d, 121, 90, "0.1")
		w.dollar(t, f.d, 110, 122, "0.3") // known before, and of a later day
		again, _, _ := look(120.4)
		same(t, "as of the day, with rates that came later", known, again)
		again, _, _ = look(99)
		same(t, "as of a day without a rate", before, again)
		if _, err := Reproduce(t.Context(), d, o, mark); err != nil {
			t.Errorf("worked out again: %v", err)
		}
		later, _, _ := look(121.5)
		if slices.Equal(later, known) {
			t.Error("the new rates are never used: nothing is tested")
		}
	})
}

func (f *firm) head(t *testing.T) int64 {
	t.Helper()
	n, err := ledger.Head(t.Context(), f.d, f.o.ID)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
