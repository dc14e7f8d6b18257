package hazard

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"milepost/stats/linear"
)

// Fit is what a model has learned.
type Fit struct {
	*Model
	LogLikelihood float64 // of the rows, without the prior
	Steps         int     // that Newton's method took

	free    []int          // which coefficients were estimated
	effects []float64      // design effect of each block
	factor  *linear.Factor // of minus the second derivative of the log posterior by them, at the last place where it was asked for
}

// mostSteps is how many Newton steps are made before giving up; a concave problem with
// priors takes five to ten.
const mostSteps = 60

// near is the change of a coefficient, in logits, below which a step was the last one:
// Newton's error after it is about its square.
const near = 1e-8

// Estimate finds the coefficients with the highest posterior density (maximum likelihood
// where the priors are flat) by Newton's method with step halving. The function is
// concave, so that there is one optimum, and nothing to tune. Where a block's deviation is
// to be learnt, that is done first (see Block.Most). It starts from given
// coefficients, or from the prior's means for nil. The same rows give the same bits on
// any number of cores. It fails for rows that do not fit the shape, and where neither
// rows nor priors determine a coefficient.
func Estimate(s Shape, rows *Rows, start []float64) (*Fit, error) {
	return EstimateUnder(context.Background(), s, rows, start, nil)
}

// EstimateUnder is Estimate for as long as a context lasts, which is looked at between the
// steps and within one. It tells how many steps it has made, where told is not nil.
func EstimateUnder(ctx context.Context, s Shape, rows *Rows, start []float64, told func(steps int)) (*Fit, error) {
	if err := s.check(rows); err != nil {
		return nil, err
	}
	p := &posterior{shape: s, rows: rows}
	p.shape.Fixed, p.shape.Moving = slices.Clone(s.Fixed), slices.Clone(s.Moving)
	p.mean, p.precision = s.prior()
	groups := gather(&s, rows)
	p.sum = newSummation(&s, groups)
	p.sum.ctx, p.told = ctx, told
	theta := append([]float64(nil), p.mean...)
	if start != nil {
		copy(theta, start)
	}
	f := &Fit{}
	for j, precision := range p.precision {
		if math.IsInf(precision, 1) {
			theta[j] = p.mean[j]
		} else {
			f.free = append(f.free, j)
		}
	}
	at, err := f.learn(p, p.at(theta))
	if err != nil {
		return nil, err
	}
	if at, err = f.climb(p, at, near); err != nil {
		return nil, err
	}
	if f.factor, err = f.curvature(p, at); err != nil {
		return nil, err
	}
	f.Model, f.LogLikelihood = New(p.shape, at.theta), at.logLikelihood
	return f, nil
}

// climb steps until a step moves no coefficient by more than so much.
func (f *Fit) climb(p *posterior, at place, enough float64) (place, error) {
	for moved := math.Inf(1); moved >= enough; f.Steps++ {
		if f.Steps == mostSteps {
			return at, fmt.Errorf("hazard: no optimum after %d steps; the last one moved a coefficient by %g", mostSteps, moved)
		}
		step, err := f.step(p, at)
		if err != nil {
			return at, err
		}
		at, moved = f.along(p, at, step)
		if err := p.sum.ctx.Err(); err != nil {
			return at, fmt.Errorf("hazard: %w", err)
		}
		if p.told != nil {
			p.told(f.Steps + 1)
		}
	}
	return at, nil
}

// posterior is the function that is climbed.
type posterior struct {
	shape           Shape
	mean, precision []float64
	sum             *summation
	rows            *Rows
	told            func(steps int)
}

// place is a point of it: the coefficients, and the sums there.
type place struct {
	*sums
	theta  []float64
	height float64 // log posterior
}

func (p *posterior) at(theta []float64) place {
	s := p.sum.under(New(p.shape, theta))
	return p.judged(place{s, theta, 0})
}

// judged gives a place its height under the priors as they are.
func (p *posterior) judged(at place) place {
	at.height = at.logLikelihood
	for j, precision := range p.precision {
		if d := at.theta[j] - p.mean[j]; d != 0 && !math.IsInf(precision, 1) {
			at.height -= precision * d * d / 2
		}
	}
	return at
}

// step is Newton's: what the curvature makes of the slope.
func (f *Fit) step(p *posterior, at place) ([]float64, error) {
	var err error
	if f.factor, err = f.curvature(p, at); err != nil {
		return nil, err
	}
	step := make([]float64, len(f.free))
	for i, j := range f.free {
		step[i] = at.score[j] - p.precision[j]*(at.theta[j]-p.mean[j])
	}
	f.factor.Solve(step)
	return step, nil
}

// curvature is minus the second derivative by the free coefficients, factored.
func (f *Fit) curvature(p *posterior, at place) (*linear.Factor, error) {
	n := len(f.free)
	h := make([]float64, n*n)
	for a, i := range f.free {
		for b, j := range f.free[:a+1] {
			h[a*n+b] = at.sums.at(i, j)
		}
		h[a*n+a] += p.precision[i]
	}
	factor, err := linear.Cholesky(h, n)
	if errors.Is(err, linear.ErrNotPositive) {
		return nil, fmt.Errorf("hazard: neither rows nor priors determine a coefficient: %w", err)
	}
	return factor, err
}

// along goes a step, or half of it, a quarter ..., until that does not lead down.
func (f *Fit) along(p *posterior, from place, step []float64) (to place, moved float64) {
	for part := 1.0; ; part /= 2 {
		theta := append([]float64(nil), from.theta...)
		moved = 0
		for i, j := range f.free {
			theta[j] += part * step[i]
			moved = max(moved, math.Abs(part*step[i]))
		}
		to = p.at(theta)
		if to.height >= from.height-1e-12*math.Abs(from.height) || moved < near {
			return to, moved
		}
	}
}
