package scores

import "math"

// Chance is the mean and the variance of one total of independent chances: probability p[i]
// of amount[i], or of 1 each where amount is nil. Mean sum p a, variance sum p (1-p) a².
type Chance struct{ Mean, Variance float64 }

// ChanceOf works them out, in the order given. It is not defined where a probability is not
// in 0 to 1 or an amount is no finite number.
func ChanceOf(p, amount []float64) (Chance, bool) {
	var c Chance
	for i, q := range p {
		a := 1.0
		if amount != nil {
			a = amount[i]
		}
		if !(q >= 0 && q <= 1) || !finite(a) {
			return Chance{}, false
		}
		c.Mean += q * a
		c.Variance += q * (1 - q) * a * a
	}
	return c, true
}

// NoiseFloor is the WAPE that totals have even where every probability is right, for chance
// alone: sum sqrt(2/pi) sqrt(Variance) / sum Mean.
//
// For a total T = sum a_i B_i of independent Bernoulli B_i that are many, T is nearly
// normal, and E|T - E T| = sqrt(2/pi) sd = .798 sd; the mean of a sum of misses over what
// comes is about the quotient of their means. Of few, or very unequal, chances the distance
// is smaller than normal: one chance of p has 2p(1-p), not .798 sqrt(p(1-p)). It leaves out
// that deals depend on each other, which raises it. Not defined where nothing is expected.
func NoiseFloor(totals []Chance) (float64, bool) {
	miss, mean := 0.0, 0.0
	for _, c := range totals {
		miss += math.Sqrt(2/math.Pi) * math.Sqrt(c.Variance)
		mean += c.Mean
	}
	if mean == 0 || !finite(miss/mean) {
		return 0, false
	}
	return miss / mean, true
}
