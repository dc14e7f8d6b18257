package totals

import "math"

// Widening is adaptive conformal inference (Gibbs & Candes 2021) on the logarithm of a
// factor that is never below 1: a miss of the 80 % range adds rate times .8, a hit takes
// away rate times .2, so that one miss outlasts four hits. It is bounded, for a range that
// is ten times too wide says nothing.
const (
	rate    = .06
	nominal = .8
	widest  = 3
)

// widen compares what came with what would have been said of it just before.
func (l *Learner) widen(r *Realised, list []share) {
	depth, deepest := r.Tree.depths()
	said, squares := l.ahead(deepest)
	center := said[0].center()
	whole := summed(r.Tree, list, squares)
	var miss, parts [2]float64
	for g := range r.Tree {
		kind := min(1, depth[g])
		if !(whole[g].variance[half] > 0) {
			continue
		}
		factor := math.Exp(l.wide[kind])
		shift := said[depth[g]].stretched(center, factor)
		miss[kind] += missed(&shift, &whole[g], factor)
		parts[kind]++
	}
	for kind := range l.wide {
		if parts[kind] > 0 {
			turn := miss[kind]/parts[kind] - (1 - nominal)
			l.wide[kind] = math.Min(math.Max(0, l.wide[kind]+rate*r.Weight*turn), math.Log(widest))
		}
	}
}

// ahead is the distribution of the shift of the next period, by depth below the whole,
// and the mean square of a part's shock.
func (l *Learner) ahead(deepest int) (shift []density, squares float64) {
	shift = make([]density, deepest+1)
	for b, sd := range shares {
		var d density
		for a := range wholes {
			var level density
			for c := range moves {
				for x, m := range l.joint[a][b][c] {
					level[x] += m
					squares += m * sd * sd
				}
			}
			level = wholeKernels[a].forward(&level)
			for x, m := range level {
				d[x] += m
			}
		}
		for k := range shift {
			if k > 0 {
				d = shareKernels[b].forward(&d)
			}
			for x, m := range d {
				shift[k][x] += m
			}
		}
	}
	return shift, squares
}

// summed is every part with all that is below it. The shocks of the parts below make its
// total vary by their square times the square of how much a logit moves them.
func summed(t Tree, list []share, squares float64) []share {
	whole := make([]share, len(list))
	copy(whole, list)
	extra := make([]density, len(list))
	for g := len(t) - 1; g > 0; g-- {
		up := &whole[t[g]]
		up.came += whole[g].came
		for x := range up.mean {
			own := whole[g].variance[x]
			up.mean[x] += whole[g].mean[x]
			up.variance[x] += own
			up.third[x] += whole[g].third[x]
			extra[t[g]][x] += extra[g][x] + squares*own*own
		}
	}
	for g := range whole {
		for x := range extra[g] {
			whole[g].variance[x] += extra[g][x]
		}
	}
	return whole
}

// missed is 0 where what came lies within the middle 80 % of what was said, 1 where it lies
// outside. Whole numbers come in lumps: of one that the end of the range cuts, the part
// that lies outside counts (Czado, Gneiting & Held 2009).
func missed(shift *density, s *share, factor float64) float64 {
	var low, high float64
	for x, m := range shift {
		if m > 0 {
			low += m * s.atMost(x, s.came-1, factor)
			high += m * s.atMost(x, s.came, factor)
		}
	}
	if high-low < 1e-9 {
		return outside(high)
	}
	const a, b = (1 - nominal) / 2, (1 + nominal) / 2
	inside := math.Max(0, math.Min(high, b)-math.Max(low, a))
	return 1 - inside/(high-low)
}

func outside(u float64) float64 {
	if math.Abs(u-.5) > nominal/2 {
		return 1
	}
	return 0
}

// atMost is the probability of k or fewer after a shift: normal, mended for skewness
// (Volkova 1996; Hong 2013), which is near enough for a widening.
func (s *share) atMost(x int, k, factor float64) float64 {
	if k < 0 {
		return 0
	}
	sd := math.Sqrt(s.variance[x]) * factor
	if !(sd > 0) {
		return 1
	}
	z := (k + .5 - s.mean[x]) / sd
	skew := s.third[x] / (sd * sd * sd)
	p := .5*math.Erfc(-z/math.Sqrt2) + skew*(1-z*z)*math.Exp(-z*z/2)/math.Sqrt(2*math.Pi)/6
	return math.Min(math.Max(p, 0), 1)
}
