package landmark

import (
	"math"
	"math/rand/v2"
	"testing"

	"milepost/forecasts/history"
)

// eight is how many standard deviations lie to each side of the middle eight in ten.
const eight = 1.2816

// Where the truth is known, ranges that shall hold it eight times in ten do: of the chance
// of a deal, and of what its segment adds, in organizations whose segments differ as much as
// is thought likely. What differs more than most is held less often then, and what tells
// nothing more often.
func TestFullDoubtHoldsTheTruth(t *testing.T) {
	organizations, sizes := 40, []int{150, 600, 2500}
	if !full() {
		organizations, sizes = 6, []int{600}
	}
	for _, size := range sizes {
		var chance, reason, nothing eights
		for n := range organizations {
			r := rand.New(rand.NewPCG(uint64(n), 77))
			list := differing(.3, r)
			past := constant(size, list, r)
			m := Train(past, Milestones, Options{Tell: true})
			asking, open := m.Ask(past), past.Open()
			average := asking.Average(open)
			for i := range open {
				s := asking.Look(&open[i])
				for _, days := range []float64{30, 90} {
					truth, p := won(past, list, open[i].Deal, days), s.Within(days)[history.Won]
					deviation, _ := s.Doubt(days)
					chance.add(math.Log(p/(1-p))-math.Log(truth/(1-truth)), deviation/(p*(1-p)))
				}
				_, reasons := s.Explain(average, 30)
				mean, at, other := 0.0, 0, 0
				for place, r := range reasons {
					if r.Feature == "segment" {
						at = place
					}
					if r.Feature == "visit" {
						other = place
					}
				}
				for j := range open {
					mean += won(past, list, open[j].Deal, 30) / float64(len(open)) // fewer than are sampled
				}
				doubts := s.Doubts(average, 30, []int{at, other})
				reason.add(reasons[at].Points-(won(past, list, open[i].Deal, 30)-mean), doubts[0])
				nothing.add(reasons[other].Points, doubts[1])
			}
		}
		for what, tally := range map[string]eights{"chance": chance, "segment": reason, nothingTold: nothing} {
			t.Logf("%d deals, %s: held %.3f of %.0f", size, what, tally.held/tally.of, tally.of)
			// The deals of one organization go together: these are no more cases than there
			// are organizations, and the bounds are two and a half standard errors of so many.
			wide := 2.5 * math.Sqrt(.8*.2/float64(organizations))
			low, high := .8-wide, .8+wide
			if share := tally.held / tally.of; share < low || share > high && what != nothingTold {
				t.Errorf("%d deals, %s: held %.3f", size, what, share)
			}
		}
	}
}

const nothingTold = "what tells nothing"

// eights counts how often eight in ten held.
type eights struct{ held, of float64 }

func (t *eights) add(off, deviation float64) {
	t.of++
	if math.Abs(off) <= eight*deviation {
		t.held++
	}
}

// won is the truth of a deal of constant.
func won(p *history.Past, segments []segment, deal int32, days float64) float64 {
	for _, f := range p.Facts(deal) {
		for _, s := range segments {
			if f.Kind == history.Attribute && p.Name(f.Label) == s.name {
				return s.share[0] * -math.Expm1(-days/meanLife)
			}
		}
	}
	return math.NaN()
}

// What was not worked out is not told.
func TestNoDoubtWithoutTelling(t *testing.T) {
	past := constant(60, segments, rand.New(rand.NewPCG(1, 2)))
	asking := Train(past, Milestones, Options{}).Ask(past)
	open := past.Open()
	s := asking.Look(&open[0])
	if _, known := s.Doubt(30); known || s.Doubts(asking.Average(open), 30, []int{0}) != nil {
		t.Error("a model that did not work out how uncertain it is says so all the same")
	}
}
