package landmark

import (
	"cmp"
	"math"
	"slices"

	"milepost/forecasts/history"
)

// rare is how many deals must have had a label for it to be a level of its own.
const rare = 12

// most is into how many levels a number is cut, with about as many landmarks in each.
const most = 7

// Beyond so many labels the commonest are told apart and the others share a level: a
// thousand values of one attribute teach little each, and fits take the cube of them.
const mostStages, mostOwners, mostValues = 24, 100, 60

// mostNames is how many attributes, criteria or milestones are looked at, the ones that
// are told of most.
const mostNames = 40

// mostLabels is how many labels of a feature have a level of their own.
func (f *feature) mostLabels() int {
	switch f.group {
	case "stage":
		return mostStages
	case "rep":
		return mostOwners
	}
	return mostValues
}

// settle makes the levels of a feature from what the landmarks show; deals tells which
// deal each landmark is of.
func (f *feature) settle(c *column, deals []int32, p *history.Past) {
	switch {
	case f.label != nil:
		f.settleLabels(c.labels, deals, p)
	case f.number != nil:
		f.settleNumbers(c.numbers)
	default:
		f.levels = 1
		for _, level := range c.levels {
			f.levels = max(f.levels, int(level)+1)
		}
	}
}

// settleLabels orders labels by their text: their numbers depend on what else is in the
// log, and the last bit of a sum on its order.
func (f *feature) settleLabels(labels []history.Label, deals []int32, p *history.Past) {
	count, last := map[history.Label]int{}, map[history.Label]int32{}
	for i, label := range labels {
		if at, seen := last[label]; !seen || at != deals[i] {
			count[label]++
			last[label] = deals[i]
		}
	}
	f.by, f.levels = map[history.Label]uint16{0: 0}, 2
	var often []history.Label
	for label, n := range count {
		if label != 0 && n >= rare {
			often = append(often, label)
		}
	}
	byText := func(a, b history.Label) int {
		return cmp.Or(cmp.Compare(p.Name(a), p.Name(b)), cmp.Compare(p.Person(a), p.Person(b)))
	}
	slices.SortFunc(often, byText)
	if most := f.mostLabels(); len(often) > most {
		f.shared = len(often) - most
		slices.SortStableFunc(often, func(a, b history.Label) int { return cmp.Compare(count[b], count[a]) })
		often = often[:most]
		slices.SortFunc(often, byText)
	}
	for _, label := range often {
		f.by[label] = uint16(f.levels)
		f.levels++
	}
}

func (f *feature) settleNumbers(numbers []float32) {
	var known []float32
	for _, v := range numbers {
		if v >= 0 {
			known = append(known, v)
		}
	}
	slices.Sort(known)
	for part := 1; part < most && len(known) > 0; part++ {
		at := float64(known[len(known)*part/most])
		if n := len(f.cuts); at > float64(known[0]) && (n == 0 || at > f.cuts[n-1]) {
			f.cuts = append(f.cuts, at)
		}
	}
	f.levels = len(f.cuts) + 2
}

// of is the level at which a deal stands.
func (f *feature) of(s *snapshot) uint16 {
	switch {
	case f.refused:
		return 0
	case f.label != nil:
		return f.labelLevel(f.label(s))
	case f.number != nil:
		return f.numberLevel(float32(f.number(s)))
	}
	return uint16(min(f.level(s), f.levels-1))
}

func (f *feature) labelLevel(label history.Label) uint16 {
	if f.refused {
		return 0
	}
	if level, has := f.by[label]; has {
		return level
	}
	return 1
}

func (f *feature) numberLevel(v float32) uint16 {
	if !(v >= 0) || math.IsNaN(float64(v)) {
		return 0
	}
	level := uint16(1)
	for _, at := range f.cuts {
		if float64(v) < at {
			break
		}
		level++
	}
	return level
}

// column gives the levels of a column.
func (f *feature) column(c *column, at int) uint16 {
	switch {
	case f.label != nil:
		return f.labelLevel(c.labels[at])
	case f.number != nil:
		return f.numberLevel(c.numbers[at])
	}
	return uint16(c.levels[at])
}
