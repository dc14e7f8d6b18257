package scores

import (
	"math"

	"milepost/stats/proportions"
)

// MultiLogLoss is the mean of -log(the probability given to what came), of cases that can
// end in several ways (won, lost, no action, open): p[i][c] is the probability given to
// ending c in case i, came[i] the ending that came, from 0. In nats; probabilities are
// raised to proportions.Clip at least. It is not defined without cases, where an ending
// came that has no probability, or where the one that came is no number. Source: Good
// 1952; Gneiting & Raftery 2007.
func MultiLogLoss(p [][]float64, came []int) (float64, bool) {
	if len(p) == 0 {
		return 0, false
	}
	sum := 0.0
	for i, said := range p {
		if came[i] < 0 || came[i] >= len(said) || math.IsNaN(said[came[i]]) {
			return 0, false
		}
		sum -= math.Log(proportions.Clipped(said[came[i]]))
	}
	return sum / float64(len(p)), true
}

// MultiBrier is the mean over cases of the sum over endings of the squared distance of
// probability and truth; between 0 and 2. With two endings it is twice Brier. It is not
// defined where MultiLogLoss is not, or any probability is no number. Source: Brier 1950.
func MultiBrier(p [][]float64, came []int) (float64, bool) {
	if len(p) == 0 {
		return 0, false
	}
	sum := 0.0
	for i, said := range p {
		if came[i] < 0 || came[i] >= len(said) {
			return 0, false
		}
		for c, q := range said {
			miss := q - truth(c == came[i])
			sum += miss * miss
		}
	}
	return sum / float64(len(p)), !math.IsNaN(sum)
}
