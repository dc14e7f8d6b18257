// Package counts tells how many: how many of many unequal chances come true, and how
// many new ones a week brings in each group when past weeks are few.
//
// Probabilities come from sums of terms of one sign, so that small ones are right in
// their leading digits too. The same numbers in another order give the same bytes.
package counts

import (
	"fmt"
	"math"
	"sort"
)

// Distribution is that of a number, over First, First+1, ...: P holds the probabilities.
// What is left out on either side is less than 1e-99 of the whole.
type Distribution struct {
	First          int
	P              []float64
	mean, variance float64
	atMost, above  []float64
}

func newDistribution(first int, p []float64, mean, variance float64) *Distribution {
	d := &Distribution{First: first, P: p, mean: mean, variance: variance, atMost: make([]float64, len(p)), above: make([]float64, len(p))}
	sum := 0.0
	for i, v := range p {
		sum += v
		d.atMost[i] = math.Min(1, sum)
	}
	sum = 0
	for i := len(p) - 1; i >= 0; i-- {
		d.above[i] = sum
		sum += p[i]
	}
	return d
}

// Mean is the expected number.
func (d *Distribution) Mean() float64 { return d.mean }

// Variance is that of the number.
func (d *Distribution) Variance() float64 { return d.variance }

// Probability is that of exactly k.
func (d *Distribution) Probability(k int) float64 {
	if k < d.First || k >= d.First+len(d.P) {
		return 0
	}
	return d.P[k-d.First]
}

// AtMost is the probability of k or fewer.
func (d *Distribution) AtMost(k int) float64 {
	switch i := k - d.First; {
	case i < 0:
		return 0
	case i >= len(d.P):
		return 1
	case d.above[i] < .5:
		return 1 - d.above[i]
	default:
		return d.atMost[i]
	}
}

// MoreThan is the probability of more than k, right in its leading digits however
// small it is.
func (d *Distribution) MoreThan(k int) float64 {
	switch i := k - d.First; {
	case i < 0:
		return 1
	case i >= len(d.P):
		return 0
	default:
		return d.above[i]
	}
}

// Quantile is the smallest k with P(at most k) >= q, where a difference of 64 roundings
// counts as none. A q that is uniform on (0, 1) makes it a draw (inversion). It is not
// defined for q outside 0 to 1.
func (d *Distribution) Quantile(q float64) (int, bool) {
	if !(q >= 0 && q <= 1) || len(d.P) == 0 {
		return 0, false
	}
	last := len(d.P) - 1
	i := sort.Search(last, func(i int) bool {
		if q > .5 { // the upper tail is summed from its thin end
			return d.above[i] <= (1-q)*(1+0x1p-46)
		}
		return d.atMost[i] >= q*(1-0x1p-46)
	})
	return d.First + i, true
}

// Successes is the distribution of how many of independent chances come true, whose
// probabilities differ (Poisson-binomial), exactly: one chance after the other is folded
// in, f(k) <- f(k)(1-p) + f(k-1)p. What falls below 1e-300 is let go. Time is about n
// times eighty standard deviations: 20,000 chances take a tenth of a second. Source: Hong
// 2013. It fails where a probability is not in 0 to 1.
func Successes(p []float64) (*Distribution, error) {
	sorted := append([]float64(nil), p...)
	sort.Float64s(sorted)
	f, first := make([]float64, 1, len(p)+1), 0
	f[0] = 1
	mean, variance := 0.0, 0.0
	for i, chance := range sorted {
		if !(chance >= 0 && chance <= 1) {
			return nil, fmt.Errorf("a chance of %v is not in 0 to 1", chance)
		}
		mean += chance
		variance += chance * (1 - chance)
		f = append(f, 0)
		for k := len(f) - 1; k > 0; k-- {
			f[k] = f[k]*(1-chance) + f[k-1]*chance
		}
		f[0] *= 1 - chance
		if i%16 == 0 || i == len(sorted)-1 {
			cut := 0
			for f[cut] < 1e-300 {
				cut++
			}
			f, first = f[cut:], first+cut
			for f[len(f)-1] < 1e-300 {
				f = f[:len(f)-1]
			}
		}
	}
	return newDistribution(first, f, mean, variance), nil
}
