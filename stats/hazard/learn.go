package hazard

import "math"

// Levels of a block whose deviation is learnt are taken as drawn from one normal
// distribution about the prior's means. Its variance is that under which the rows are
// likeliest, near enough: with b the coefficients less their means, V their variance after
// the rows, P the precision of their prior and n how many there are, the fixed point of
//
//	tau^2 = (doubt tau0^2 + sum b^2) / (doubt + n - sum V P)
//
// which is where tau^2 = mean(b^2 + V), the EM step, comes to rest too, in fewer rounds
// (MacKay 1992, Laplace's approximation). What is assumed before any row, tau0, counts as
// so many coefficients (doubt). A level without rows has V P = 1 and says nothing. P is
// 1 / tau^2, times the block's design effect (see design).
const (
	doubt      = 1
	mostRounds = 10
	settled    = .02 // the relative change of a deviation that ends the rounds
	slight     = .1  // the deviation below which it is this one that a change is relative to
	leastSD    = .02
	roughly    = .3 // a step that ends a climb between rounds: mostly the first
)

// learn finds the deviations that are to be learnt, and a place near the optimum. The rows
// are looked at only now and then: from each look on, the log likelihood is taken for the
// parabola that it nearly is, until the deviations are at rest on that.
func (f *Fit) learn(p *posterior, at place) (place, error) {
	blocks := p.shape.blocks()
	var before []float64 // what was assumed
	learns := false
	for _, block := range blocks {
		before, f.effects = append(before, block.SD), append(f.effects, 1)
		learns = learns || block.Most > 0
	}
	for look := 0; learns && look < mostRounds; look++ {
		var err error
		if at, err = f.climb(p, at, roughly); err != nil {
			return at, err
		}
		if look == 0 && p.rows.Cluster != nil {
			if err := f.design(p, at); err != nil {
				return at, err
			}
		}
		rounds, err := f.rest(p, at, blocks, before)
		if err != nil {
			return at, err
		}
		at = p.judged(at)
		if rounds == 1 {
			break
		}
	}
	return at, nil
}

// rest makes rounds on the parabola at a place, until the deviations hardly change.
func (f *Fit) rest(p *posterior, at place, blocks []*Block, before []float64) (rounds int, err error) {
	theta, variance := make([]float64, len(at.theta)), make([]float64, len(at.theta))
	for rounds < mostRounds {
		rounds++
		step, err := f.step(p, at)
		if err != nil {
			return rounds, err
		}
		diagonal := f.factor.Diagonal()
		copy(theta, at.theta)
		for i, j := range f.free {
			theta[j] += step[i]
			variance[j] = diagonal[i]
		}
		if p.relearn(blocks, theta, variance, before, f.effects) < settled {
			break
		}
	}
	return rounds, nil
}

// relearn makes one round for each block that learns, and gives the largest change.
func (p *posterior) relearn(blocks []*Block, theta, variance, before, effects []float64) (change float64) {
	until := 0
	for b, block := range blocks {
		from := until
		until += block.Levels * Causes
		if block.Most == 0 {
			continue
		}
		squares, left := 0.0, 0.0
		for j := from; j < until; j++ {
			d := theta[j] - p.mean[j]
			squares += d * d
			left += 1 - variance[j]*p.precision[j]
		}
		sd := math.Sqrt((doubt*before[b]*before[b] + squares) / (doubt + max(left, 0)))
		sd = min(max(sd, leastSD), block.Most) / math.Sqrt(effects[b])
		change = max(change, math.Abs(sd-block.SD)/max(block.SD, slight))
		block.SD = sd
		for j := from; j < until; j++ {
			if !math.IsInf(p.precision[j], 1) {
				p.precision[j] = 1 / (sd * sd)
			}
		}
	}
	return change
}
