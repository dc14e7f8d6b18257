// Package scores tells how good forecasts were: proper scores of probabilities,
// how well they rank, how well they are calibrated, and how far totals missed.
// It knows floats and nothing else.
//
// Every function takes what was said (p) and what came true (y) as slices of one
// length, sums them in the order given, and says with a second value whether the
// score is defined at all: a score that is not defined is never zero or NaN.
package scores

import "math"

// Clip is how near to 0 and 1 a probability may come where its logarithm or its
// logit is taken: [Clip, 1-Clip]. A method that says "never" and is wrong pays
// 13.8 for it in log loss, not infinity.
const Clip = 1e-6

// Brier is the mean squared distance of probability and truth: 0 is perfect, .25
// is what "fifty-fifty" always earns. Source: Brier 1950.
func Brier(p []float64, y []bool) (float64, bool) {
	if len(p) == 0 {
		return 0, false
	}
	sum := 0.0
	for i, said := range p {
		miss := said - truth(y[i])
		sum += miss * miss
	}
	return sum / float64(len(p)), true
}

// LogLoss is the mean of -log(the probability given to what came true), in nats,
// probabilities clipped to [Clip, 1-Clip]. Source: Gneiting & Raftery 2007.
func LogLoss(p []float64, y []bool) (float64, bool) {
	if len(p) == 0 {
		return 0, false
	}
	sum := 0.0
	for i, said := range p {
		if !y[i] {
			said = 1 - said
		}
		sum -= math.Log(clip(said))
	}
	return sum / float64(len(p)), true
}

// Skill is how much smaller a loss is than that of a reference: 1 - loss/reference.
// It is not defined where the reference made no error at all.
func Skill(loss, reference float64) (float64, bool) {
	if reference == 0 {
		return 0, false
	}
	return 1 - loss/reference, true
}

func truth(y bool) float64 {
	if y {
		return 1
	}
	return 0
}

func clip(p float64) float64 { return math.Min(math.Max(p, Clip), 1-Clip) }

func logit(p float64) float64 {
	p = clip(p)
	return math.Log(p / (1 - p))
}
