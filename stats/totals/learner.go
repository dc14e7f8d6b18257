package totals

import "math"

// unheard keeps likelihoods from becoming nought: what nobody thought possible may come.
const unheard = 1e-30

// Learner is what is thought of level, shocks and widening after some realised forecasts.
// It is a filter: each step takes one more period in and lets time pass. What it holds is
// the exact posterior distribution on a grid; nothing is iterated.
type Learner struct {
	// joint is the distribution of the level for every whole, share and move.
	joint [len(wholes)][len(shares)][len(moves)]density
	// Periods is how many have been learnt from, overlaps counted once.
	Periods float64
	since   float64 // part of a period since time last passed
	wide    [2]float64
	keeps   float64 // of what was learnt of deviations, each period
}

// New is what is thought before anything has come.
func New() *Learner {
	l := &Learner{keeps: keeps}
	first := normalKernel(0, levelSD).weight[half]
	for a := range wholes {
		for b := range shares {
			for c := range moves {
				mass := prior(a, b, c)
				for x := range first {
					l.joint[a][b][c][x] = mass * first[x]
				}
			}
		}
	}
	return l
}

// Learn takes one realised forecast in: forecasts come in the order in which they were made.
func (l *Learner) Learn(r *Realised) error {
	list, err := r.shares()
	if err != nil || len(r.Chance) == 0 {
		return err
	}
	l.widen(r, list)
	var fits [len(shares)]density
	var height [len(shares)]float64
	highest := math.Inf(-1)
	for b := range shares {
		fits[b], height[b] = gathered(r.Tree, list, shareKernels[b])
		highest = math.Max(highest, height[b])
	}
	total := 0.0
	for a := range wholes {
		for b := range shares {
			eff := wholeKernels[a].back(&fits[b])
			for x := range eff {
				eff[x] = math.Pow(eff[x]*math.Exp(height[b]-highest)+unheard, r.Weight)
			}
			for c := range moves {
				d := &l.joint[a][b][c]
				for x := range d {
					d[x] *= eff[x]
					total += d[x]
				}
			}
		}
	}
	l.pass(total, r.Weight)
	return nil
}

// gathered is the likelihood of everything that came as a function of the shift of the
// whole, where parts have shocks of their own: from the lowest parts upwards, each one's
// likelihood is averaged over its shock and handed to the part that it belongs to. It is
// a multiple of what is given, by e to the height.
func gathered(t Tree, list []share, shock *kernel) (root density, height float64) {
	logs := make([]density, len(t))
	for g := range t {
		logs[g] = list[g].fits
	}
	for g := len(t) - 1; ; g-- {
		top := math.Inf(-1)
		for _, v := range logs[g] {
			top = math.Max(top, v)
		}
		height += top
		var plain density
		for x, v := range logs[g] {
			plain[x] = math.Exp(v - top)
		}
		if g == 0 {
			return plain, height
		}
		if logs[g] == (density{}) { // nobody there
			continue
		}
		plain = shock.back(&plain)
		for x, v := range plain {
			logs[t[g]][x] += math.Log(math.Max(v, 1e-300))
		}
	}
}

// Level is the shift that the next period's chances are thought to need, in logits, and how
// unsure that is; Shock and Share are the mean variances of the shocks of the whole and
// of a part; Widening by how much more the whole's and the parts' are widened.
func (l *Learner) Level() (mean, sd, shock, share float64, widening [2]float64) {
	square := 0.0
	for a, whole := range wholes {
		for b, part := range shares {
			for c := range moves {
				for x, m := range l.joint[a][b][c] {
					mean += m * place(x)
					square += m * place(x) * place(x)
					shock += m * whole * whole
					share += m * part * part
				}
			}
		}
	}
	return mean, math.Sqrt(square - mean*mean), shock, share, [2]float64{math.Exp(l.wide[0]), math.Exp(l.wide[1])}
}
