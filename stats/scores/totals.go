package scores

import "math"

// WAPE is the weighted absolute percentage error of totals: the sum of the misses
// over the sum of what came true. Misses of opposite sign do not cancel. It is
// not defined when nothing came true.
func WAPE(said, came []float64) (float64, bool) {
	missed, sum := 0.0, 0.0
	for i := range said {
		missed += math.Abs(said[i] - came[i])
		sum += came[i]
	}
	if sum == 0 || math.IsNaN(missed) {
		return 0, false
	}
	return missed / sum, true
}

// Bias is how much too high totals were over all: (sum said - sum came)/sum came.
// Misses of opposite sign cancel. It is not defined when nothing came true.
func Bias(said, came []float64) (float64, bool) {
	over, sum := 0.0, 0.0
	for i := range said {
		over += said[i] - came[i]
		sum += came[i]
	}
	if sum == 0 || math.IsNaN(over) {
		return 0, false
	}
	return over / sum, true
}
