package forecasts

import (
	"fmt"
	"math"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
)

// Two deals come a day; after ten days one is won, for 100 euros, and the other lost.
func steady() *tiny {
	w := &tiny{place: time.UTC}
	for i := range 200 {
		day := float64(i / 2)
		id := fmt.Sprint("D", i)
		w.deal(id, day+.25, "talks", day+10.25, []Cause{Won, Lost}[i%2])
		w.tell(id, day+.25, Amount, "EUR", 10_000)
	}
	return w
}

// Of deals that do not exist yet, those are won by then that come early enough.
func TestNewDealsAreExpected(t *testing.T) {
	w := steady()
	p := w.log().Before(w.at(100))
	a, ok := NewArrivals(p)
	if !ok || math.Abs(a.PerDay-2) > .02 {
		t.Fatalf("%+v, %v: want two a day", a, ok)
	}
	for days, want := range map[float64]float64{5: 0, 10: 0, 20: 10, 30: 20} {
		if got := a.Wins(days); math.Abs(got-want) > .5 {
			t.Errorf("within %.0f days %.2f wins, want about %.0f", days, got, want)
		}
	}
	if got := a.Amount(30, p.Labelled("EUR")); math.Abs(got-20*10_000) > 5_000 {
		t.Errorf("within 30 days %.0f cents, want about 200,000", got)
	}
	if got := a.Amount(30, p.Labelled("USD")); got != 0 {
		t.Errorf("%.0f in a currency that no deal has", got)
	}
	if _, ok := NewArrivals((&tiny{place: time.UTC}).log().Before(w.at(100))); ok {
		t.Error("something is expected of a company without deals")
	}
}

// A report counts them, and what of the wins was theirs.
func TestABacktestCountsNewDeals(t *testing.T) {
	w := steady()
	r, err := Backtest(t.Context(), w.log(), []calendar.Instant{w.at(60), w.at(70)}, []Horizon{30}, Methods(), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := r.Methods[1].Horizons[0].WithNew
	within(t, "share of new deals", s.ShareOfWins, 2.0/3, .05)
	if *s.BiasWins < -.2 || *s.BiasWins > .2 {
		t.Errorf("with new deals the bias is %.2f", *s.BiasWins)
	}
	if without := r.Methods[1].Horizons[0]; *without.WAPEWins > .6 {
		t.Errorf("of the open deals alone the error is %.2f", *without.WAPEWins)
	}
}
