package calibration

import (
	"cmp"
	"math"
	"slices"
)

// group is the cases that were given one probability: how many came true, and how
// many did not.
type group struct {
	said     float64
	hit, not float64
}

// grouped gathers cases by probability, lowest first: sums over groups do not
// depend on the order of the cases, and methods that give few different answers
// are scored in no time. A probability that is no number leaves nothing to judge.
func grouped(p []float64, y []bool) (list []group, hits, misses float64) {
	at := make(map[float64]int, 1024)
	for i, said := range p {
		if math.IsNaN(said) {
			return nil, 0, 0
		}
		g, has := at[said]
		if !has {
			g = len(list)
			at[said] = g
			list = append(list, group{said: said})
		}
		if y[i] {
			list[g].hit++
			hits++
		} else {
			list[g].not++
			misses++
		}
	}
	slices.SortFunc(list, func(a, b group) int { return cmp.Compare(a.said, b.said) })
	return list, hits, misses
}
