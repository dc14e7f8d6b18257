package totals

import (
	"math"
	"slices"

	"milepost/stats/proportions"
)

// Range is what a total is said to lie in. The ends are values that were drawn, and belong
// to it; Mass is the share of the draws that lie within, which is more than was asked for
// where values come in lumps.
type Range struct {
	Low, High int64
	Mass      float64
}

// Summary is what is said of one total.
type Summary struct {
	Median             int64
	Half, Most, Nearly Range // 50, 80 and 95 %
}

// Summarize takes the quantiles of one total's draws. Those of parts are never added up:
// whoever wants the whole's takes the whole's draws. It is not defined without draws.
func Summarize(drawn []int64) (Summary, bool) {
	if len(drawn) == 0 {
		return Summary{}, false
	}
	sorted := slices.Clone(drawn)
	slices.Sort(sorted)
	return Summary{
		Median: quantile(sorted, .5),
		Half:   middle(sorted, .5), Most: middle(sorted, .8), Nearly: middle(sorted, .95),
	}, true
}

func quantile(sorted []int64, level float64) int64 {
	value, _ := proportions.Quantile(sorted, level) // of some draws, always
	return value
}

func middle(sorted []int64, level float64) Range {
	r := Range{Low: quantile(sorted, (1-level)/2), High: quantile(sorted, (1+level)/2)}
	first, _ := slices.BinarySearch(sorted, r.Low)
	after, _ := slices.BinarySearch(sorted, r.High+1)
	r.Mass = float64(after-first) / float64(len(sorted))
	return r
}

// Holds tells whether a range held what came.
func (r Range) Holds(came int64) bool { return r.Low <= came && came <= r.High }

// Reach is the probability that a total reaches a target: the share of the draws that do.
func Reach(drawn []int64, target int64) (float64, bool) {
	if len(drawn) == 0 {
		return 0, false
	}
	n := 0
	for _, v := range drawn {
		if v >= target {
			n++
		}
	}
	return float64(n) / float64(len(drawn)), true
}

// Level is where what came lies among the draws: from the share of them below it to the
// share of them not above it. The two differ where values come in lumps.
func Level(drawn []int64, came int64) (from, to float64) {
	for _, v := range drawn {
		if v < came {
			from++
		}
		if v <= came {
			to++
		}
	}
	n := float64(len(drawn))
	return from / n, to / n
}

// Inside is how much of what came lies in the middle of the draws, of 0 to 1: where values
// come in lumps and an end of the middle cuts the one that came, the part of it that is inside
// (Czado, Gneiting & Held 2009). Of a forecast that is right it comes to the level on average,
// however few values there are.
func Inside(drawn []int64, came int64, level float64) float64 {
	from, to := Level(drawn, came)
	low, high := (1-level)/2, (1+level)/2
	if to > from {
		return math.Max(0, math.Min(to, high)-math.Max(from, low)) / (to - from)
	}
	if from > low && from < high {
		return 1
	}
	return 0
}
