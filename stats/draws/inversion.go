package draws

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Normal is the standard normal quantile of u: of a uniform u, a standard normal draw. By
// Wichura's AS 241, good to about 1e-15 of its value. Not defined for u outside (0, 1).
func Normal(u float64) (float64, bool) {
	if !(u > 0 && u < 1) {
		return 0, false
	}
	return mathext.NormalQuantile(u), true
}

// Gamma is the quantile of the Gamma distribution with mean shape/rate: Cephes' inverse of
// the incomplete Gamma function, mended by Newton steps, good to 1e-9 of its value or better.
// Not defined for u outside (0, 1), or a shape or rate that is not positive
// and finite.
func Gamma(u, shape, rate float64) (float64, bool) {
	if !(u > 0 && u < 1) || !positive(shape) || !positive(rate) {
		return 0, false
	}
	logGamma, _ := math.Lgamma(shape)
	if x := math.Exp((math.Log(u) + logGamma + math.Log(shape)) / shape); x < 1e-11 { // P(x) = x^a/Gamma(a+1) there
		return x / rate, !math.IsInf(x/rate, 0)
	}
	x := mathext.GammaIncRegInv(shape, u)
	for range 3 {
		density := math.Exp((shape-1)*math.Log(x) - x - logGamma)
		var step float64
		if u < .5 {
			step = (mathext.GammaIncReg(shape, x) - u) / density
		} else {
			step = ((1 - u) - mathext.GammaIncRegComp(shape, x)) / density
		}
		if next := x - step; next > 0 && math.Abs(step) < .1*x {
			x = next
		} else {
			break
		}
	}
	return x / rate, !math.IsNaN(x) && !math.IsInf(x/rate, 0)
}

// Poisson is the smallest k with P(at most k) >= u, tails being known to about 1e-14. Not defined for u outside (0, 1), or a
// mean that is not in 0 to 1e9.
func Poisson(u, mean float64) (int, bool) {
	if !(u > 0 && u < 1) || !(mean >= 0 && mean <= 1e9) {
		return 0, false
	}
	if mean == 0 {
		return 0, true
	}
	logMean := math.Log(mean)
	return number{
		atMost: func(k float64) float64 { return mathext.GammaIncRegComp(k+1, mean) },
		above:  func(k float64) float64 { return mathext.GammaIncReg(k+1, mean) },
		ratio:  func(k float64) float64 { return mean / (k + 1) },
		probability: func(k float64) float64 {
			logGamma, _ := math.Lgamma(k + 1)
			return math.Exp(k*logMean - mean - logGamma)
		},
		mean: mean, sd: math.Sqrt(mean),
	}.quantile(u), true
}

// NegativeBinomial is the smallest k with P(at most k) >= u, of the distribution with this
// mean and variance mean + mean²/size; an infinite size makes it Poisson. Tails are known to
// about 1e-14, an error that only u as near to an end can meet. Not defined for u
// outside (0, 1), a mean that is not in 0 to 1e9, or a size below 1e-3.
func NegativeBinomial(u, mean, size float64) (int, bool) {
	if size > 1e12 { // so near to Poisson that no draw can tell
		return Poisson(u, mean)
	}
	if !(u > 0 && u < 1) || !(mean >= 0 && mean <= 1e9) || !(size >= 1e-3) {
		return 0, false
	}
	if mean == 0 {
		return 0, true
	}
	come, stop := mean/(size+mean), size/(size+mean)
	logCome, none := math.Log(come), -size*math.Log1p(mean/size)
	own, _ := math.Lgamma(size)
	return number{
		atMost: func(k float64) float64 { return mathext.RegIncBeta(size, k+1, stop) },
		above:  func(k float64) float64 { return mathext.RegIncBeta(k+1, size, come) },
		ratio:  func(k float64) float64 { return (k + size) / (k + 1) * come },
		probability: func(k float64) float64 {
			up, _ := math.Lgamma(k + size)
			down, _ := math.Lgamma(k + 1)
			return math.Exp(up - own - down + none + k*logCome)
		},
		mean: mean, sd: math.Sqrt(mean + mean*mean/size),
	}.quantile(u), true
}

func positive(v float64) bool { return v > 0 && !math.IsInf(v, 0) }
