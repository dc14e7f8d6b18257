// Package totals says what uncertain parts add up to, with ranges that hold: how many of
// many unequal chances come true and what they are worth, for every part and the whole.
//
// Chances are not independent: a good quarter lifts all of them, a good team its own. And
// who gives them errs in one direction for a while. Both are learnt from what was said for
// periods that have ended, and what came (Learner). Then thousands of ways how things may
// turn out are drawn (Draw), by numbers that have an address (package draws). In every one
// of them a part is the sum of its own parts, to the last unit.
//
// Shifts and shocks are on the logit scale. In part g the chance p becomes, in a draw,
//
//	logistic(logit p + level + shock of the whole + shocks of the parts down to g)
//
// See docs/method/totals.md.
package totals

import (
	"errors"
	"fmt"
	"math"

	"milepost/stats/proportions"
)

// Tree is the parts: for each the part that it belongs to, which comes before it. Part 0
// is the whole and belongs to -1.
type Tree []int

// Item is one chance. Amount is in the smallest unit of its currency, not negative;
// Ratio is the place among the ratios of a Draw by which amounts still change; Group the
// one, if any, that it is counted in beside its part, from 1.
type Item struct {
	ID     uint64
	Part   int
	Ratio  int
	Group  int
	Chance float64
	Amount int64
}

// MostAmount is the largest amount that is taken, so that a sum of a million stays exact.
const MostAmount = int64(1) << 42

func (t Tree) check() error {
	if len(t) == 0 || t[0] != -1 {
		return errors.New("the first part is not the whole")
	}
	for g, above := range t[1:] {
		if above < 0 || above > g {
			return fmt.Errorf("part %d belongs to %d, which does not come before it", g+1, above)
		}
	}
	return nil
}

// has says what is wrong with a part or a chance, if anything is.
func (t Tree) has(part int, chance float64) error {
	if part < 0 || part >= len(t) {
		return fmt.Errorf("there is no part %d", part)
	}
	if !(chance >= 0 && chance <= 1) {
		return fmt.Errorf("a chance of %v is not in 0 to 1", chance)
	}
	return nil
}

// depths is how many steps each part lies under the whole.
func (t Tree) depths() (depth []int, deepest int) {
	depth = make([]int, len(t))
	for g := 1; g < len(t); g++ {
		depth[g] = depth[t[g]] + 1
		deepest = max(deepest, depth[g])
	}
	return depth, deepest
}

// odds are those of a chance, kept from 0 and infinity so that what was called impossible
// may be wrong.
func odds(chance float64) float64 {
	chance = proportions.Clipped(chance)
	return chance / (1 - chance)
}

// spread is the standard deviation, in logits, that chance alone leaves unknown of the shift
// of a total with this variance; never more than half a logit.
func spread(variance float64) float64 { return 1 / math.Max(2, math.Sqrt(variance)) }
