package scores

import (
	"cmp"
	"slices"
)

// AUC is the chance that a case that came true had been given a higher
// probability than one that did not, ties counted half. It is not defined when
// all cases ended alike. Source: Hanley & McNeil 1982 (the Mann-Whitney form).
func AUC(p []float64, y []bool) (float64, bool) {
	type group struct {
		said     float64
		hit, not int
	}
	at := map[float64]int{}
	var groups []group
	hits := 0
	for i, said := range p {
		g, has := at[said]
		if !has {
			g = len(groups)
			at[said] = g
			groups = append(groups, group{said: said})
		}
		if y[i] {
			groups[g].hit++
			hits++
		} else {
			groups[g].not++
		}
	}
	misses := len(p) - hits
	if hits == 0 || misses == 0 {
		return 0, false
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(a.said, b.said) })
	above, below := 0.0, 0
	for _, g := range groups {
		above += float64(g.hit) * (float64(below) + float64(g.not)/2)
		below += g.not
	}
	return above / (float64(hits) * float64(misses)), true
}
