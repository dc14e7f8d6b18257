package record

import (
	"slices"

	"milepost/forecasts"
	"milepost/stats/scores"
)

// Verdict is which method missed least, and whether that means anything.
type Verdict struct {
	Best, Other string            // the other is past yield, or where that is best the next
	Lead        scores.Difference // by how much Best misses less than Other, as a part of what Other misses
	Known       bool              // whether the lead could be worked out
	Looked      int               // methods that the best was chosen from
}

// Clear tells whether the lead is more than what chance does.
func (v Verdict) Clear() bool { return v.Known && v.Lead.Low > 0 }

// Judge compares Brier scores day by day. Whoever picks the best of several finds one that
// was lucky; the interval is wider for it (Bonferroni).
func (c *Comparison) Judge() (v Verdict, ok bool) {
	reference := c.place(forecasts.PastYieldName)
	if reference < 0 || len(c.Methods) < 2 || len(c.Days) == 0 {
		return v, false
	}
	order := make([]int, len(c.Methods))
	for m := range order {
		order[m] = m
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if Total(c.Rows[a]).Brier < Total(c.Rows[b]).Brier {
			return -1
		}
		return 1
	})
	best, other := order[0], reference
	if best == reference {
		other = order[1]
	}
	v = Verdict{Best: c.Methods[best], Other: c.Methods[other], Looked: len(c.Methods)}
	mine, theirs, cases := make([]float64, len(c.Days)), make([]float64, len(c.Days)), make([]float64, len(c.Days))
	for i := range c.Days {
		mine[i], theirs[i], cases[i] = c.Rows[best][i].Brier, c.Rows[other][i].Brier, float64(c.Rows[best][i].Deals)
	}
	v.Lead, v.Known = scores.Paired(mine, theirs, cases, 1-.05/float64(len(c.Methods)-1))
	t := Total(c.Rows[other])
	size := t.Brier / float64(t.Deals)
	if v.Known = v.Known && size > 0; v.Known {
		v.Lead.Mean, v.Lead.Low, v.Lead.High = v.Lead.Mean/size, v.Lead.Low/size, v.Lead.High/size
	}
	return v, true
}
