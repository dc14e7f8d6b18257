package forecasts

import (
	"math"

	"milepost/stats/scores"
	"milepost/stats/totals"
)

// RangeScores tell how ranges of totals of wins did. A range's ends are whole numbers and
// belong to it, so that it holds more than its name says where wins are few: Mass is what
// the ranges themselves say, on average, of how often they will hold, and Part is how often
// they held if a number that an end cuts counts by the part inside: that should be what the
// name says.
type RangeScores struct {
	Totals      int      `json:"totals"` // how many were judged
	Coverage50  *float64 `json:"coverage50"`
	Coverage80  *float64 `json:"coverage80"`
	Coverage95  *float64 `json:"coverage95"`
	Mass50      *float64 `json:"mass50"`
	Mass80      *float64 `json:"mass80"`
	Mass95      *float64 `json:"mass95"`
	Part50      *float64 `json:"part50"`
	Part80      *float64 `json:"part80"`
	Part95      *float64 `json:"part95"`
	MeanWidth80 *float64 `json:"mean_width80"`
	CRPSWins    *float64 `json:"crps_wins"`
	BiasMedian  *float64 `json:"bias_median"` // of the ranges' medians: what is left of bias_wins once past misses have taught
}

// judged gathers totals with what came.
type judged struct {
	cases, held [3]float64 // by range: how many, how many held
	mass, part  [3]float64
	width, crps float64
	said, came  []float64 // medians, and what came
}

func (g *judged) add(drawn []int64, came int64) {
	s, ok := totals.Summarize(drawn)
	if !ok {
		return
	}
	for k, r := range []totals.Range{s.Half, s.Most, s.Nearly} {
		g.cases[k]++
		g.mass[k] += r.Mass
		g.part[k] += totals.Inside(drawn, came, [3]float64{.5, .8, .95}[k])
		if r.Holds(came) {
			g.held[k]++
		}
	}
	g.said, g.came = append(g.said, float64(s.Median)), append(g.came, float64(came))
	g.width += float64(s.Most.High - s.Most.Low)
	values := make([]float64, len(drawn))
	for i, v := range drawn {
		values[i] = float64(v)
	}
	if c, ok := scores.CRPS(values, float64(came)); ok {
		g.crps += c
	}
}

func (g *judged) scores() RangeScores {
	n := g.cases[0]
	mean := func(sum float64) *float64 { return defined(sum/n, n > 0 && !math.IsNaN(sum)) }
	return RangeScores{
		Totals:     int(n),
		Coverage50: mean(g.held[0]), Coverage80: mean(g.held[1]), Coverage95: mean(g.held[2]),
		Mass50: mean(g.mass[0]), Mass80: mean(g.mass[1]), Mass95: mean(g.mass[2]),
		Part50: mean(g.part[0]), Part80: mean(g.part[1]), Part95: mean(g.part[2]),
		MeanWidth80: mean(g.width), CRPSWins: mean(g.crps), BiasMedian: defined(scores.Bias(g.said, g.came)),
	}
}
