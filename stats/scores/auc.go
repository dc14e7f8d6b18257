package scores

import (
	"cmp"
	"math"
	"slices"
)

// AUC is the chance that a case that came true had been given a higher
// probability than one that did not, ties counted half. It is not defined when
// all cases ended alike, or where a probability is no number. Source: Hanley & McNeil 1982 (the Mann-Whitney form).
func AUC(p []float64, y []bool) (float64, bool) {
	if slices.ContainsFunc(p, math.IsNaN) {
		return 0, false
	}
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	above, hits, misses := 0.0, 0.0, 0.0
	for first := 0; first < len(order); {
		hit, not, last := 0.0, 0.0, first
		for ; last < len(order) && !(p[order[last]] > p[order[first]]); last++ {
			if y[order[last]] {
				hit++
			} else {
				not++
			}
		}
		above += hit * (misses + not/2)
		hits, misses, first = hits+hit, misses+not, last
	}
	if hits == 0 || misses == 0 {
		return 0, false
	}
	return above / (hits * misses), true
}
