package landmark

import (
	"slices"

	"milepost/forecasts/history"
)

// shares are where the intervals end, in cycles of the organization: finer at first,
// where most is asked.
var shares = []float64{.1, .2, .35, .5, .75, 1, 1.5, 2, 3, 4, 6, 8}

// clocks are where the levels of a running clock end, in cycles.
var clocks = []float64{.03, .07, .15, .3, .5, .75, 1, 1.5, 2, 2.5, 3, 4}

// cuts are the intervals of time that a model works with, in days from the landmark.
type cuts struct {
	cycle float64   // days
	ends  []float64 // of the intervals
}

// cut takes the unit of time from the organization's own cycle: the median from creation
// to end of the deals that had ended and were open at a midnight at least once; most
// deals of some businesses are declined within minutes.
func (w *sweeper) cut() cuts {
	var cycles []float64
	var stays []history.Stay
	w.each(func(deal int32) {
		cause, at := w.past.End(deal)
		if cause == history.Open {
			return
		}
		stays = w.past.AppendStays(stays[:0], deal)
		for _, s := range stays {
			if s.To >= s.From {
				cycles = append(cycles, days(stays[0].FromAt, at))
				break
			}
		}
	})
	c := cuts{cycle: assumedCycle}
	if len(cycles) > 0 {
		slices.Sort(cycles)
		c.cycle = max(1, (cycles[len(cycles)/2]+cycles[(len(cycles)-1)/2])/2)
	}
	for _, share := range shares {
		c.ends = append(c.ends, share*c.cycle)
	}
	return c
}

// assumedCycle is the cycle, in days, while no deal has ended.
const assumedCycle = 90

// start is where an interval begins.
func (c *cuts) start(k int) float64 {
	if k == 0 {
		return 0
	}
	return c.ends[k-1]
}

// interval is in which interval something falls that comes so many days after the
// landmark; as many as there are for what comes after all.
func (c *cuts) interval(after float64) int {
	k, _ := slices.BinarySearchFunc(c.ends, after, func(end, at float64) int {
		if end <= at {
			return -1
		}
		return 1
	})
	return k
}

// time counts days in intervals: 2.5 is the middle of the third. Behind the last one
// they go on as long as that.
func (c *cuts) time(after float64) float64 {
	k := min(c.interval(after), len(c.ends)-1)
	return float64(k) + (after-c.start(k))/(c.ends[k]-c.start(k))
}

// clockLevel is the level of a clock: 0 where it never ran.
func (c *cuts) clockLevel(days float64) int {
	if days < 0 {
		return 0
	}
	level := 1
	for _, share := range clocks {
		if days < share*c.cycle {
			break
		}
		level++
	}
	return level
}

// clockLevels is how many there are.
const clockLevels = 14

// classes are the clocks that are told apart at a landmark, in cycles.
var classes = []float64{.015, .03, .05, .07, .1, .15, .22, .3, .4, .5, .62, .75, .87, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.5, 4}

// clockClass is the class of a clock, and where it stands for all of that class.
func (c *cuts) clockClass(days float64) int {
	if days < 0 {
		return 0
	}
	class := 1
	for _, share := range classes {
		if days < share*c.cycle {
			break
		}
		class++
	}
	return class
}

const clockClasses = 26

// typical is the middle of a class of clocks, in days.
func (c *cuts) typical(class int) float64 {
	switch {
	case class == 0:
		return -1
	case class == 1:
		return classes[0] / 2 * c.cycle
	case class == clockClasses-1:
		return classes[len(classes)-1] * 1.2 * c.cycle
	}
	return (classes[class-2] + classes[class-1]) / 2 * c.cycle
}
