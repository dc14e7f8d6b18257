package forecasts

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/stats/totals"
)

// lessonsOf asks the simple methods at each of some instants.
func lessonsOf(log *Log, asOfs []calendar.Instant, horizons []Horizon) (list []lesson) {
	for _, at := range asOfs {
		list = append(list, lesson{at, try(log, at, horizons, Methods()), true})
	}
	return list
}

// What is recorded at or after an as-of teaches nothing about it; what came before does.
func TestOnlyWhatHadEndedTeaches(t *testing.T) {
	horizons := []Horizon{4, 9}
	taught := 0
	for seed := range uint64(6) {
		w := wild(seed, time.UTC, seed%2 == 0)
		for _, day := range []float64{30, 33.3} {
			now := w.at(day)
			w.tell("Z", 900, Created, "", 0) // the log goes on
			scrambled := append([]told(nil), w.facts...)
			r := rand.New(rand.NewPCG(seed, 5))
			for i := range scrambled {
				if f := &scrambled[i]; f.Recorded >= now {
					f.kind, f.Value, f.Effective = Outcome, int64(1+r.IntN(3)), w.at(r.Float64()*60)
					f.deal = string(rune('A' + r.IntN(20)))
				}
			}
			var asOfs []calendar.Instant
			for d := range 18 {
				asOfs = append(asOfs, w.at(float64(2*d)))
			}
			logs := []*Log{w.log(), build(w.place, scrambled)}
			lessons := [][]lesson{lessonsOf(logs[0], asOfs, horizons), lessonsOf(logs[1], asOfs, horizons)}
			for m := range Methods() {
				for j, h := range horizons {
					var learnt [2]*totals.Learner
					for k, log := range logs {
						p := &pupil{method: m, place: j, horizon: h, learner: totals.New()}
						if err := p.hear(log, lessons[k], now); err != nil {
							t.Fatal(err)
						}
						learnt[k] = p.learner
					}
					if !reflect.DeepEqual(learnt[0], learnt[1]) {
						t.Errorf("seed %d, day %v, %d days: later outcomes taught something", seed, day, h)
					}
					if learnt[0].Periods > 1 {
						taught++
					}
				}
			}
		}
	}
	if taught < 8 {
		t.Errorf("only %d times anything was learnt", taught)
	}
}

// lumps is a company whose deals are won in lumps: every period all, or none.
func lumps(periods int) *tiny {
	w := &tiny{place: time.UTC}
	for p := range periods {
		for i := range 24 {
			cause := Lost
			if p%2 == 0 {
				cause = Won
			}
			id := fmt.Sprintf("D%d-%d", p, i)
			w.deal(id, float64(10*p)+.2, "talks", float64(10*p+9), cause)
			w.tell(id, float64(10*p)+.3, Owner, []string{"ann", "bob"}[i%2], 0)
		}
	}
	return w
}

// fifty is a method that says one half of every deal.
type fifty struct{}

func (fifty) Name() string                { return "fifty" }
func (fifty) Fit(*Past, []Horizon) Fitted { return fifty{} }
func (fifty) Odds(*OpenDeal, int) Odds    { return Odds{Won: .5} }

// A company that wins all or nothing teaches that independent chances are too narrow, in
// the company's totals and the owners', which are all judged.
func TestRangesLearnFromMisses(t *testing.T) {
	w := lumps(30)
	var asOfs []calendar.Instant
	for p := 12; p < 29; p++ {
		asOfs = append(asOfs, w.at(float64(10*p+1)))
	}
	r, err := Backtest(t.Context(), w.log(), asOfs, []Horizon{9}, []Method{fifty{}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := r.Methods[0].Horizons[0]
	if h.Totals != 17 || h.Owners.Totals != 34 {
		t.Errorf("%d totals of the company and %d of owners, want 17 and 34", h.Totals, h.Owners.Totals)
	}
	// By independent chances the 95 % range of 24 is 7 to 17, and would hold never.
	if h.MeanWidth80 == nil || *h.MeanWidth80 < 14 || *h.Coverage95 < .5 {
		t.Errorf("ranges of 80%% are %s wide on average, those of 95%% held %s", show(h.MeanWidth80), show(h.Coverage95))
	}
	if got := rehearsed(w.log(), asOfs, []Horizon{9}); len(got) != rehearsals || got[0] != w.at(121-8*9) {
		t.Errorf("rehearsed at %v", got)
	}
}
