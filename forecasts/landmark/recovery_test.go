package landmark

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// full tells whether the long tests were asked for.
func full() bool { return os.Getenv("MILEPOST_TEST_FULL") == "1" }

// contrasts are the differences that the model should find: of each segment to the
// first, of each rep to the first, of the milestone shown to not shown; by cause.
func (m *Trained) contrasts() (list []contrast) {
	at := 1 // level of the first feature; the block before is the common one
	for _, f := range m.features {
		for level := 3; level < f.levels && (f.name == "segment" || f.name == "owner"); level++ {
			for c := range hazard.Causes {
				x := contrast{name: f.name, plus: (at+level)*hazard.Causes + c, minus: (at+2)*hazard.Causes + c}
				if f.name == "segment" {
					x.truth = math.Log(segments[level-2].share[c] / segments[0].share[c])
				}
				list = append(list, x)
			}
		}
		if f.group == groupMilestones {
			for c := range hazard.Causes {
				list = append(list, contrast{name: f.name, plus: (at+int(history.Achieved))*hazard.Causes + c, minus: at*hazard.Causes + c})
			}
		}
		at += f.levels
	}
	return list
}

type contrast struct {
	name        string
	plus, minus int
	truth       float64
}

// What organizations teach is what made them, through the whole of the training: by
// contrast no bias, intervals that hold, and chances that are right on average.
func TestFullRecoveryOfASimulatedOrganization(t *testing.T) {
	organizations, deals := 200, 4000
	if !full() {
		organizations = 6
	}
	var bias, held []float64
	var names []contrast
	chance := map[string][]float64{}
	for n := range organizations {
		past := constant(deals, segments, rand.New(rand.NewPCG(uint64(n), 5)))
		m, fit, spread := trainedWithSpread(past)
		names = m.contrasts()
		bias, held = append(bias, make([]float64, len(names)-len(bias))...), append(held, make([]float64, len(names)-len(held))...)
		all := len(fit.Theta)
		for i, c := range names {
			d := fit.Theta[c.plus] - fit.Theta[c.minus] - c.truth
			v := spread[c.plus*all+c.plus] + spread[c.minus*all+c.minus] - 2*spread[c.plus*all+c.minus]
			bias[i] += d / float64(organizations)
			if d*d <= 1.96*1.96*v {
				held[i] += 1 / float64(organizations)
			}
		}
		incidenceErrors(m, past, chance)
	}
	pooled, slack, off := 0.0, .03, .01
	if !full() {
		slack, off = .2, .03 // six organizations: chance alone comes to that
	}
	for i, c := range names {
		t.Logf("%-8s %2d: bias %+.4f, held %.1f%%", c.name, i, bias[i], 100*held[i])
		pooled += held[i] / float64(len(names))
		if math.Abs(bias[i]) > slack {
			t.Errorf("%s: bias %.4f", c.name, bias[i])
		}
	}
	t.Logf("95%% intervals held %.1f%%", 100*pooled)
	if full() && (pooled < .92 || pooled > .98) {
		t.Errorf("95%% intervals held %.3f", pooled)
	}
	for what, errors := range chance {
		mean, size := 0.0, 0.0
		for _, e := range errors {
			mean, size = mean+e/float64(len(errors)), size+math.Abs(e)/float64(len(errors))
		}
		t.Logf("%s: mean error %+.4f, of a single deal %.4f", what, mean, size)
		if math.Abs(mean) > off {
			t.Errorf("%s: mean error %+.4f", what, mean)
		}
	}
}

// trainedWithSpread trains as Train does, and keeps how uncertain the coefficients are.
func trainedWithSpread(past *history.Past) (*Trained, *hazard.Fit, []float64) {
	m, study := TrainOpenly(past, Milestones, Options{})
	return m, study.Fit, study.Fit.Errors(study.Rows, study.Deals)
}

// incidenceErrors adds by how much the chances of the open deals are off.
func incidenceErrors(m *Trained, past *history.Past, list map[string][]float64) {
	asking := m.Ask(past)
	for _, deal := range past.Open() {
		var name string
		for _, f := range past.Facts(deal.Deal) {
			if f.Kind == history.Attribute {
				name = past.Name(f.Label)
			}
		}
		for _, s := range segments {
			for _, days := range []float64{30, 90} {
				if s.name == name {
					for c, share := range s.share {
						what := fmt.Sprintf("%s, cause %d within %.0f days", name, c+1, days)
						list[what] = append(list[what], m.Within(asking.Curve(&deal), days)[c+1]-share*-math.Expm1(-days/meanLife))
					}
				}
			}
		}
	}
}

// The chance to be won within thirteen weeks comes near the truth where the truth is
// a funnel that the model does not know: on average over the open deals it is off by
// two points at most.
func TestFullRecoveryOfAFunnel(t *testing.T) {
	const weeks = 13
	truth := really(7 * weeks)
	organizations, deals := 20, []int{1000, 3000, 10_000, 30_000}
	if !full() {
		organizations, deals = 3, []int{10_000}
	}
	for _, size := range deals {
		off, tilt, of := 0.0, 0.0, 0.0
		for n := range organizations {
			past, entered := funnelled(size, rand.New(rand.NewPCG(uint64(n), 9)))
			m := Train(past, Milestones, Options{})
			asking, at := m.Ask(past), map[string]int{}
			for i, s := range funnel {
				at[s.name] = i
			}
			for _, deal := range past.Open() {
				want := truth(at[past.Name(deal.Stage)], 1100-entered[deal.External])
				d := m.Within(asking.Curve(&deal), 7*weeks)[history.Won] - want
				off, tilt, of = off+math.Abs(d), tilt+d, of+1
			}
		}
		t.Logf("%d organizations of %d deals: the chances are off by %.4f in the mean, by %+.4f together", organizations, size, off/of, tilt/of)
		if size >= 10_000 && off/of > .02 {
			t.Errorf("%d deals: the chances are off by %.4f in the mean", size, off/of)
		}
	}
}
