// Package calibration tells whether probabilities mean what they say, and mends them:
// slope and offset, a line in logits with its standard errors, bins for a chart, and
// the monotone curve that fits best.
//
// Every function takes what was said (p) and what came true (y) as slices of one
// length; cases are gathered by probability first, so that their order does not matter.
// What is not defined is said with a second value, never as zero or NaN.
package calibration

import (
	"math"

	"milepost/stats/proportions"
)

// Line is a recalibration: the chance given to a case of which p was said is
// logistic(Intercept + Slope logit(p)). Variances and the covariance are of both
// together, from the inverse of the information.
type Line struct {
	Intercept, Slope                 float64
	InterceptVariance, SlopeVariance float64
	Covariance                       float64
	LogLikelihood                    float64
}

// Recalibrate fits intercept and slope of a logistic regression of the truth on logit(p)
// jointly, by maximum likelihood, probabilities clipped to [proportions.Clip,
// 1-proportions.Clip]. It is not defined when all cases ended alike, when one probability
// was given to all, or when the probabilities part the cases cleanly. Where cases depend on
// each other (rows of one deal), the variances are too small. Source: Cox 1958; Van
// Calster et al. 2016.
func Recalibrate(p []float64, y []bool) (Line, bool) {
	list, _, _ := grouped(p, y)
	if !overlap(list) {
		return Line{}, false
	}
	return fitLine(list)
}

// Apply is the probability after recalibration.
func (l Line) Apply(p float64) float64 {
	return proportions.Logistic(l.Intercept + l.Slope*proportions.Logit(p))
}

// InterceptError is the standard error of the intercept.
func (l Line) InterceptError() float64 { return math.Sqrt(l.InterceptVariance) }

// SlopeError is the standard error of the slope.
func (l Line) SlopeError() float64 { return math.Sqrt(l.SlopeVariance) }

// lineAt is the line that was found, with the inverse of the information there.
func lineAt(list []group, a, b float64) (Line, bool) {
	_, h := slopes(list, a, b)
	det := h[0]*h[2] - h[1]*h[1]
	if !(det > 0) {
		return Line{}, false
	}
	return Line{
		Intercept: a, Slope: b,
		InterceptVariance: h[2] / det, SlopeVariance: h[0] / det, Covariance: -h[1] / det,
		LogLikelihood: likelihood(list, a, b),
	}, true
}
