// Package scores tells how good forecasts were: proper scores of probabilities and of
// draws, how well they rank, how far totals missed, and whether ranges held. It knows
// floats and nothing else.
//
// Every function takes what was said (p) and what came true (y) as slices of one
// length, sums them in the order given, and says with a second value whether the
// score is defined at all. One that is not, for want of cases or because a value was no
// number, is never to be read.
package scores

import (
	"math"

	"milepost/stats/proportions"
)

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
	return sum / float64(len(p)), !math.IsNaN(sum)
}

// LogLoss is the mean of -log(the probability given to what came true), in nats,
// probabilities clipped to [proportions.Clip, 1-proportions.Clip]. Source: Gneiting & Raftery 2007.
func LogLoss(p []float64, y []bool) (float64, bool) {
	if len(p) == 0 {
		return 0, false
	}
	sum := 0.0
	for i, said := range p {
		if !y[i] {
			said = 1 - said
		}
		sum -= math.Log(proportions.Clipped(said))
	}
	return sum / float64(len(p)), !math.IsNaN(sum)
}

// Skill is how much smaller a loss is than that of a reference: 1 - loss/reference.
// It is not defined where the reference made no error at all.
func Skill(loss, reference float64) (float64, bool) {
	if reference == 0 || math.IsNaN(loss) || math.IsNaN(reference) {
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
