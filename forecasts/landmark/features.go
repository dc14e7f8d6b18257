package landmark

import (
	"cmp"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/forecasts/reference"
	"milepost/stats/hazard"
)

// feature is one thing that can be known of a deal, as levels of a category. Level 0 is
// always "not known".
type feature struct {
	name  string
	group string // what a manager would call the sort of it
	since Generation
	sd    float64
	// Of the three, one: a text that many deals share, a number to be cut into levels, or
	// a level as it is.
	label  func(*snapshot) history.Label
	number func(*snapshot) float64 // negative or NaN is not known
	level  func(*snapshot) int

	subject history.Label // of a milestone or a criterion: which
	levels  int
	by      map[history.Label]uint16 // of a label: its level; those too rare share level 1
	cuts    []float64                // of a number: where its levels begin
	deals   []int                    // past deals that stood at each level, at a landmark at least
}

// groupMilestones and groupTriad are the groups of features that evidence shows.
const groupMilestones, groupTriad = "milestones", "triad"

// The priors' standard deviations, in logits (see docs/method).
const (
	sdLevel, sdTiming, sdStage, sdFeature, sdPerson = .5, .5, .7, .35, .25
)

// The priors are widened as deals come in: by the root of one and the number of ended
// deals in so many, up to a bound.
const relaxing, mostRelaxed = 50, 5

// mostPerson bounds how far people are taken to differ.
const mostPerson = .7

// rare is how many deals must have had a label for it to be a level of its own.
const rare = 12

// most is into how many levels a number is cut, with about as many landmarks in each.
const most = 7

// features lists what a generation looks at.
func (w *sweeper) features(g Generation) []*feature {
	list := []*feature{
		{name: "stage", group: "stage", since: Activities, sd: sdStage, label: func(s *snapshot) history.Label { return s.stage }},
		{name: "age", group: "history", since: Activities, sd: sdFeature, number: func(s *snapshot) float64 { return s.age }},
		{name: "last contact", group: "activities", since: Activities, sd: sdFeature, number: func(s *snapshot) float64 { return s.contact }},
		{name: "contacts", group: "activities", since: Activities, sd: sdFeature, number: func(s *snapshot) float64 { return float64(s.contacts) }},
		{name: "activity", group: "activities", since: Activities, sd: sdFeature, label: func(s *snapshot) history.Label { return s.activity }},
		{name: "amount", group: "profile", since: Activities, sd: sdFeature, number: func(s *snapshot) float64 { return s.amount }},
		{name: "owner", group: "rep", since: Activities, sd: sdPerson, label: func(s *snapshot) history.Label { return s.owner }},
		{name: "reopened", group: "history", since: Activities, sd: sdFeature, level: func(s *snapshot) int { return truth(s.reopened) }},
		{name: "competitors", group: "profile", since: Activities, sd: sdFeature, level: func(s *snapshot) int { return min(s.rivals, 2) }},
		{name: "plan", group: "activities", since: Activities, sd: sdFeature, level: func(s *snapshot) int { return truth(s.plan) }},
	}
	for n, label := range w.names[2] {
		list = append(list, &feature{name: w.past.Name(label), group: "profile", since: Activities, sd: sdFeature, label: func(s *snapshot) history.Label { return s.attributes[n] }})
	}
	for n, label := range w.names[1] {
		list = append(list, &feature{name: w.past.Name(label), group: groupTriad, since: Triad, sd: sdFeature, subject: label, level: func(s *snapshot) int { return int(s.criteria[n]) }})
	}
	for n, label := range w.names[0] {
		list = append(list, &feature{name: w.past.Name(label), group: groupMilestones, since: Milestones, sd: sdFeature, subject: label, level: func(s *snapshot) int { return int(s.milestones[n]) }})
	}
	list = append(list,
		&feature{name: "close date", group: "calls", since: WithCalls, sd: sdFeature, number: func(s *snapshot) float64 { return s.close + 1e4 }},
		&feature{name: "call", group: "calls", since: WithCalls, sd: sdFeature, label: func(s *snapshot) history.Label { return s.call }})
	return slices.DeleteFunc(list, func(f *feature) bool { return f.since > g })
}

func truth(is bool) int {
	if is {
		return 1
	}
	return 0
}

// column is one feature of all landmarks, before its levels are made.
type column struct {
	labels  []history.Label
	numbers []float32
	levels  []uint8
}

func (f *feature) read(c *column, s *snapshot) {
	switch {
	case f.label != nil:
		c.labels = append(c.labels, f.label(s))
	case f.number != nil:
		c.numbers = append(c.numbers, float32(f.number(s)))
	default:
		c.levels = append(c.levels, uint8(f.level(s)))
	}
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
	slices.SortFunc(often, func(a, b history.Label) int {
		return cmp.Or(cmp.Compare(p.Name(a), p.Name(b)), cmp.Compare(p.Person(a), p.Person(b)))
	})
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
	case f.label != nil:
		return f.labelLevel(f.label(s))
	case f.number != nil:
		return f.numberLevel(float32(f.number(s)))
	}
	return uint16(min(f.level(s), f.levels-1))
}

func (f *feature) labelLevel(label history.Label) uint16 {
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

// assumed is what the reference says of the levels of a feature: log-odds of winning.
func (f *feature) assumed(r *reference.Table) []float64 {
	var odds []float64
	switch f.group {
	case groupMilestones:
		odds = r.Milestones[:]
	case groupTriad:
		odds = r.Criteria[:]
	default:
		return nil
	}
	means := make([]float64, f.levels*hazard.Causes)
	for level := range f.levels {
		means[level*hazard.Causes] = odds[level]
	}
	return means
}
