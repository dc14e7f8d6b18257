package changes

import (
	"context"
	"math"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/money"
	"milepost/money/rates"
)

func dollars(n int64) deals.Change {
	return deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: n * 100, Currency: "USD"}}}
}

// dollar gives the rate of a dollar from a day on, in the evening of the day before.
func (s *site) dollar(day calendar.Date, units string) {
	n, err := money.ParseRate(units, false)
	if err != nil {
		s.t.Fatal(err)
	}
	at := day.Midnight(s.Place()) - 1
	s.record(at, s.Ada, func(_ context.Context, w *ledger.Writer) error {
		_, err := w.AddAs(ledger.Entry{ID: db.NewID(at), RecordedAt: at, EffectiveAt: day.Midnight(s.Place()), Kind: rates.Given, Subject: rates.Subject},
			rates.Fact{Rates: []rates.Rate{{One: "USD", Other: "EUR", Units: n, Day: day}}})
		return err
	})
}

// With rates that moved between the two ends, each end is what its forecast said, the bars
// add up to the difference to the cent, and what currencies did is a bar of its own: of a
// deal that nothing else moved, of one that was won, and of those still to come.
func TestWhatRatesMovedIsABar(t *testing.T) {
	each(t, 60, func(t *testing.T, s *site) {
		monday, tuesday := calendar.Date("2026-05-04").Midnight(s.Place()), testworld.SmallNow.Add(-24*time.Hour)
		s.dollar("2026-01-01", "0.5")
		quiet, won := s.open(monday, s.Dan, "Quiet", dollars(40_000)), s.open(monday, s.Dan, "Sold", dollars(20_000))
		s.dollar("2026-05-19", "0.8")
		s.Record(tuesday, s.Dan, won, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(deals.Won)}})
		s.dollar("2026-05-20", "0.9")
		fresh := s.open(testworld.SmallNow.Add(-time.Hour), s.Dan, "New", dollars(30_000))
		s.at(s.Ada, pagePath).Is(200).Has("Exchange rates", "each end at the rates that were known then")

		memory := &forecasts.Memory{}
		r := s.reported(memory, "", "2026-05-18")
		for i, day := range []calendar.Date{r.Since, r.Day} {
			at := []calendar.Instant{day.Midnight(s.Place()), testworld.SmallNow}[i]
			f, err := memory.AskAhead(t.Context(), s.DB, s.Organization, at, i == 1, forecasts.AheadOf(day, r.Period))
			if err != nil {
				t.Fatal(err)
			}
			whole, _, err := f.TotalOf(r.Period, "EUR", r.Ask.Then.In)
			if err != nil {
				t.Fatal(err)
			}
			said := whole.Booked.Minor + whole.Expected[forecasts.OfRecord(f.Methods)].Minor + whole.New.Minor
			if got := []Worth{r.Fall.Start, r.Fall.End}[i].Minor; math.Abs(float64(got-said)) > 50 { // cents, from rounding deal by deal
				t.Errorf("end %d is taken for %d, its forecast says %d", i, got, said)
			}
		}
		sum, bars := r.Fall.Start, map[Bar]Worth{}
		for _, tally := range r.Fall.Tallies(r.Ask) {
			sum, bars[tally.Bar] = sum.plus(tally.By), tally.By
		}
		if sum != r.Fall.End {
			t.Errorf("the bars lead from %+v to %+v, not to %+v", r.Fall.Start, sum, r.Fall.End)
		}
		want := r.Ask.Coming.Exchanged.minus(r.Ask.Coming.Then).Minor
		for i := range r.Fall.Deals {
			d := &r.Fall.Deals[i]
			moved := int64(0)
			for _, p := range d.Parts {
				if p.Bar == Rates {
					moved = p.By.Minor
				}
			}
			units := map[string][2]int64{string(quiet): {2_000_000, 3_600_000}, string(won): {1_000_000, 1_600_000}}[d.ID]
			by := int64(math.Round(d.Then.Chance*float64(units[1]))) - int64(math.Round(d.Then.Chance*float64(units[0])))
			if moved != by || d.ID == string(fresh) && moved != 0 {
				t.Errorf("rates move deal %s by %d, want %d", d.ID, moved, by)
			}
			if want += by; d.ID == string(won) && d.Now.Worth.Minor != 1_600_000 {
				t.Errorf("what was won counts as %d, not at the rate of its day", d.Now.Worth.Minor)
			}
		}
		if bars[Rates].Minor != want || want <= 0 || bars[Rates].Wins != 0 {
			t.Errorf("rates moved %+v, want %d", bars[Rates], want)
		}
		s.at(s.Ada, dealsPath+"?bar=rates").Is(200).Has("Quiet", "USD 40,000 counts as EUR 36,000 instead of EUR 20,000").Lacks("Fresh")
	})
}
