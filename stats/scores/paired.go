package scores

import "math"

// Difference is how much smaller one method's mean loss is than another's over the same
// cases: Mean above 0 is better, Low and High its interval. Blocks is how many independent
// parts of the cases it rests on.
type Difference struct {
	Mean, Low, High float64
	Blocks          int
}

// Paired compares two methods by their losses over blocks of cases: mine[b] and other[b]
// are sums of losses in block b, cases[b] how many cases it has. Cases within a block may
// depend on each other in any way; blocks must not (days whose horizons do not overlap).
// The mean is a ratio,
//
//	D = sum_b (other_b - mine_b) / sum_b n_b,   e_b = (other_b - mine_b) - D n_b
//	se² = B/(B-1) sum_b e_b² / (sum_b n_b)²
//
// and the interval Student's with B-1 degrees of freedom, at confidence 0 to 1. It is not
// defined with fewer than two blocks, without cases, or where a sum is no finite number.
// Source: Cochran 1977, chapter 6 (ratio estimate); Diebold & Mariano 1995 (paired losses).
func Paired(mine, other, cases []float64, confidence float64) (Difference, bool) {
	blocks, gained, n := float64(len(cases)), 0.0, 0.0
	for b := range cases {
		gained += other[b] - mine[b]
		n += cases[b]
	}
	mean := gained / n
	if len(cases) < 2 || !(n > 0) || !finite(mean) {
		return Difference{}, false
	}
	squares := 0.0
	for b := range cases {
		rest := other[b] - mine[b] - mean*cases[b]
		squares += rest * rest
	}
	t, ok := StudentQuantile((1+confidence)/2, len(cases)-1)
	half := t * math.Sqrt(blocks/(blocks-1)*squares) / n
	return Difference{mean, mean - half, mean + half, len(cases)}, ok && finite(half)
}

// StudentQuantile is the quantile of Student's t with whole degrees of freedom, by halving
// an interval of its distribution function, to about 1e-12 of its size. It is not defined
// for a probability outside .5 to 1 or fewer than one degree. Source: Abramowitz & Stegun
// 26.7.3 and 26.7.4.
func StudentQuantile(p float64, degrees int) (float64, bool) {
	if !(p >= .5 && p < 1) || degrees < 1 {
		return 0, false
	}
	low, high := 0.0, 1.0
	for studentBelow(high, degrees) < p {
		high *= 2
		if math.IsInf(high, 0) {
			return 0, false
		}
	}
	for range 100 {
		if middle := (low + high) / 2; studentBelow(middle, degrees) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2, true
}

// studentBelow is the distribution function at t of 0 or more.
func studentBelow(t float64, degrees int) float64 {
	angle := math.Atan2(t, math.Sqrt(float64(degrees)))
	sin, cos := math.Sincos(angle)
	sum, term := 0.0, 1.0
	if degrees%2 == 1 {
		term = cos
		for k := 1; k <= degrees-2; k += 2 {
			sum += term
			term *= cos * cos * float64(k+1) / float64(k+2)
		}
		return .5 + (angle+sin*sum)/math.Pi
	}
	for k := 0; k <= degrees-2; k += 2 {
		sum += term
		term *= cos * cos * float64(k+1) / float64(k+2)
	}
	return .5 + sin*sum/2
}
