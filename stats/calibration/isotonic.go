package calibration

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Monotone is a step function that never falls: Values[i] holds from From[i] on, until
// the next; below the first From it is Values[0].
type Monotone struct {
	From, Values []float64
	Weights      []float64 // of the cases in each step
}

// At is the value at x, right-continuous; not defined where there were no cases, or x is no
// number.
func (m *Monotone) At(x float64) (float64, bool) {
	if len(m.From) == 0 || math.IsNaN(x) {
		return 0, false
	}
	i, found := slices.BinarySearch(m.From, x)
	if !found {
		i = max(i-1, 0)
	}
	return m.Values[i], true
}

// Isotonic is the never-falling function of x with the smallest weighted sum of squared
// distances to y: neighbours that would fall are pooled to their mean until none do
// (pool adjacent violators, which is exact). Cases of one x are pooled first; a weight
// of 0 leaves a case out; weights may be nil, for all 1. Of y that are 0 and 1 it is the
// recalibration that maximizes the likelihood among all monotone ones, and gives 0 or 1
// at ends where all ended alike. Time n log n. Source: Ayer et al. 1955; Barlow,
// Bartholomew, Bremner & Brunk 1972. It fails where a value is no finite number or a
// weight is negative.
func Isotonic(x, y, weights []float64) (*Monotone, error) {
	cases := make([]step, 0, len(x))
	for i := range x {
		c := step{x[i], y[i], 1}
		if weights != nil {
			c.weight = weights[i]
		}
		if !(c.weight >= 0) || math.IsNaN(x[i]) || math.IsNaN(y[i]) || math.IsInf(x[i], 0) || math.IsInf(y[i], 0) || math.IsInf(c.weight, 0) {
			return nil, fmt.Errorf("case %d: %v at %v with weight %v", i, y[i], x[i], c.weight)
		}
		if c.weight > 0 {
			cases = append(cases, c)
		}
	}
	slices.SortFunc(cases, func(a, b step) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.mean, b.mean), cmp.Compare(a.weight, b.weight))
	})
	var steps []step
	for i := 0; i < len(cases); {
		one := cases[i]
		for i++; i < len(cases) && cases[i].from == one.from; i++ {
			one = one.with(cases[i])
		}
		for len(steps) > 0 && steps[len(steps)-1].mean >= one.mean {
			one = steps[len(steps)-1].with(one)
			steps = steps[:len(steps)-1]
		}
		steps = append(steps, one)
	}
	m := &Monotone{}
	for _, s := range steps {
		m.From, m.Values, m.Weights = append(m.From, s.from), append(m.Values, s.mean), append(m.Weights, s.weight)
	}
	return m, nil
}

type step struct{ from, mean, weight float64 }

// with is both steps as one.
func (s step) with(t step) step {
	weight := s.weight + t.weight
	return step{s.from, s.mean + (t.mean-s.mean)*(t.weight/weight), weight}
}
