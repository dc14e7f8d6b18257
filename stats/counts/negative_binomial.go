package counts

import (
	"errors"
	"fmt"
	"math"
)

// ErrTooWide says that a distribution has more than ten million values that count.
var ErrTooWide = errors.New("the distribution is too wide to be written out")

// NegativeBinomial is the distribution with this mean and variance mean + mean²/size:
// that of a Poisson number whose rate is Gamma distributed with this shape. An infinite
// size makes it Poisson. Values are worked out from the mode to both sides, as multiples
// of its probability, down to 1e-100 of it, and divided by their sum. It fails where the
// mean is negative or not finite, or the size not positive, and with ErrTooWide.
func NegativeBinomial(mean, size float64) (*Distribution, error) {
	if !(mean >= 0) || math.IsInf(mean, 0) || !(size > 0) {
		return nil, fmt.Errorf("no negative binomial has the mean %v and the size %v", mean, size)
	}
	variance := mean + mean*(mean/size)
	// P(k+1)/P(k) = (1 + k/size) / (1/mean + 1/size) / (k+1)
	ratio := func(k float64) float64 { return (1 + k/size) * mean / (1 + mean/size) / (k + 1) }
	mode := math.Max(0, math.Floor(mean-mean/size))
	if mode+25*math.Sqrt(variance)+240*mean/size > 1e7 {
		return nil, ErrTooWide
	}
	p, below := outward(mode, ratio)
	sum := 0.0
	for _, f := range p {
		sum += f
	}
	for i := range p {
		p[i] /= sum
	}
	return newDistribution(int(mode)-below, p, mean, variance), nil
}

// outward gives the multiples of the mode's probability, from the smallest number that
// counts to the largest, and how many come before the mode.
func outward(mode float64, ratio func(k float64) float64) (p []float64, below int) {
	const thin = 1e-100
	var down, up []float64
	for k, f := mode, 1.0; k > 0 && f > thin; k-- {
		f /= ratio(k - 1)
		down = append(down, f)
	}
	// The ratio falls towards limit < 1, so that what comes after f is at most f limit/(1-limit).
	for k, f := mode, 1.0; f > 0; k++ {
		f *= ratio(k)
		if next := ratio(k + 1); f < thin*thin || next < 1 && f/(1-next) < thin {
			break
		}
		up = append(up, f)
	}
	p = make([]float64, 0, len(down)+1+len(up))
	for i := len(down) - 1; i >= 0; i-- {
		p = append(p, down[i])
	}
	return append(append(p, 1), up...), len(down)
}
