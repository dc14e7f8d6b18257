package scores

import "math"

// Slope is the coefficient of logit(p) in a logistic regression, with intercept,
// of the truth on logit(p), probabilities clipped to [Clip, 1-Clip]: 1 where
// probabilities spread as they should, below 1 where they are too extreme. It is
// not defined when all cases ended alike, when one probability was given to all,
// or when the probabilities part the cases cleanly. Source: Cox 1958; Van Calster
// et al. 2016.
func Slope(p []float64, y []bool) (float64, bool) {
	x := logits(p)
	if !overlap(x, y) {
		return 0, false
	}
	_, slope, ok := fitLine(x, y)
	return slope, ok
}

// Offset is the intercept of that regression with the slope held at 1: 0 where
// probabilities are right on average, above 0 where they were too low. It is not
// defined when all cases ended alike. Source: Van Calster et al. 2016
// (calibration-in-the-large).
func Offset(p []float64, y []bool) (float64, bool) {
	x := logits(p)
	low, high := -60.0, 60.0
	hits := 0
	for _, hit := range y {
		if hit {
			hits++
		}
	}
	if hits == 0 || hits == len(y) {
		return 0, false
	}
	offset := 0.0
	for range 200 {
		gradient, curve := 0.0, 0.0
		for i := range x {
			m := logistic(x[i] + offset)
			gradient += truth(y[i]) - m
			curve += m * (1 - m)
		}
		// The score falls with the offset: its sign brackets the root, so that a
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

// fitLine maximizes the likelihood of a + b x by Newton's method (iteratively
// reweighted least squares), halving a step that would lower the likelihood.
func fitLine(x []float64, y []bool) (a, b float64, ok bool) {
	best := likelihood(x, y, a, b)
	for range 100 {
		var ga, gb, haa, hab, hbb float64
		for i := range x {
			m := logistic(a + b*x[i])
			miss, weight := truth(y[i])-m, m*(1-m)
			ga += miss
			gb += miss * x[i]
			haa += weight
			hab += weight * x[i]
			hbb += weight * x[i] * x[i]
		}
		det := haa*hbb - hab*hab
		if !(det > 1e-300) {
			return 0, 0, false
		}
		da, db := (hbb*ga-hab*gb)/det, (haa*gb-hab*ga)/det
		gained := likelihood(x, y, a+da, b+db)
		for half := 0; gained < best && half < 40; half++ {
			da, db = da/2, db/2
			gained = likelihood(x, y, a+da, b+db)
		}
		a, b, best = a+da, b+db, gained
		if math.Abs(da)+math.Abs(db) < 1e-10 {
			return a, b, true
		}
	}
	return 0, 0, false
}

func likelihood(x []float64, y []bool, a, b float64) float64 {
	sum := 0.0
	for i := range x {
		eta := a + b*x[i]
		if !y[i] {
			eta = -eta
		}
		// log(1/(1+e^-eta)), safe at both ends.
		sum += math.Min(eta, 0) - math.Log1p(math.Exp(-math.Abs(eta)))
	}
	return sum
}

// overlap tells whether both endings occur and no threshold parts them, which is
// exactly when the regression has a finite answer.
func overlap(x []float64, y []bool) bool {
	lowHit, highHit := math.Inf(1), math.Inf(-1)
	lowNot, highNot := math.Inf(1), math.Inf(-1)
	for i, v := range x {
		if y[i] {
			lowHit, highHit = math.Min(lowHit, v), math.Max(highHit, v)
		} else {
			lowNot, highNot = math.Min(lowNot, v), math.Max(highNot, v)
		}
	}
	return highNot > lowHit && highHit > lowNot
}

func logistic(eta float64) float64 { return 1 / (1 + math.Exp(-eta)) }

func logits(p []float64) []float64 {
	x := make([]float64, len(p))
	for i, said := range p {
		x[i] = logit(said)
	}
	return x
}
