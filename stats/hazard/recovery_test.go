package hazard

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// The simulated organizations: deals live in steps of time, and end in each by a hazard
// that depends on where they came from, on whether there was a plan, and on how old they
// are. They are looked at at every step of their lives (landmarks), so that the rows of
// one deal tell the same end again and again; they are followed for three steps, and
// each organization stops looking at a deal at an age of its own.
const (
	ages    = 6
	follows = 3
	sources = 3
)

// truth is the log-odds by which simulated deals end, by cause.
var truth = struct {
	level  [Causes]float64
	source [sources][Causes]float64
	plan   [2][Causes]float64
	age    [ages][Causes]float64
}{
	level:  [Causes]float64{-2.2, -1.7, -1.9},
	source: [sources][Causes]float64{{}, {.6, -.3, 0}, {-.4, .3, .5}},
	plan:   [2][Causes]float64{{}, {.8, -.2, -.5}},
	age:    [ages][Causes]float64{{}, {.3, .1, -.2}, {.5, .2, 0}, {.2, .2, .3}, {-.1, 0, .5}, {-.4, -.2, .6}},
}

// recovered is the shape with which the organizations are fitted: the first levels are
// fixed, there is no prior.
func recovered() Shape {
	none := math.Inf(1)
	s := Shape{Intervals: follows,
		Fixed:  []Block{{Name: "level", Levels: 1, SD: none}, {Name: "source", Levels: sources, SD: none, Base: true}, {Name: "plan", Levels: 2, SD: none, Base: true}},
		Moving: []Block{{Name: "age", Levels: ages, SD: none, Base: true}}}
	for age := range ages {
		var track []uint16
		for k := range follows {
			track = append(track, uint16(min(age+k, ages-1)))
		}
		s.Tracks = append(s.Tracks, track)
	}
	return s
}

// known are the true coefficients, in the order of the model's.
func known() (theta []float64) {
	theta = append(theta, truth.level[:]...)
	for _, list := range [][][Causes]float64{truth.source[:], truth.plan[:], truth.age[:]} {
		for _, level := range list {
			theta = append(theta, level[:]...)
		}
	}
	return theta
}

// organization simulates so many deals under a model, and looks at them at every step.
func organization(m *Model, deals int, r *rand.Rand) (rows *Rows, cluster []int32) {
	rows = &Rows{}
	for deal := range int32(deals) {
		levels := []uint16{0, uint16(r.IntN(sources)), uint16(r.IntN(2))}
		watched := 2 + r.IntN(ages)
		end, cause := watched, 0
		for age := 0; age < watched && cause == 0; age++ {
			h := m.Append(nil, levels, uint16(min(age, ages-1)))[0]
			u := r.Float64()
			for c, p := range h {
				if u -= p; u < 0 {
					end, cause = age+1, c+1
					break
				}
			}
		}
		for s := range end {
			rows.Fixed = append(rows.Fixed, levels...)
			rows.Track = append(rows.Track, uint16(min(s, ages-1)))
			seen, ended := end-s, cause
			if seen > follows {
				seen, ended = follows, 0
			}
			rows.Seen, rows.Cause = append(rows.Seen, uint8(seen)), append(rows.Cause, uint8(ended))
			cluster = append(cluster, deal)
		}
	}
	return rows, cluster
}

// Fits of simulated organizations find the coefficients that made them: no bias, 95 %
// intervals from the cluster sandwich that hold as often as they say, and chances that
// are near the true ones. Intervals that take the rows for independent do not hold,
// which is what the sandwich is for.
func TestFullRecoveryOfKnownCoefficients(t *testing.T) {
	organizations, deals := 1000, 16_000
	if os.Getenv("MILEPOST_TEST_FULL") != "1" {
		organizations = 100
	}
	shape, theta := recovered(), known()
	model := New(shape, theta)
	bias, held := make([]float64, len(theta)), make([]float64, len(theta))
	naive, off, points := 0.0, 0.0, 0.0
	var free []int
	for n := range organizations {
		rows, cluster := organization(model, deals, rand.New(rand.NewPCG(uint64(n), 3)))
		fit, err := Estimate(shape, rows, nil)
		if err != nil {
			t.Fatal(err)
		}
		free = fit.free
		sandwich, alone := fit.Sandwich(rows, cluster), fit.Covariance()
		for _, j := range free {
			d := fit.Theta[j] - theta[j]
			bias[j] += d / float64(organizations)
			held[j] += within(d, sandwich[j*len(theta)+j]) / float64(organizations)
			naive += within(d, alone[j*len(theta)+j]) / float64(organizations*len(free))
		}
		sum, count := chanceErrors(fit.Model, model)
		off, points = off+sum, points+count
	}
	worst, low, high, pooled := 0.0, 1.0, 0.0, 0.0
	for _, j := range free {
		worst = max(worst, math.Abs(bias[j]))
		low, high = min(low, held[j]), max(high, held[j])
		pooled += held[j] / float64(len(free))
	}
	t.Logf("%d organizations of %d deals, %d coefficients: largest bias %.4f; 95%% intervals held %.1f%%, by coefficient %.1f to %.1f%% (%.1f%% as if rows were independent); mean error of the incidence %.4f",
		organizations, deals, len(free), worst, 100*pooled, 100*low, 100*high, 100*naive, off/points)
	if pooled < .92 || pooled > .98 || naive > .92 {
		t.Errorf("95%% intervals held %.3f, as if rows were independent %.3f", pooled, naive)
	}
	if organizations == 1000 && (low < .92 || high > .98) { // of fewer, chance alone leads out of that
		t.Errorf("95%% intervals held %.3f to %.3f, by coefficient", low, high)
	}
	if worst > .03 || off/points > .01 {
		t.Errorf("largest bias %.4f, mean error of the incidence %.4f", worst, off/points)
	}
}

// within is 1 if an error lies in its 95 % interval.
func within(d, variance float64) float64 {
	if d*d <= 1.959964*1.959964*variance {
		return 1
	}
	return 0
}

// chanceErrors adds up by how much the cumulative incidence is off, over all that can be
// known of a deal, its age, the causes and the times.
func chanceErrors(fit, model *Model) (sum, count float64) {
	for source := range uint16(sources) {
		for plan := range uint16(2) {
			for age := range uint16(ages) {
				levels := []uint16{0, source, plan}
				mine, real := fit.Append(nil, levels, age), model.Append(nil, levels, age)
				for k := 1; k <= follows; k++ {
					f, g := mine.Incidence(float64(k)), real.Incidence(float64(k))
					for c := range f {
						sum, count = sum+math.Abs(f[c]-g[c]), count+1
					}
				}
			}
		}
	}
	return sum, count
}
