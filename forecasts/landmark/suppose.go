package landmark

import (
	"milepost/forecasts/history"
)

// Step is one thing that the history of a deal may say next, and the chance if it did: a
// recomputation, which tells what goes with winning, not what brings it about.
type Step struct {
	Feature  string // the milestone or the criterion
	Group    string // "milestones" or "triad"
	From, To int    // how it stands, and how it would stand
	Deals    int    // past deals in which it stood so
	Chance   float64
}

// Next lists the evidence that a deal lacks, with the chance that it would have were that
// alone shown now: a milestone confirmed, a criterion met.
func (s *Sight) Next(days float64) []Step {
	return s.steps(days, func(f *feature, from int64) (int64, bool) {
		switch f.group {
		case groupMilestones:
			return history.Achieved, from < history.Achieved
		case groupTriad:
			return history.Met, from < history.Met
		}
		return 0, false
	})
}

// Falls lists the milestones that are claimed only, with the chance that the deal would
// have if the claim were found not to hold.
func (s *Sight) Falls(days float64) []Step {
	return s.steps(days, func(f *feature, from int64) (int64, bool) {
		return history.Revoked, f.group == groupMilestones && from == history.Claimed
	})
}

// steps supposes what a choice says of each feature. A level that no past deal stood at
// tells nothing, and is left out.
func (s *Sight) steps(days float64, choose func(f *feature, from int64) (to int64, is bool)) (list []Step) {
	m := s.asking.model
	for f, feature := range m.features {
		from := int64(s.levels[f+1])
		to, is := choose(feature, from)
		if !is || int(to) >= feature.levels {
			continue
		}
		list = append(list, Step{feature.name, feature.group, int(from), int(to), feature.deals[to], m.won(s.suppose(f, to), days)})
	}
	return list
}

// suppose is how the deal would stand if one more fact came to be known now. The clock
// begins anew where it got further. Where milestones stand for stages it may come to
// another one.
func (s *Sight) suppose(f int, level int64) standing {
	then := s.clone()
	then.levels[f+1] = uint16(level)
	feature, past := s.asking.model.features[f], s.asking.sweeper.past
	if feature.group != groupMilestones {
		return then
	}
	if level != history.Revoked {
		then.class = s.asking.model.cuts.clockClass(0)
	}
	if ranks := past.MilestoneRanks(); ranks != nil {
		then.levels[1] = s.asking.model.stage.labelLevel(s.furthest(feature.subject, level, ranks))
	}
	return then
}

// furthest is the furthest milestone that the deal would hold if one of them stood at a
// level.
func (s *Sight) furthest(milestone history.Label, level int64, ranks map[history.Label]int) (stage history.Label) {
	for n, label := range s.asking.sweeper.names[0] {
		holds := int64(s.seen.milestones[n])
		if label == milestone {
			holds = level
		}
		if holds != history.Revoked && ranks[label] > ranks[stage] {
			stage = label
		}
	}
	return stage
}
