package counts

import (
	"fmt"
	"math"
)

// Gamma is what is known of a rate: a Gamma distribution with mean Shape/Rate and
// variance Shape/Rate². Rate is in units of exposure: it is the exposure that the
// knowledge is worth.
type Gamma struct{ Shape, Rate float64 }

// Jeffreys is the prior that says next to nothing of a rate: half an event in no time.
var Jeffreys = Gamma{Shape: .5}

// After is what is known once so many events were counted in so much exposure.
func (g Gamma) After(events, exposure float64) Gamma {
	return Gamma{g.Shape + events, g.Rate + exposure}
}

// Mean is the expected rate; not defined before any exposure.
func (g Gamma) Mean() (float64, bool) {
	if !(g.Rate > 0) {
		return 0, false
	}
	return g.Shape / g.Rate, true
}

// Predict is the distribution of the number of events in an exposure to come: negative
// binomial, the rate being unknown, and events Poisson given it. It fails where nothing is
// known (Rate not positive), and as NegativeBinomial does.
func (g Gamma) Predict(exposure float64) (*Distribution, error) {
	mean, known := g.Mean()
	if !known {
		return nil, fmt.Errorf("nothing is known of the rate: shape %v, rate %v", g.Shape, g.Rate)
	}
	return NegativeBinomial(mean*exposure, g.Shape)
}

// Alike is the shape at which groups count as having one rate: theirs then differ by a
// thousandth.
const Alike = 1e6

// Shrink learns from several groups how much rates differ: the Gamma distribution of
// rates under which events, given exposures, are likeliest (empirical Bayes; each is
// negative binomial). After(events, exposure) then draws a group's own rate towards the
// common one, the more the less exposure it has. Shape is sought in .001 to Alike on a
// grid of logarithms and refined (golden section), good to some 1e-7; the mean solves its score
// equation. Source: Efron & Morris 1975; Casella 1985.
//
// With fewer than two groups of any exposure, or without any event, nothing can be
// learnt, and it gives Jeffreys. It fails where events or exposures are negative or no
// numbers, or events came in no exposure.
func Shrink(events, exposure []float64) (Gamma, error) {
	groups, all, err := usable(events, exposure)
	if err != nil {
		return Gamma{}, err
	}
	if len(groups) < 2 || all.events == 0 {
		return Jeffreys, nil
	}
	worth := func(logShape float64) float64 {
		shape := math.Exp(logShape)
		return marginal(groups, shape, commonRate(groups, shape))
	}
	shape := math.Exp(highest(worth, math.Log(1e-3), math.Log(Alike)))
	return Gamma{shape, shape / commonRate(groups, shape)}, nil
}

type group struct{ events, exposure float64 }

func usable(events, exposure []float64) (list []group, all group, err error) {
	for i, y := range events {
		g := group{y, exposure[i]}
		if !(g.events >= 0 && g.exposure >= 0) || math.IsInf(g.events+g.exposure, 0) || g.exposure == 0 && g.events > 0 {
			return nil, all, fmt.Errorf("group %d: %v events in an exposure of %v", i, g.events, g.exposure)
		}
		if g.exposure > 0 {
			list = append(list, g)
			all.events, all.exposure = all.events+g.events, all.exposure+g.exposure
		}
	}
	return list, all, nil
}

// commonRate is the m with sum (y - m e)/(1 + m e/shape) = 0, each term of which falls
// with m: it lies between the smallest and the largest of the groups' own rates.
func commonRate(groups []group, shape float64) float64 {
	low, high := math.Inf(1), 0.0
	for _, g := range groups {
		low, high = math.Min(low, g.events/g.exposure), math.Max(high, g.events/g.exposure)
	}
	for range 200 {
		middle := low + (high-low)/2
		if middle == low || middle == high {
			break
		}
		score := 0.0
		for _, g := range groups {
			score += (g.events - middle*g.exposure) / (1 + middle*g.exposure/shape)
		}
		if score > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// marginal is the logarithm of the likelihood of the groups' events, without what does
// not depend on shape and rate.
func marginal(groups []group, shape, rate float64) float64 {
	sum := 0.0
	for _, g := range groups {
		mean := rate * g.exposure
		sum += rising(shape, g.events) - shape*math.Log1p(mean/shape) + g.events*math.Log(mean/(1+mean/shape))
	}
	return sum
}

// rising is log Gamma(a+y) - log Gamma(a) - y log a, by a series where the difference of
// two large numbers would lose its digits.
func rising(a, y float64) float64 {
	if a < 1e3 {
		up, _ := math.Lgamma(a + y)
		down, _ := math.Lgamma(a)
		return up - down - y*math.Log(a)
	}
	// Stirling: (a+y-1/2) log(1+y/a) - y + 1/12 (1/(a+y) - 1/a) - 1/360 (1/(a+y)³ - 1/a³)
	b := a + y
	return (b-.5)*math.Log1p(y/a) - y + (1/b-1/a)/12 - (1/(b*b*b)-1/(a*a*a))/360
}

// highest is where f is highest between low and high: the best of a grid of 80, refined.
func highest(f func(float64) float64, low, high float64) float64 {
	const cells = 80
	step, best, at := (high-low)/cells, math.Inf(-1), 0
	for i := range cells + 1 {
		if v := f(low + float64(i)*step); v > best {
			best, at = v, i
		}
	}
	a, b := low+float64(max(at-1, 0))*step, low+float64(min(at+1, cells))*step
	const golden = .6180339887498949
	c, d := b-golden*(b-a), a+golden*(b-a)
	fc, fd := f(c), f(d)
	for b-a > 1e-9 {
		if fc >= fd {
			b, d, fd = d, c, fc
			c = b - golden*(b-a)
			fc = f(c)
		} else {
			a, c, fc = c, d, fd
			d = a + golden*(b-a)
			fd = f(d)
		}
	}
	return (a + b) / 2
}
