package proportions

import (
	"cmp"
	"math"
)

// Quantile is the smallest of sorted values that at least a share of them does not exceed
// (the inverse of the empirical distribution, type 1 of Hyndman & Fan 1996): always one of
// them, so that a sentence can say that it did happen. It is not defined without values.
func Quantile[T cmp.Ordered](sorted []T, share float64) (value T, defined bool) {
	if len(sorted) == 0 {
		return value, false
	}
	// A share that is written in binary may be a hair above what was meant.
	at := int(math.Ceil(share*float64(len(sorted))-1e-9)) - 1
	return sorted[max(0, min(at, len(sorted)-1))], true
}
