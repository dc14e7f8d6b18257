package forecasts

import (
	"maps"
	"testing"

	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// What would be if something more were shown is what the model says of a deal in whose
// history it is: confirmed, met or fallen a moment before the as-of.
func TestSupposingIsAskingWithIt(t *testing.T) {
	asked := map[string]int{}
	for seed := range uint64(12) {
		w := lively(seed)
		asOf := w.at(45)
		past := w.log().Before(asOf)
		m := landmark.Train(past, landmark.Milestones, landmark.Options{})
		asking, open := m.Ask(past), past.Open()
		for i := range open {
			sight := asking.Look(&open[i])
			var steps []landmark.Step
			sight.Steps(0, 30, func(step landmark.Step) { steps = append(steps, step) })
			for _, step := range steps {
				then := *w
				then.facts = append(append([]told(nil), w.facts...), told{open[i].ID, kindOf(step.Group), step.Feature,
					Fact{Recorded: asOf - 1, Effective: asOf - 1, Sequence: int64(len(w.facts)), Value: int64(step.To)}})
				with := then.log().Before(asOf)
				if !maps.Equal(with.MilestoneRanks(), past.MilestoneRanks()) {
					continue // another fact, another order of what stands for stages
				}
				deal, is := with.Stood(open[i].Deal)
				if got := m.Ask(with).Look(&deal).Within(30)[Won]; !is || got != step.Chance {
					t.Errorf("seed %d, %s: %+v, and the model asked about it says %.15f", seed, open[i].ID, step, got)
				}
				asked[step.Group]++
				if step.To == int(Revoked) {
					asked["falls"]++
				}
				if past.MilestoneRanks() != nil {
					asked["stands for a stage"]++
				}
			}
		}
	}
	for _, what := range []string{milestones, criteria, "falls", "stands for a stage"} {
		if asked[what] < 3 {
			t.Errorf("%s was asked for %d times: too few to say", what, asked[what])
		}
	}
}

func kindOf(group string) Kind {
	if group == milestones {
		return Milestone
	}
	return Criterion
}

// A past that is cut off earlier tells of a deal what the log as of then tells.
func TestAnEarlierPastIsThePastOfThen(t *testing.T) {
	for seed := range uint64(8) {
		w := lively(seed)
		log := w.log()
		late := log.Before(w.at(70))
		if late.MilestoneRanks() != nil {
			continue // what stands for stages is ordered by what is known now
		}
		m := landmark.Train(late, landmark.Milestones, landmark.Options{})
		for _, day := range []float64{12, 30.5, 45, 69} {
			then, cut := log.Before(w.at(day)), late.Earlier(w.at(day))
			open := then.Open()
			before, after := m.Ask(then), m.Ask(cut)
			for i := range open {
				deal, is := cut.Stood(open[i].Deal)
				if !is || deal != open[i] {
					t.Errorf("seed %d, day %v: %+v stood, and now %+v", seed, day, open[i], deal)
					continue
				}
				if a, b := before.Look(&open[i]).Within(30), after.Look(&deal).Within(30); a != b {
					t.Errorf("seed %d, day %v: %s had %v, and now %v", seed, day, open[i].ID, a, b)
				}
			}
			for i := range int32(late.Deals()) {
				if _, is := cut.Stood(i); is && !isOpen(open, i) {
					t.Errorf("seed %d, day %v: deal %d stands open, and did not", seed, day, i)
				}
			}
		}
	}
}

func isOpen(list []OpenDeal, deal int32) bool {
	for i := range list {
		if list[i].Deal == deal {
			return true
		}
	}
	return false
}
