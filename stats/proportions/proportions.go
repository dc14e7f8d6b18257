// Package proportions has what shares and chances have in common, for whoever counts:
// how sure a share of few cases is, and probabilities as logits and back.
package proportions

import "math"

// Clip is how near to 0 and 1 a probability may come where its logarithm or its
// logit is taken: [Clip, 1-Clip]. A method that says "never" and is wrong pays
// 13.8 for it in log loss, not infinity.
const Clip = 1e-6

// Clipped is p, or the nearer end of [Clip, 1-Clip].
func Clipped(p float64) float64 { return math.Min(math.Max(p, Clip), 1-Clip) }

// Logit is log(p/(1-p)) of p, clipped.
func Logit(p float64) float64 {
	p = Clipped(p)
	return math.Log(p / (1 - p))
}

// Logistic is the probability whose logit is eta, 1/(1+exp(-eta)).
func Logistic(eta float64) float64 { return 1 / (1 + math.Exp(-eta)) }

// Z95 and Z80 are the standard normal quantiles that bound the middle 95 and 80 %.
const (
	Z95 = 1.959963984540054
	Z80 = 1.2815515655446004
)

// Wilson is the interval of a share, hits of n, at z standard deviations (Z95 for 95 %);
// it stays inside 0 and 1 and is honest for small n. It is not defined for n = 0, for hits
// outside 0 to n, or for a z that is negative or no number. Source: Wilson 1927;
// Newcombe 1998, method 3.
func Wilson(hits, n int, z float64) (low, high float64, ok bool) {
	if n <= 0 || hits < 0 || hits > n || !(z >= 0) || math.IsInf(z, 0) {
		return 0, 0, false
	}
	count, share := float64(n), float64(hits)/float64(n)
	middle := share + z*z/(2*count)
	half := z * math.Sqrt(share*(1-share)/count+z*z/(4*count*count))
	scale := 1 + z*z/count
	return math.Max(0, (middle-half)/scale), math.Min(1, (middle+half)/scale), true
}
