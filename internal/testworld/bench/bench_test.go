package bench

import (
	"sync/atomic"
	"testing"
	"time"
)

func TestQuantiles(t *testing.T) {
	var list []time.Duration
	for i := range 200 {
		list = append(list, time.Duration(200-i))
	}
	for _, x := range []struct {
		list          []time.Duration
		median, worst time.Duration
	}{{nil, 0, 0}, {[]time.Duration{7}, 7, 7}, {[]time.Duration{9, 1, 5}, 5, 9}, {list, 101, 199}} {
		if median, worst := Quantiles(x.list); median != x.median || worst != x.worst {
			t.Errorf("of %d: %d and %d, want %d and %d", len(x.list), median, worst, x.median, x.worst)
		}
	}
}

// Whoever measures by eight gets all runs, and really eight at once.
func TestWorkersShareTheRuns(t *testing.T) {
	var runs, now, most atomic.Int64
	testing.Benchmark(func(b *testing.B) {
		AtOnce(b, "eight", 8, func(*testing.B) {
			n := now.Add(1)
			for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
			}
			runs.Add(1)
			time.Sleep(2 * time.Millisecond)
			now.Add(-1)
		})
	})
	if runs.Load() < 100 || most.Load() != 8 {
		t.Errorf("%d runs, at most %d at once", runs.Load(), most.Load())
	}
}
