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
	if sum == 0 {
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
	if sum == 0 {
		return 0, false
	}
	return over / sum, true
}

// Wilson is the interval of a share, hits of n, at z standard deviations (1.96
// for 95%, 1.2816 for 80%); it stays inside 0 and 1 and is honest for small n.
// It is not defined for n = 0. Source: Wilson 1927; Newcombe 1998, method 3.
func Wilson(hits, n int, z float64) (low, high float64, ok bool) {
	if n == 0 {
		return 0, 0, false
	}
	count, share := float64(n), float64(hits)/float64(n)
	middle := share + z*z/(2*count)
	half := z * math.Sqrt(share*(1-share)/count+z*z/(4*count*count))
	scale := 1 + z*z/count
	return math.Max(0, (middle-half)/scale), math.Min(1, (middle+half)/scale), true
}
