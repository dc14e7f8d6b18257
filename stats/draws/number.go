package draws

import "math"

// number is the distribution of a count: its probabilities, its two tails, each good in
// its own leading digits, and the quotient P(k+1)/P(k).
type number struct {
	probability, atMost, above, ratio func(k float64) float64
	mean, sd                          float64
}

// quantile is the smallest k with P(at most k) >= u. In the middle of a narrow one it walks
// from the mean, adding probabilities; else, where that is long or sums lose their digits, it
// halves brackets.
func (n number) quantile(u float64) int {
	if n.sd > 60 || u < 1e-5 || u > 1-1e-5 {
		return int(n.halve(u))
	}
	k := math.Floor(n.mean)
	p, atMost := n.probability(k), n.atMost(k)
	for ; u > atMost; atMost += p {
		p *= n.ratio(k)
		k++
	}
	for ; k > 0 && u <= atMost-p; k-- {
		atMost -= p
		p /= n.ratio(k - 1)
	}
	return int(k)
}

func (n number) halve(u float64) float64 {
	enough := func(k float64) bool {
		if u < .5 {
			return n.atMost(k) >= u
		}
		return n.above(k) <= 1-u
	}
	low, high := -1.0, math.Floor(n.mean+10*n.sd)+1
	for !enough(high) {
		low, high = high, 2*high
	}
	for high-low > 1 {
		if middle := math.Floor((low + high) / 2); enough(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}
