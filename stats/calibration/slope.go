package calibration

import (
	"math"

	"milepost/stats/proportions"
)

// Slope is the coefficient of logit(p) in a logistic regression, with intercept,
// of the truth on logit(p), probabilities clipped to
// [proportions.Clip, 1-proportions.Clip]: 1 where
// probabilities spread as they should, below 1 where they are too extreme. It is
// not defined when all cases ended alike, when one probability was given to all,
// or when the probabilities part the cases cleanly. Source: Cox 1958; Van Calster
// et al. 2016.
func Slope(p []float64, y []bool) (float64, bool) {
	list, _, _ := grouped(p, y)
	if !overlap(list) {
		return 0, false
	}
	line, ok := fitLine(list)
	return line.Slope, ok
}

// Offset is the intercept of that regression with the slope held at 1: 0 where
// probabilities are right on average, above 0 where they were too low. It is not
// defined when all cases ended alike. Source: Van Calster et al. 2016
// (calibration-in-the-large).
func Offset(p []float64, y []bool) (float64, bool) {
	list, hits, misses := grouped(p, y)
	if hits == 0 || misses == 0 {
		return 0, false
	}
	low, high, offset := -60.0, 60.0, 0.0
	for range 200 {
		gradient, curve := hits, 0.0
		for _, g := range list {
			m, n := proportions.Logistic(proportions.Logit(g.said)+offset), g.hit+g.not
			gradient -= n * m
			curve += n * m * (1 - m)
		}
		// The gradient falls with the offset: its sign brackets the root, so that a
		// Newton step that leaves the bracket can be replaced by its middle.
		if gradient > 0 {
			low = offset
		} else {
			high = offset
		}
		next := offset + gradient/curve
		if !(next > low && next < high) {
			next = (low + high) / 2
		}
		if math.Abs(next-offset) < 1e-12 {
			return next, true
		}
		offset = next
	}
	return offset, true
}

// fitLine gives the line a + b logit(p) that maximizes the likelihood, by Newton's
// method (iteratively reweighted least squares), halving a step that would lower it.
func fitLine(list []group) (Line, bool) {
	a, b := 0.0, 0.0
	best := likelihood(list, a, b)
	for range 100 {
		g, h := slopes(list, a, b)
		det := h[0]*h[2] - h[1]*h[1]
		if !(det > 1e-300) {
			return Line{}, false
		}
		da, db := (h[2]*g[0]-h[1]*g[1])/det, (h[0]*g[1]-h[1]*g[0])/det
		gained := likelihood(list, a+da, b+db)
		for half := 0; gained < best-1e-12*math.Abs(best) && half < 40; half++ { // near the top rounding may seem to lead down
			da, db = da/2, db/2
			gained = likelihood(list, a+da, b+db)
		}
		a, b, best = a+da, b+db, gained
		if math.Abs(da)+math.Abs(db) < 1e-10 {
			return lineAt(list, a, b)
		}
	}
	return Line{}, false
}

// slopes is the gradient of the log likelihood in a and b, and minus its second
// derivatives: aa, ab, bb.
func slopes(list []group, a, b float64) (g [2]float64, h [3]float64) {
	for _, one := range list {
		x, n := proportions.Logit(one.said), one.hit+one.not
		m := proportions.Logistic(a + b*x)
		miss, weight := one.hit-n*m, n*m*(1-m)
		g[0] += miss
		g[1] += miss * x
		h[0] += weight
		h[1] += weight * x
		h[2] += weight * x * x
	}
	return g, h
}

func likelihood(list []group, a, b float64) float64 {
	sum := 0.0
	for _, g := range list {
		eta := a + b*proportions.Logit(g.said)
		// log(1/(1+e^-eta)) and log(1/(1+e^eta)), safe at both ends.
		tail := math.Log1p(math.Exp(-math.Abs(eta)))
		sum += g.hit*(math.Min(eta, 0)-tail) + g.not*(math.Min(-eta, 0)-tail)
	}
	return sum
}

// overlap tells whether both endings occur and no threshold parts them, which is
// exactly when the regression has a finite answer.
func overlap(list []group) bool {
	lowHit, highHit := math.Inf(1), math.Inf(-1)
	lowNot, highNot := math.Inf(1), math.Inf(-1)
	for _, g := range list {
		if g.hit > 0 {
			lowHit, highHit = math.Min(lowHit, proportions.Logit(g.said)), math.Max(highHit, proportions.Logit(g.said))
		}
		if g.not > 0 {
			lowNot, highNot = math.Min(lowNot, proportions.Logit(g.said)), math.Max(highNot, proportions.Logit(g.said))
		}
	}
	return highNot > lowHit && highHit > lowNot
}
