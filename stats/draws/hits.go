package draws

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
)

// Hits tells in which of count draws, from first on, something of this probability comes
// true for the item, and appends their numbers to into, in order. A draw compares 32 bits:
// the probability is met to 2⁻³², and of two probabilities the larger one hits wherever
// the smaller does. It fails where the probability is not in 0 to 1.
func (s *Source) Hits(stream uint32, item uint64, chance float64, first, count uint32, into []uint32) ([]uint32, error) {
	if !(chance >= 0 && chance <= 1) {
		return into, fmt.Errorf("a chance of %v is not in 0 to 1", chance)
	}
	below := uint64(math.Round(chance * (1 << 32)))
	n := len(into)
	into = slices.Grow(into, int(count))[:n+int(count)]
	var batch [batchSize]uint32
	for done := uint32(0); done < count; {
		some := s.batch(&batch, stream, item, first+done, count-done)
		for i, word := range some {
			into[n] = first + done + uint32(i) // overwritten by the next one unless this hits: no branch to guess
			n += int((uint64(word) - below) >> 63)
		}
		done += uint32(len(some))
	}
	return into[:n], nil
}

// HitsShared is Hits for items that share shocks: in draw d the odds are odds times
// shock[d-first], and the probability odds shock/(1 + odds shock). A shock of exp(x) adds x
// to the logit; items that are handed the same shocks rise and fall together. It fails
// where odds are not in 0 to infinity, ends left out; where odds times shock is no finite
// number, the draw does not hit.
func (s *Source) HitsShared(stream uint32, item uint64, odds float64, shock []float64, first uint32, into []uint32) ([]uint32, error) {
	if !(odds >= 0) || math.IsInf(odds, 0) {
		return into, fmt.Errorf("odds of %v are not in 0 to infinity", odds)
	}
	n, count := len(into), uint32(len(shock))
	into = slices.Grow(into, len(shock))[:n+len(shock)]
	var batch [batchSize]uint32
	for done := uint32(0); done < count; {
		some := s.batch(&batch, stream, item, first+done, count-done)
		shocks := shock[done : done+uint32(len(some))]
		for i, word := range some {
			x, hit := odds*shocks[i], 0
			if (float64(word)+.5)*0x1p-32*(1+x) < x { // u < x/(1+x), without the division
				hit = 1
			}
			into[n] = first + done + uint32(i)
			n += hit
		}
		done += uint32(len(some))
	}
	return into[:n], nil
}

// Split hands draws 0 to count-1 out in stretches, one worker each, and returns when all are
// done. A worker goes through the items in their order, for its own draws only; so every
// draw's sums are added up in one order, on any number of cores.
func Split(count uint32, work func(first, count uint32)) {
	workers := uint32(max(1, runtime.GOMAXPROCS(0)))
	size := (count/workers + 4) &^ 3
	var all sync.WaitGroup
	for first := uint32(0); first < count; first += size {
		part := min(size, count-first)
		all.Go(func() { work(first, part) })
	}
	all.Wait()
}
