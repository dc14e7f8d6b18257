package forecasts

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/forecasts/history"
)

// Backtest goes back to each as-of, asks the methods as they would have answered
// then, and scores them by what came. A horizon that ends after the log does is
// left out at that as-of. Progress is told after each as-of, in no particular
// order of as-ofs; the report is the same on any number of cores.
func Backtest(ctx context.Context, log *history.Log, asOfs []calendar.Instant, horizons []Horizon, methods []Method, progress func(done, of int)) (*Report, error) {
	r, _, err := BacktestRows(ctx, log, asOfs, horizons, methods, progress)
	return r, err
}

// BacktestRows is Backtest, and gives what the scores were worked out from.
func BacktestRows(ctx context.Context, log *history.Log, asOfs []calendar.Instant, horizons []Horizon, methods []Method, progress func(done, of int)) (*Report, *Rows, error) {
	earlier := rehearsed(log, asOfs, horizons)
	r, trials, err := goBack(ctx, log, slices.Concat(earlier, asOfs), len(earlier), horizons, methods, progress)
	if err != nil {
		return nil, nil, err
	}
	var lessons []lesson
	for i, at := range slices.Concat(earlier, asOfs) {
		lessons = append(lessons, lesson{at, trials[i], i >= len(earlier)})
	}
	if err := r.ranges(log, horizons, lessons); err != nil {
		return nil, nil, fmt.Errorf("adding up ranges: %w", err)
	}
	return r, &Rows{log: log, report: r, asOfs: asOfs, trials: trials[len(earlier):]}, nil
}

// goBack asks the methods at each as-of and scores their chances, those of the first few
// left out.
func goBack(ctx context.Context, log *history.Log, asOfs []calendar.Instant, skip int, horizons []Horizon, methods []Method, progress func(done, of int)) (*Report, []*trial, error) {
	methods, lacking := able(log, asOfs, methods)
	trials := make([]*trial, len(asOfs))
	var turn sync.Mutex
	var work sync.WaitGroup
	next, done := 0, 0
	for range min(runtime.GOMAXPROCS(0), len(asOfs)) {
		work.Go(func() {
			for ctx.Err() == nil {
				turn.Lock()
				mine := next
				next++
				turn.Unlock()
				if mine >= len(asOfs) {
					return
				}
				trials[mine] = try(log, asOfs[mine], horizons, methods)
				turn.Lock()
				done++
				if progress != nil {
					progress(done, len(asOfs))
				}
				turn.Unlock()
			}
		})
	}
	work.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, fmt.Errorf("going back in time: %w", err)
	}
	r := report(asOfs[skip:], horizons, methods, trials[skip:])
	r.Methods = append(r.Methods, lacking...)
	return r, trials, nil
}

// able parts the methods into those that a history has enough for, and a word about
// each of the others.
func able(log *history.Log, asOfs []calendar.Instant, methods []Method) (can []Method, cannot []MethodScores) {
	for _, m := range methods {
		if l, may := m.(Lacking); may && len(asOfs) > 0 {
			if what := l.Lacks(log, slices.Max(asOfs)); what != "" {
				cannot = append(cannot, MethodScores{Name: m.Name(), Note: "In this history " + what + ".", Horizons: []HorizonScores{}})
				continue
			}
		}
		can = append(can, m)
	}
	return can, cannot
}

// trial is what was said as of one instant, beside what came.
type trial struct {
	deal     []string          // what each open deal is known by
	warned   [][]string        // what each method could not take as it is
	staff    staffing          // whose deals they were
	currency []string          // of each open deal; "" where no amount was known
	amount   []float64         // in major units, as known then
	said     [][][]Odds        // by method, horizon, deal
	came     [][]history.Cause // how the deal stood when the horizon ended, by horizon, deal; nil where the log ends before
	booked   [][]booking       // what was won of the open deals, by horizon
	won      [][]booking       // what each deal was won for, by horizon, deal; nil where nobody asks
	later    [][]booking       // what was won of deals that did not exist yet, by horizon
	arrivals *Arrivals         // what was expected of those; nil where nobody could say
	days     []float64         // the horizons, in days of 24 hours
	label    func(currency string) history.Label
}

// booking is a win in money: the amount that held when it was won.
type booking struct {
	currency string
	amount   float64
}

func try(log *history.Log, asOf calendar.Instant, horizons []Horizon, methods []Method) *trial {
	said := Say(log, asOf, horizons, methods)
	t := &trial{staff: said.staffing(), said: said.Odds, came: make([][]history.Cause, len(horizons)), booked: make([][]booking, len(horizons)),
		later: make([][]booking, len(horizons)), label: said.past.Labelled}
	t.arrivals, _ = NewArrivals(said.past)
	for _, fit := range said.fitted {
		t.warned = append(t.warned, warnings(fit))
	}
	for i := range said.Deals {
		t.deal = append(t.deal, said.past.Key(said.Deals[i].Deal))
		amount, _ := said.Money(&said.Deals[i])
		t.currency = append(t.currency, string(amount.Currency))
		t.amount = append(t.amount, amount.Float())
	}
	for j, h := range horizons {
		until := later(asOf, h, log.Place())
		t.days = append(t.days, float64(until-asOf)/float64(history.DayMillis))
		if until > log.Known() {
			continue
		}
		for _, won := range log.WonOfNew(asOf, until) {
			t.later[j] = append(t.later[j], bookingOf(log, &won))
		}
		t.came[j] = make([]history.Cause, len(said.Deals))
		for i := range said.Deals {
			t.came[j][i] = log.EndedBefore(said.Deals[i].Deal, until)
			if then, won := log.WonBefore(said.Deals[i].Deal, until); won {
				t.booked[j] = append(t.booked[j], bookingOf(log, &then))
			}
		}
	}
	return t
}

// bookingOf is the amount of a deal as it stood when it was won.
func bookingOf(log *history.Log, won *history.OpenDeal) booking {
	amount, _ := amountOf(won, log.Name)
	return booking{string(amount.Currency), amount.Float()}
}

// later moves an instant by civil days: the same time of day on another date.
func later(at calendar.Instant, days Horizon, place *time.Location) calendar.Instant {
	return calendar.InstantOf(at.In(place).AddDate(0, 0, int(days)))
}
