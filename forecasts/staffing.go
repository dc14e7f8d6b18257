package forecasts

import (
	"maps"
	"slices"

	"milepost/forecasts/history"
	"milepost/stats/totals"
)

// staffing is whose deals they were as of then: the company is part 0 of the tree, each
// owner a part of it.
type staffing struct {
	tree   totals.Tree
	names  []string // of the owners, by part less one
	part   []int    // of each open deal
	item   []uint64 // where its random numbers are
	nobody int      // the part of deals without owner; 0 for none
}

func (f *Forecast) staffing() staffing {
	names, parts := f.ownerNames(), map[string]int{}
	for _, name := range names {
		parts[name] = 0
	}
	var s staffing
	s.build(parts)
	for i := range f.Deals {
		d := &f.Deals[i]
		s.part = append(s.part, parts[names[d.Owner]])
		s.item = append(s.item, item(d))
	}
	return s
}

// build makes a part for each owner, in the order of their names, and notes which.
func (s *staffing) build(parts map[string]int) {
	s.tree = totals.Tree{-1}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		parts[name] = len(s.tree)
		s.tree, s.names = append(s.tree, 0), append(s.names, name)
	}
	s.nobody = parts[""]
}

// realised is what was said at one horizon, beside what came.
func (t *trial) realised(m, j int, weight float64) *totals.Realised {
	r := &totals.Realised{Tree: t.staff.tree, Part: t.staff.part, Weight: weight}
	for i, odds := range t.said[m][j] {
		r.Chance = append(r.Chance, rounded(odds.Won))
		r.Came = append(r.Came, t.came[j][i] == history.Won)
	}
	return r
}

// rounded takes the last rounding off a sum of probabilities.
func rounded(p float64) float64 { return min(max(p, 0), 1) }
