package landmark

import (
	"cmp"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// Reference is what is assumed of open deals before the organization's own outcomes say
// better. There is no public table of such figures: this one is an assumption, and every
// page that rests on it says how far own deals have moved it.
type Reference struct {
	Rungs      []Rung     // from the first phase of a sale to the last, evenly spaced
	Milestones [3]float64 // log-odds that a milestone adds to winning: not shown, claimed, confirmed
	Criteria   [4]float64 // and the answer to a criterion: unknown, unmet, met, verified
}

// Rung is what is assumed of deals at a height of the ladder.
type Rung struct {
	Won, NoAction float64 // shares of how such deals end; the rest is lost
	Remaining     float64 // mean time until they do, in cycles of the organization
}

// Assumed is the reference that ships.
var Assumed = Reference{
	Rungs: []Rung{
		{.12, .42, 1.8}, {.18, .38, 1.7}, {.27, .33, 1.5}, {.40, .27, 1.3}, {.58, .20, 1.1},
	},
	Milestones: [3]float64{0, .08, .15},
	Criteria:   [4]float64{0, -.4, .1, .2},
}

// at is the rung at a height between 0 (the first phase) and 1 (the last).
func (r *Reference) at(height float64) Rung {
	x := min(max(height, 0), 1) * float64(len(r.Rungs)-1)
	low := min(int(x), max(len(r.Rungs)-2, 0))
	high := min(low+1, len(r.Rungs)-1)
	mix := func(a, b float64) float64 { return a + (b-a)*(x-float64(low)) }
	a, b := r.Rungs[low], r.Rungs[high]
	return Rung{mix(a.Won, b.Won), mix(a.NoAction, b.NoAction), mix(a.Remaining, b.Remaining)}
}

// odds are the log-odds of a rung to end by each cause in an interval of some width, in
// cycles, against not ending in it: with a constant rate 1/Remaining, the chance to end
// is 1 - exp(-x), x = width/Remaining, and the log-odds by cause log(share) +
// log(exp(x) - 1).
func (r Rung) odds(width float64) [hazard.Causes]float64 {
	ends := math.Log(math.Expm1(width / r.Remaining))
	return [hazard.Causes]float64{
		math.Log(r.Won) + ends,
		math.Log(max(1-r.Won-r.NoAction, .01)) + ends,
		math.Log(r.NoAction) + ends,
	}
}

// heights puts the stages of a past on the ladder, by the order in which deals typically
// come to them first: 0 for the earliest, 1 for the latest.
func (w *sweeper) heights() map[history.Label]float64 {
	ranks := w.past.MilestoneRanks()
	if ranks == nil {
		ranks = w.stageRanks()
	}
	heights := map[history.Label]float64{}
	for label, rank := range ranks {
		heights[label] = .5
		if len(ranks) > 1 {
			heights[label] = float64(rank-1) / float64(len(ranks)-1)
		}
	}
	return heights
}

// stageRanks orders stages as history orders milestones: one comes after another to the
// degree that, in deals that were at both, it came later.
func (w *sweeper) stageRanks() map[history.Label]int {
	later, met := map[[2]history.Label]float64{}, map[[2]history.Label]float64{}
	var labels []history.Label
	seen := map[history.Label]bool{}
	var stays []history.Stay
	w.each(func(deal int32) {
		stays = w.past.AppendStays(stays[:0], deal)
		var order []history.Label
		for _, s := range stays {
			if s.Stage != 0 && !slices.Contains(order, s.Stage) {
				order = append(order, s.Stage)
			}
		}
		for a, x := range order {
			if !seen[x] {
				seen[x] = true
				labels = append(labels, x)
			}
			for _, y := range order[:a] {
				later[[2]history.Label{x, y}]++
				met[[2]history.Label{x, y}]++
				met[[2]history.Label{y, x}]++
			}
		}
	})
	score := map[history.Label]float64{}
	for _, x := range labels {
		for _, y := range labels {
			share := .5
			if n := met[[2]history.Label{x, y}]; n > 0 {
				share = later[[2]history.Label{x, y}] / n
			}
			score[x] += share
		}
	}
	slices.SortFunc(labels, func(x, y history.Label) int {
		return cmp.Or(cmp.Compare(score[x], score[y]), cmp.Compare(w.past.Name(x), w.past.Name(y)))
	})
	ranks := map[history.Label]int{}
	for i, label := range labels {
		ranks[label] = i + 1
	}
	return ranks
}
