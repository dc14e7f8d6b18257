package monday

import (
	"math"
	"slices"

	"milepost/stats/proportions"
)

// quantile is that of sorted values; no number without any.
func quantile(sorted []float64, share float64) float64 {
	if value, defined := proportions.Quantile(sorted, share); defined {
		return value
	}
	return math.NaN()
}

// sample gathers how often, how long or how much, and from how many deals.
type sample struct {
	values []float64
	deals  int64
	last   string // the deal that gave the last value
}

func (s *sample) add(deal string, value float64) {
	s.values = append(s.values, value)
	if s.last != deal {
		s.deals, s.last = s.deals+1, deal
	}
}

// nineInTen is the share of cases that is usual; what goes beyond is worth a look.
const nineInTen = .9

func (s *sample) usual(k usualKey) usual {
	slices.Sort(s.values)
	return usual{usualKey: k, Cases: int64(len(s.values)), Deals: s.deals,
		Typical: quantile(s.values, .5), Most: quantile(s.values, nineInTen)}
}
