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
func (s *Sight) Next(days float64) (list []Step) {
	s.Steps(0, days, func(step Step) {
		if step.To > step.From {
			list = append(list, step)
		}
	})
	return list
}

// Steps visits what Next lists and, of each milestone that is claimed only, the chance
// that the deal would have if the claim were found not to hold. A level at which no past
// deal stood tells nothing, and is left out.
//
// Chances are those of being won from so many days on, and within so many.
func (s *Sight) Steps(begins, ends float64, visit func(Step)) {
	m := s.asking.model
	for f, feature := range m.features {
		from := int64(s.levels[f+1])
		suppose := func(to int64) {
			if int(to) < feature.levels {
				visit(Step{feature.name, feature.group, int(from), int(to), feature.deals[to], m.between(s.suppose(f, to), begins, ends)})
			}
		}
		switch {
		case feature.group == groupMilestones && from < history.Achieved:
			suppose(history.Achieved)
			if from == history.Claimed {
				suppose(history.Revoked)
			}
		case feature.group == groupTriad && from < history.Met:
			suppose(history.Met)
		}
	}
}

// suppose is how the deal would stand if one more fact came to be known now; it holds
// until the next is supposed. The clock begins anew where the deal got further. Where
// milestones stand for stages it may come to another one.
func (s *Sight) suppose(f int, level int64) standing {
	then := standing{append(s.asking.room[:0], s.levels...), s.class}
	s.asking.room = then.levels
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
