package forecasts

import (
	"context"
	"fmt"
	"runtime"
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
		return nil, fmt.Errorf("going back in time: %w", err)
	}
	return report(asOfs, horizons, methods, trials), nil
}

// trial is what was said as of one instant, beside what came.
type trial struct {
	currency []string      // of each open deal; "" where no amount was known
	amount   []float64     // in major units, as known then
	said     [][][]float64 // P(won) by method, horizon, deal
	came     [][]bool      // won within the horizon, by horizon, deal; nil where the log ends before
	booked   [][]booking   // what was won, by horizon
}

// booking is a win in money: the amount that held when it was won.
type booking struct {
	currency string
	amount   float64
}

func try(log *history.Log, asOf calendar.Instant, horizons []Horizon, methods []Method) *trial {
	said := Say(log, asOf, horizons, methods)
	t := &trial{came: make([][]bool, len(horizons)), booked: make([][]booking, len(horizons))}
	for i := range said.Deals {
		amount, _ := said.Money(&said.Deals[i])
		t.currency = append(t.currency, string(amount.Currency))
		t.amount = append(t.amount, amount.Float())
	}
	for m := range methods {
		byHorizon := make([][]float64, len(horizons))
		for j := range horizons {
			for i := range said.Deals {
				byHorizon[j] = append(byHorizon[j], said.Odds[m][j][i].Won)
			}
		}
		t.said = append(t.said, byHorizon)
	}
	for j, h := range horizons {
		until := later(asOf, h, log.Place())
		if until > log.Known() {
			continue
		}
		t.came[j] = make([]bool, len(said.Deals))
		for i := range said.Deals {
			if then, won := log.WonBefore(said.Deals[i].Deal, until); won {
				t.came[j][i] = true
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
