package survival

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// row is a stay in one state; to is negative where it was still going on at the exit.
type row struct {
	entry, exit, weight float64
	from, to            int
}

func check(rows []row) error {
	for i, r := range rows {
		if !(r.entry < r.exit) || math.IsInf(r.exit, 0) || math.IsInf(r.entry, 1) {
			return fmt.Errorf("row %d: it lasts from %v to %v", i, r.entry, r.exit)
		}
		if !(r.weight >= 0) || math.IsInf(r.weight, 0) {
			return fmt.Errorf("row %d: its weight is %v", i, r.weight)
		}
	}
	return nil
}

// sweep goes through time and visits every instant at which something moved, with the
// weight at risk in each state and the weight of each move (from*targets + to). What is
// visited may change the slices' contents afterwards, so a visitor copies what it keeps.
// It gives back the last exit.
func sweep(rows []row, states, targets int, visit func(time float64, atRisk, moves []float64)) float64 {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.weight == 0 })
	entries := slices.Clone(rows)
	slices.SortFunc(rows, func(a, b row) int { return inOrder(a, b, a.exit, b.exit) })
	slices.SortFunc(entries, func(a, b row) int { return inOrder(a, b, a.entry, b.entry) })
	present, atRisk, moves := make([]carried, states), make([]float64, states), make([]float64, states*targets)
	next, end := 0, math.Inf(-1)
	for first := 0; first < len(rows); {
		end = rows[first].exit
		for ; next < len(entries) && entries[next].entry < end; next++ {
			present[entries[next].from].add(entries[next].weight, 1)
		}
		clear(moves)
		last, moved := first, false
		for ; last < len(rows) && rows[last].exit == end; last++ {
			if r := rows[last]; r.to >= 0 {
				moves[r.from*targets+r.to] += r.weight
				moved = true
			}
		}
		if moved {
			for s := range present {
				atRisk[s] = present[s].value()
			}
			visit(end, atRisk, moves)
		}
		for _, r := range rows[first:last] {
			present[r.from].add(-r.weight, -1)
		}
		first = last
	}
	return end
}

// inOrder puts rows in an order of their own, first by time: rows that tell alike are
// added up alike, in whatever order they came.
func inOrder(a, b row, timeA, timeB float64) int {
	switch {
	case timeA < timeB:
		return -1
	case timeA > timeB:
		return 1
	}
	return cmp.Or(a.from-b.from, a.to-b.to, cmp.Compare(a.weight, b.weight))
}

// carried is a sum that carries what rounding took from it (Knuth's two-sum), so that
// who came and went leaves no trace, and that is nothing when nobody is left.
type carried struct {
	sum, lost float64
	count     int
}

func (c *carried) add(v float64, one int) {
	if c.count += one; c.count == 0 {
		c.sum, c.lost = 0, 0
		return
	}
	sum := c.sum + v
	back := sum - c.sum
	c.lost += (c.sum - (sum - back)) + (v - back)
	c.sum = sum
}

func (c *carried) value() float64 { return c.sum + c.lost }
