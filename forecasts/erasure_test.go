package forecasts

import (
	"math/rand/v2"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
)

// What was recorded at or after the as-of, deleted or scrambled, changes no byte.
func TestFutureErasure(t *testing.T) {
	for seed := range uint64(30) {
		w := wild(seed, place(t, "Europe/Amsterdam"), seed%4 != 1)
		for _, day := range []float64{0, 10, 20, 20.7, 30, 33, 45, 60, 90, 400} {
			asOf := w.at(day)
			var kept, scrambled []told
			r := rand.New(rand.NewPCG(seed, uint64(day)))
			for _, f := range w.facts {
				if f.Recorded < asOf {
					kept = append(kept, f)
					scrambled = append(scrambled, f)
					continue
				}
				f.kind, f.Value, f.Effective = Kind(r.IntN(8)), int64(r.IntN(4)), w.at(r.Float64()*900)
				f.text, f.deal = "scrambled", string(rune('A'+r.IntN(30)))
				scrambled = append(scrambled, f)
			}
			want := bytesOf(t, w.log(), asOf, 7, 30)
			same(t, "erased", want, bytesOf(t, build(w.place, kept), asOf, 7, 30))
			same(t, "scrambled", want, bytesOf(t, build(w.place, scrambled), asOf, 7, 30))
		}
	}
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	for seed := range uint64(20) {
		w := wild(seed, time.UTC, seed%4 != 1)
		shuffled := append([]told(nil), w.facts...)
		rand.New(rand.NewPCG(seed, 3)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		same(t, "shuffled", bytesOf(t, w.log(), w.at(50), 7, 30), bytesOf(t, build(w.place, shuffled), w.at(50), 7, 30))
	}
}

func TestAllDatesMovedByAYearOfWeeks(t *testing.T) {
	for seed := range uint64(20) {
		w := wild(seed, time.UTC, seed%4 != 1)
		moved := append([]told(nil), w.facts...)
		span := calendar.Instant(364 * DayMillis)
		for i := range moved {
			moved[i].Recorded += span
			moved[i].Effective += span
		}
		here := Say(w.log(), w.at(50), []Horizon{7, 30}, Methods())
		there := Say(build(w.place, moved), w.at(50)+span, []Horizon{7, 30}, Methods())
		if len(here.Deals) != len(there.Deals) {
			t.Fatalf("%d deals, moved %d", len(here.Deals), len(there.Deals))
		}
		for m := range here.Odds {
			for j := range here.Odds[m] {
				for i := range here.Odds[m][j] {
					if here.Odds[m][j][i] != there.Odds[m][j][i] {
						t.Errorf("seed %d: %+v became %+v", seed, here.Odds[m][j][i], there.Odds[m][j][i])
					}
				}
			}
		}
	}
}

func TestAmountsTimesTen(t *testing.T) {
	w, methods := lively(5), append(Methods(), generations...)
	more := append([]told(nil), w.facts...)
	for i := range more {
		if more[i].kind == Amount {
			more[i].Value *= 10
		}
	}
	one := Say(w.log(), w.at(30), []Horizon{30}, methods).Totals().Company
	ten := Say(build(w.place, more), w.at(30), []Horizon{30}, methods).Totals().Company
	for m := range one {
		for c, part := range one[m].Value[0].Value.ByCurrency {
			if got := ten[m].Value[0].Value.ByCurrency[c].Value.Amount; got < 10*part.Value.Amount-.1 || got > 10*part.Value.Amount+.1 {
				t.Errorf("%s: %v became %v", part.Name, part.Value.Amount, got)
			}
		}
	}
}
