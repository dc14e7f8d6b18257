package draws

import (
	"math"
	"slices"
)

// Quantiles are those of the draws, at each level from 0 to 1, linear between the sorted
// draws x_(1..n) at positions 1 + (n-1) level (Hyndman & Fan's type 7). Quantiles of parts do
// not add up to those of the whole: draws do. Not defined without draws, for a draw that is
// no finite number, or a level outside 0 to 1. Time n log n.
func Quantiles(draws []float64, levels ...float64) ([]float64, bool) {
	if len(draws) == 0 {
		return nil, false
	}
	sorted := slices.Clone(draws)
	slices.Sort(sorted) // what is no number comes first
	if math.IsNaN(sorted[0]) || math.IsInf(sorted[0], 0) || math.IsInf(sorted[len(sorted)-1], 0) {
		return nil, false
	}
	out := make([]float64, len(levels))
	for i, level := range levels {
		if !(level >= 0 && level <= 1) {
			return nil, false
		}
		at := float64(len(sorted)-1) * level
		below := math.Floor(at + 4*0x1p-52*at) // a level such as .1 shall meet its draw
		k := min(int(below), len(sorted)-1)
		out[i] = sorted[k]
		if part := at - below; part > 0 && k+1 < len(sorted) {
			out[i] += part * (sorted[k+1] - sorted[k])
		}
	}
	return out, true
}

// Mean is that of the draws, summed in their order; not defined without draws, or where one
// is no finite number.
func Mean(draws []float64) (float64, bool) {
	sum := 0.0
	for _, v := range draws {
		sum += v
	}
	mean := sum / float64(len(draws))
	return mean, !math.IsNaN(mean) && !math.IsInf(mean, 0)
}
