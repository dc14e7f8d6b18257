package scores

import (
	"math"
	"slices"

	"milepost/stats/proportions"
)

// CRPS is the continuous ranked probability score of a forecast that is given as draws:
// the integral of (share of draws at or below x - [came <= x])² over x, in the unit of
// what is forecast; 0 is perfect, and of one draw it is the distance. It is exact for the
// distribution that the draws are, by
//
//	2/n² sum_i (x_(i) - came) (n [came < x_(i)] - i + 1/2),   x_(i) sorted
//
// which costs n log n, or n where the draws come sorted. Few draws of a good forecast look
// worse than many (by about 1/n of their mean distance from each other). It is not defined
// without draws, or where one is no finite number. Source: Gneiting & Raftery 2007;
// Jordan, Krueger & Lerch 2019.
func CRPS(draws []float64, came float64) (float64, bool) {
	if len(draws) == 0 || !finite(came) {
		return 0, false
	}
	if !slices.IsSorted(draws) {
		draws = slices.Clone(draws)
		slices.Sort(draws)
	}
	n, sum := float64(len(draws)), 0.0
	for i, x := range draws {
		if !finite(x) {
			return 0, false
		}
		weight := -float64(i) - .5
		if came < x {
			weight += n
		}
		sum += (x - came) * weight
	}
	return 2 * sum / (n * n), true
}

// Pinball is the mean loss of what was said to be the quantile of that level: what came in
// above costs level times the distance, below 1-level times. The true quantile has the
// smallest. At .5 it is half the mean distance. It is not defined without cases, for a
// level outside 0 to 1, or where a value is no finite number. Source: Koenker & Bassett 1978.
func Pinball(said, came []float64, level float64) (float64, bool) {
	if len(said) == 0 || !(level >= 0 && level <= 1) {
		return 0, false
	}
	sum := 0.0
	for i, q := range said {
		if above := came[i] - q; above >= 0 {
			sum += level * above
		} else {
			sum -= (1 - level) * above
		}
	}
	return sum / float64(len(said)), finite(sum)
}

// Held is how often ranges held what came: Inside of Count, their share, its Wilson
// interval, and the mean width of the ranges in the unit of what is forecast.
type Held struct {
	Inside, Count    int
	Share, Low, High float64
	MeanWidth        float64
}

// Coverage counts ranges, ends included, that held what came; Low and High are at z
// standard deviations (proportions.Z95). They take cases for independent, which periods
// that overlap are not. It is not defined without cases, where a range has its ends the
// wrong way round, or where a value is no number (ends may be infinite; the width then is).
func Coverage(low, high, came []float64, z float64) (Held, bool) {
	h := Held{Count: len(low)}
	width := 0.0
	for i := range low {
		if !(low[i] <= high[i]) || math.IsNaN(came[i]) {
			return Held{}, false
		}
		if low[i] <= came[i] && came[i] <= high[i] {
			h.Inside++
		}
		if low[i] < high[i] {
			width += high[i] - low[i]
		}
	}
	var ok bool
	if h.Low, h.High, ok = proportions.Wilson(h.Inside, h.Count, z); !ok {
		return Held{}, false
	}
	h.Share, h.MeanWidth = float64(h.Inside)/float64(h.Count), width/float64(h.Count)
	return h, true
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
