package scores

// AUC is the chance that a case that came true had been given a higher
// probability than one that did not, ties counted half. It is not defined when
// all cases ended alike. Source: Hanley & McNeil 1982 (the Mann-Whitney form).
func AUC(p []float64, y []bool) (float64, bool) {
	list, hits, misses := grouped(p, y)
	if hits == 0 || misses == 0 {
		return 0, false
	}
	above, below := 0.0, 0.0
	for _, g := range list {
		above += g.hit * (below + g.not/2)
		below += g.not
	}
	return above / (hits * misses), true
}
