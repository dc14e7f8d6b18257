package hazard

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The slope of a probability by the coefficients is what finite differences say, inside
// an interval, at its end and behind the last one.
func TestSlopeIsTheDifferenceQuotient(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	s := Shape{Fixed: []Block{{Name: "level", Levels: 1, SD: 1}, {Name: "feature", Levels: 3, SD: 1}}, Intervals: 3,
		Moving: []Block{{Name: "interval", Levels: 3, SD: 1}, {Name: "clock", Levels: 2, SD: 1}}, Tracks: [][]uint16{{0, 0, 1, 1, 2, 1}}}
	_, all := s.levels()
	theta := make([]float64, all*Causes)
	for i := range theta {
		theta[i] = r.NormFloat64() - 1
	}
	levels := []uint16{0, 2}
	for _, time := range []float64{.3, 1, 1.6, 2, 3, 3.5, 6.2} {
		for cause := 1; cause <= Causes; cause++ {
			m := New(s, theta)
			got := make([]float64, len(theta))
			m.AddGradient(got, 2, levels, 0, m.Append(nil, levels, 0).Slope(cause, time))
			for i := range theta {
				at := func(step float64) float64 {
					moved := append([]float64(nil), theta...)
					moved[i] += step
					return New(s, moved).Append(nil, levels, 0).Incidence(time)[cause-1]
				}
				if want := 2 * (at(1e-5) - at(-1e-5)) / 2e-5; math.Abs(got[i]-want) > 1e-8 {
					t.Errorf("time %v, cause %d, coefficient %d: %.10f, want %.10f", time, cause, i, got[i], want)
				}
			}
		}
	}
}

// The deviation of one coefficient is the root of its variance, and that of a sum counts
// how the two go together.
func TestDeviationIsTheDeltaMethod(t *testing.T) {
	m := &Model{}
	covariance := []float64{4, 1, 0, 1, 9, 0, 0, 0, 1}
	for _, c := range []struct {
		gradient []float64
		want     float64
	}{{[]float64{1, 0, 0}, 2}, {[]float64{0, -2, 0}, 6}, {[]float64{1, 1, 0}, math.Sqrt(15)}, {[]float64{0, 0, 0}, 0}} {
		if got := m.Deviation(c.gradient, covariance); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("of %v: %v, want %v", c.gradient, got, c.want)
		}
	}
}
