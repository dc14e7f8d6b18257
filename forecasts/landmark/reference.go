package landmark

import (
	"cmp"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/forecasts/reference"
	"milepost/stats/hazard"
)

// odds are the log-odds of a rung to end by each cause in an interval of some width, in
// cycles, against not ending in it: with a constant rate 1/Remaining, the chance to end
// is 1 - exp(-x), x = width/Remaining, and the log-odds by cause log(share) +
// log(exp(x) - 1).
func odds(r reference.Rung, width float64) [hazard.Causes]float64 {
	ends := math.Log(math.Expm1(width / r.Remaining))
	return [hazard.Causes]float64{
		math.Log(r.Won) + ends,
		math.Log(r.Lost()) + ends,
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
