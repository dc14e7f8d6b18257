package history

import (
	"math"
	"slices"
)

// longCycle is the median cycle, in days, from which on snapshots are taken less
// often than daily: thirty of them in a cycle are enough.
const longCycle, perCycle = 90, 30

// stepFor is the days between snapshots for a median cycle in days: one below
// ninety days, else a thirtieth of the cycle, rounded.
func stepFor(cycle float64) int {
	if cycle < longCycle {
		return 1
	}
	return int(math.Round(cycle / perCycle))
}

// MedianCycle is the median time from creation to the end of the deals that had
// ended as of then, in days; 0 where none had.
func (p *Past) MedianCycle() float64 {
	var cycles []int64
	for i := range p.log.deals {
		if cause, at := p.End(int32(i)); cause != Open && p.log.deals[i].created < p.asOf {
			cycles = append(cycles, max(0, int64(at-p.log.deals[i].created)))
		}
	}
	return Median(cycles) / float64(DayMillis)
}

// Snapshots counts the grid days between two days, both included. The grid is
// every step-th day back from the day of the as-of.
func (p *Past) Snapshots(from, to Day) int {
	to = min(to, p.today)
	if from > to {
		return 0
	}
	if p.step == 1 {
		return int(to-from) + 1
	}
	return int(p.today-from)/p.step - (int(p.today-to)+p.step-1)/p.step + 1
}

// FirstSnapshot is the first grid day between two days, or false.
func (p *Past) FirstSnapshot(from, to Day) (Day, bool) {
	if p.Snapshots(from, to) == 0 {
		return 0, false
	}
	return p.today - Day(int(p.today-from)/p.step*p.step), true
}

// Median reorders its argument; the middle of an even number is the mean of two.
func Median(values []int64) float64 {
	n := len(values)
	if n == 0 {
		return 0
	}
	upper := float64(nth(values, n/2))
	if n%2 == 1 {
		return upper
	}
	return float64(slices.Max(values[:n/2]))/2 + upper/2
}

// nth puts the value that sorting would put at a place there, smaller ones before
// it and larger ones behind (Hoare 1961): medians of many values are asked for at
// every as-of of a backtest, and sorting took a third of the time.
func nth(values []int64, place int) int64 {
	low, high := 0, len(values)-1
	for low < high {
		pivot := middle(values[low], values[low+(high-low)/2], values[high])
		i, j := low, high
		for i <= j {
			for values[i] < pivot {
				i++
			}
			for values[j] > pivot {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i++
				j--
			}
		}
		switch {
		case place <= j:
			high = j
		case place >= i:
			low = i
		default:
			return values[place]
		}
	}
	return values[place]
}

func middle(a, b, c int64) int64 { return max(min(a, b), min(max(a, b), c)) }
