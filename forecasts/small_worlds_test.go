package forecasts

import (
	"math"
	"testing"

	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// off is how far chances lie from the true ones.
type off struct{ size, square, sum, of float64 }

func (o *off) add(said, truth float64) {
	d := said - truth
	o.size, o.square, o.sum, o.of = o.size+math.Abs(d), o.square+d*d, o.sum+d, o.of+1
}

func (o *off) tell(t *testing.T, size int, what string) {
	t.Helper()
	t.Logf("%5d deals, %-14s off by %.4f, Brier above the truth's by %.5f, together %+.4f, of %.0f", size, what, o.size/o.of, o.square/o.of, o.sum/o.of, o.of)
}

// In small organizations what a model looks at beyond the stage must not lead it much
// further from the truth than counting does; in large ones it must lead nearer.
func TestFullSmallOrganizations(t *testing.T) {
	sizes, seeds := []int{100, 300, 900, 2000, 4000}, []int{10, 6, 4, 2, 1}
	if !full() {
		sizes, seeds = []int{300}, []int{1}
	}
	methods := []Method{PastYield{}, Generation{landmark.Activities}, Generation{landmark.Triad}, Generation{landmark.Milestones}}
	for n, size := range sizes {
		offs := make([]off, len(methods))
		for seed := range seeds[n] {
			w, learned, asked := newMemoryless(size, 1500, uint64(seed))
			at := w.told.at(memorylessSpan)
			w.compare(learned.Before(at), asked.Before(at), offs, methods)
		}
		for m := range methods {
			offs[m].tell(t, size, methods[m].Name())
		}
		yield, third := offs[0].square/offs[0].of, offs[3].square/offs[3].of
		most := map[int]float64{100: 1.4, 300: 1.4, 900: 1, 2000: .9, 4000: .8}[size]
		if third > most*yield {
			t.Errorf("%d deals: the third generation's Brier score lies %.5f above that of the truth, past yield's %.5f", size, third, yield)
		}
	}
}

// compare lets methods learn from one past, and asks them about the deals of another that
// are open; both end with the span.
func (w *memoryless) compare(learned, asked *Past, offs []off, methods []Method) {
	horizons, open := []Horizon{30, 90}, asked.Open()
	truth := make([][]float64, len(open))
	for i := range open {
		for _, h := range horizons {
			truth[i] = append(truth[i], w.truth(open[i].ID, memorylessSpan, int(h)))
		}
	}
	for m, method := range methods {
		var fit Fitted
		if g, is := method.(Generation); !is {
			fit = method.Fit(learned, horizons)
		} else {
			fit = Served{landmark.Train(learned, g.Of, landmark.Options{})}.Fit(asked, horizons)
		}
		for i := range open {
			for j := range horizons {
				offs[m].add(fit.Odds(&open[i], j).Won, truth[i][j])
			}
		}
	}
}

// The truth is what comes of deals: of those that have the same chance by it, about so
// many are won.
func TestTheTruthOfTheMemorylessIsWhatComes(t *testing.T) {
	const day, days = 500.0, 60
	w, log, _ := newMemoryless(6000, 0, 3)
	until := log.Before(w.told.at(day + days))
	said, came, variance := 0.0, 0.0, 0.0
	for _, deal := range log.Before(w.told.at(day)).Open() {
		p := w.truth(deal.ID, day, days)
		said, variance = said+p, variance+p*(1-p)
		if cause, _ := until.End(deal.Deal); cause == Won {
			came++
		}
	}
	if math.Abs(came-said) > 3*math.Sqrt(variance) || said < 50 {
		t.Errorf("%.0f were won, the truth says %.1f", came, said)
	}
}
