package landmark

import (
	"slices"
	"strings"

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
	shared  int                      // labels that are often enough, and share level 1 because there are too many
	refused bool                     // it would tell too much: everything stands at level 0
}

// groupMilestones and groupTriad are the groups of features that evidence shows.
const groupMilestones, groupTriad = "milestones", "triad"

// The priors' standard deviations, in logits (see docs/method).
const (
	sdLevel, sdTiming, sdStage, sdFeature, sdPerson = .5, .5, .7, .35, .25
)

// The priors of level, timing and stage are widened as deals come in: by the root of one and
// the number of ended deals in so many, up to a bound.
const relaxing, mostRelaxed = 50, 5

// How far the levels of any other feature differ is learnt from past deals (empirical
// Bayes), so that a feature which tells little hardly counts, however many there are of
// them: the deviation begins at sdFeature, or sdPerson for people and segments, and ends at
// these bounds.
const mostFeature, mostPerson = 2, .7

// most is the bound of a feature, 0 where its deviation is not learnt.
func (f *feature) most() float64 {
	switch f.sd {
	case sdStage:
		return 0
	case sdPerson:
		return mostPerson
	}
	return mostFeature
}

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
		sd := sdFeature
		if strings.EqualFold(w.past.Name(label), "segment") {
			sd = sdPerson
		}
		list = append(list, &feature{name: w.past.Name(label), group: "profile", since: Activities, sd: sd, label: func(s *snapshot) history.Label { return s.attributes[n] }})
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
