// Package bench is the watch that the benchmarks of all rooms are timed with. What
// people notice of a slow page is the usual wait and the worst one, not the mean, and
// how both hold when many ask at once.
package bench

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Crowds are how many ask at once where a benchmark looks at more than one.
var Crowds = []int{1, 8}

// Measure runs work as a sub-benchmark, one after another, and reports the median and
// the 99th percentile in microseconds.
func Measure(b *testing.B, name string, work func(*testing.B)) { AtOnce(b, name, 1, work) }

// InCrowds measures work once for each of Crowds, and names it after how many they are.
func InCrowds(b *testing.B, name string, work func(*testing.B)) {
	for _, workers := range Crowds {
		AtOnce(b, fmt.Sprintf("%s/%d at once", name, workers), workers, work)
	}
}

// AtOnce runs work by so many workers until they have done it as often as the
// benchmark asks for, and reports the median and the 99th percentile of a single run,
// waiting for the others included, how many runs a second they did together, and for how
// long a run keeps a processor busy with this program: that hardly depends on what else
// the machine does, and is what many at once come to.
func AtOnce(b *testing.B, name string, workers int, work func(*testing.B)) {
	b.Run(name, func(b *testing.B) {
		defer wait()()
		share(b, workers, workers, work) // once, so that all is warm as in the middle of a day
		b.ResetTimer()
		before := used()
		took, whole := share(b, workers, b.N, work)
		busy := used() - before
		b.StopTimer()
		report(b, took, whole, busy)
	})
}

// share has work done so many times, and tells how long each took, and all together.
func share(b *testing.B, workers, times int, work func(*testing.B)) ([]time.Duration, time.Duration) {
	took := make([][]time.Duration, workers)
	var left atomic.Int64
	left.Store(int64(times))
	var done sync.WaitGroup
	began := time.Now()
	for i := range workers {
		done.Go(func() {
			for left.Add(-1) >= 0 && !b.Failed() {
				from := time.Now()
				work(b)
				took[i] = append(took[i], time.Since(from))
			}
		})
	}
	done.Wait()
	return slices.Concat(took...), time.Since(began)
}

func report(b *testing.B, took []time.Duration, whole, busy time.Duration) {
	if len(took) == 0 {
		return
	}
	median, worst := Quantiles(took)
	b.ReportMetric(float64(median.Microseconds()), "µs-median")
	b.ReportMetric(float64(worst.Microseconds()), "µs-p99")
	b.ReportMetric(float64(len(took))/whole.Seconds(), "per-s")
	b.ReportMetric(float64(busy.Microseconds())/float64(len(took)), "µs-busy")
	b.ReportMetric(0, "ns/op") // the mean, which says less than either
}

// Quantiles are the median and the 99th percentile of a list, which is sorted for it.
// Of fewer than a hundred the latter is the longest.
func Quantiles(took []time.Duration) (median, worst time.Duration) {
	if len(took) == 0 {
		return 0, 0
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100]
}
