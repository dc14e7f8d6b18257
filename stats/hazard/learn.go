package hazard

import "math"

// Levels of a block whose deviation is learnt (people, segments) are taken as drawn from
// one normal distribution of mean 0. Its variance is that under which the rows are
// likeliest, near enough: with b the coefficients, V their variance after the rows and
// n how many there are, the fixed point of
//
//	tau^2 = (doubt tau0^2 + sum b^2) / (doubt + n - sum V / tau^2)
//
// which is where tau^2 = mean(b^2 + V), the EM step, comes to rest too, in fewer rounds
// (MacKay 1992, Laplace's approximation). What is assumed before any row, tau0, counts as
// so many coefficients (doubt). A level without rows has V = tau^2 and says nothing.
const (
	doubt      = 6
	mostRounds = 10
	settled    = .02 // the relative change of a deviation that ends the rounds
	leastSD    = .02
	roughly    = .3 // a step that ends a climb between rounds: mostly the first
)

// learn finds the deviations that are to be learnt, and a place near the optimum.
func (f *Fit) learn(p *posterior, at place) (place, error) {
	before := make([]float64, len(p.shape.Fixed)) // what was assumed
	learns := false
	for b, block := range p.shape.Fixed {
		before[b] = block.SD
		learns = learns || block.Most > 0
	}
	for round := 0; learns && round < mostRounds; round++ {
		var err error
		if at, err = f.climb(p, at, roughly); err != nil {
			return at, err
		}
		factor, err := f.curvature(p, at)
		if err != nil {
			return at, err
		}
		inverse, variance := factor.Inverse(), make([]float64, len(at.theta))
		for i, j := range f.free {
			variance[j] = inverse[i*len(f.free)+i]
		}
		change := p.relearn(at.theta, variance, before)
		at = p.judged(at)
		if change < settled {
			break
		}
	}
	return at, nil
}

// relearn makes one round for each block that learns, and gives the largest relative
// change.
func (p *posterior) relearn(theta, variance, before []float64) (change float64) {
	from := 0
	for b := range p.shape.Fixed {
		block := &p.shape.Fixed[b]
		until := from + block.Levels*Causes
		if block.Most > 0 {
			squares, left := 0.0, 0.0
			for j := from; j < until; j++ {
				d := theta[j] - p.mean[j]
				squares += d * d
				left += 1 - variance[j]/(block.SD*block.SD)
			}
			sd := math.Sqrt((doubt*before[b]*before[b] + squares) / (doubt + max(left, 0)))
			sd = min(max(sd, leastSD), block.Most)
			change = max(change, math.Abs(sd/block.SD-1))
			block.SD = sd
			for j := from; j < until; j++ {
				if !math.IsInf(p.precision[j], 1) {
					p.precision[j] = 1 / (sd * sd)
				}
			}
		}
		from = until
	}
	return change
}
