package monday

import (
	"math"
	"slices"
)

// quantile is the smallest value that at least a share of the cases does not exceed
// (the inverse of the empirical distribution, type 1 of Hyndman and Fan 1996): always
// something that did happen, so that a sentence can say so. Values must be sorted.
func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	// A share that is written in binary may be a hair above what was meant.
	at := int(math.Ceil(share*float64(len(sorted))-1e-9)) - 1
	return sorted[max(0, min(at, len(sorted)-1))]
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
