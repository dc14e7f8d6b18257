package landmark

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/forecasts/history"
)

// million is a history of so many deals over six years, of two hundred reps, with stages,
// milestones, activities and amounts: eleven facts a deal.
func million(deals int) *history.Log {
	b, r := history.NewBuilder(time.UTC), rand.New(rand.NewPCG(1, 9))
	start := calendar.InstantOf(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
	stages := []history.Label{b.Label("talks"), b.Label("offer"), b.Label("contract")}
	shown := []history.Label{b.Label("need agreed"), b.Label("trial passed"), b.Label("budget there")}
	euro, call := b.Label("EUR"), b.Label("call")
	var reps []history.Label
	for i := range 200 {
		reps = append(reps, b.Person(fmt.Sprintf("p%03d", i), fmt.Sprintf("Rep %03d", i)))
	}
	sequence := int64(0)
	for i := range deals {
		id, days := fmt.Sprintf("d%07d", i), r.Float64()*2190
		b.Deal(id, id)
		tell := func(day float64, kind history.Kind, label history.Label, value int64) {
			at := start + calendar.Instant(day*float64(history.DayMillis))
			b.Add(id, history.Fact{Recorded: at, Effective: at, Sequence: sequence, Kind: kind, Label: label, Value: value})
			sequence++
		}
		good := r.IntN(3)
		tell(days, history.Created, 0, 0)
		tell(days, history.Owner, reps[r.IntN(200)], 0)
		tell(days, history.Amount, euro, int64(1+r.IntN(1000))*100_00)
		tell(days, history.Stage, stages[0], 0)
		for k := range good + 1 {
			days += 40 * r.ExpFloat64()
			tell(days, history.Activity, call, 0)
			tell(days, history.Milestone, shown[k], history.Achieved)
			tell(days, history.Stage, stages[k], 0)
		}
		cause := history.Cause(2 + r.IntN(2))
		if r.IntN(5) < good+1 {
			cause = history.Won
		}
		tell(days+60*r.ExpFloat64(), history.Outcome, 0, int64(cause))
	}
	return b.Log()
}

// Forecasting E1: the cold fit of a million deals, and what it keeps of memory beside the
// history itself. MILEPOST_BENCH_DEALS asks for another number.
func BenchmarkTrainMillion(b *testing.B) {
	deals := 1_000_000
	if _, err := fmt.Sscan(os.Getenv("MILEPOST_BENCH_DEALS"), &deals); err != nil {
		deals = 1_000_000
	}
	log := million(deals)
	asOf := calendar.InstantOf(time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC))
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			most := watch(func() {
				if m := Train(log.Before(asOf), Milestones, Options{}); m.Problem != nil {
					b.Fatal(m.Problem)
				}
			})
			b.ReportMetric(float64(most)/(1<<20), "MB-most")
		}
	})
	past := log.Before(asOf)
	m := Train(past, Milestones, Options{})
	open := past.Open()
	b.Run("score all open", func(b *testing.B) {
		for b.Loop() {
			asking := m.Ask(past)
			for i := range open {
				m.Within(asking.Curve(&open[i]), 30)
			}
		}
		b.ReportMetric(float64(len(open)), "deals")
	})
	b.Run("one edit", func(b *testing.B) {
		asking := m.Ask(past)
		for b.Loop() {
			asking.Curve(&open[0])
		}
	})
}

// watch gives the most memory in use while something ran.
func watch(do func()) (most uint64) {
	runtime.GC()
	stop := make(chan bool)
	var work sync.WaitGroup
	work.Go(func() {
		var s runtime.MemStats
		for {
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
				runtime.ReadMemStats(&s)
				most = max(most, s.HeapInuse)
			}
		}
	})
	do()
	close(stop)
	work.Wait()
	return most
}
