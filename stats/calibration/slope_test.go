package calibration

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(t *testing.T, what string, got float64, ok bool, want float64) {
	t.Helper()
	if !ok || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %.12f (defined %v), want %.12f", what, got, ok, want)
	}
}

// groups makes n cases at each probability, of which hits came true.
func groups(parts ...[3]float64) (p []float64, y []bool) {
	for _, part := range parts {
		for i := range int(part[1]) {
			p, y = append(p, part[0]), append(y, float64(i) < part[2])
		}
	}
	return p, y
}

func TestCalibrationOfTwoGroups(t *testing.T) {
	// Two probabilities make the regression saturated, so by hand the slope is
	// (logit .6 - logit .3) / (logit .8 - logit .2).
	p, y := groups([3]float64{.2, 10, 3}, [3]float64{.8, 10, 6})
	slope, ok := Slope(p, y)
	near(t, "slope", slope, ok, (math.Log(.6/.4)-math.Log(.3/.7))/(2*math.Log(4)))
	// The offset u = e^a solves u/(4+u) + 4u/(1+4u) = .9, by hand the quadratic
	// 4.4u^2 + 1.7u - 3.6 = 0 after clearing: (8-3.6)u^2 + (17-15.3)u - 3.6 = 0.
	offset, ok := Offset(p, y)
	u := (-1.7 + math.Sqrt(1.7*1.7+4*4.4*3.6)) / (2 * 4.4)
	near(t, "offset", offset, ok, math.Log(u))
}

func TestCalibrationIsPerfectWhereRatesMatch(t *testing.T) {
	p, y := groups([3]float64{.1, 100, 10}, [3]float64{.5, 40, 20}, [3]float64{.75, 8, 6})
	slope, ok := Slope(p, y)
	near(t, "slope", slope, ok, 1) // by definition: observed rates are the probabilities
	offset, ok := Offset(p, y)
	near(t, "offset", offset, ok, 0)
}

func TestOffsetSurvivesExtremes(t *testing.T) {
	// By hand: one probability p for all makes the offset logit(rate) - logit(p).
	p, y := groups([3]float64{0, 1000, 999})
	offset, ok := Offset(p, y)
	near(t, "offset", offset, ok, math.Log(999)-math.Log(1e-6/(1-1e-6)))
}

func TestCalibrationNotDefined(t *testing.T) {
	for name, c := range map[string]struct {
		p []float64
		y []bool
	}{
		"nothing":          {},
		"no number":        {[]float64{.1, math.NaN(), .2, .9}, []bool{true, true, false, false}},
		"all ended alike":  {[]float64{.1, .9}, []bool{true, true}},
		"one probability":  {[]float64{.3, .3, .3}, []bool{true, false, true}},
		"parted cleanly":   {[]float64{.1, .2, .8}, []bool{false, false, true}},
		"parted, touching": {[]float64{.1, .2, .2, .8}, []bool{false, false, true, true}},
	} {
		if slope, ok := Slope(c.p, c.y); ok {
			t.Errorf("%s: slope %v is defined", name, slope)
		}
		if offset, ok := Offset(c.p, c.y); ok && name == "no number" {
			t.Errorf("%s: offset %v is defined", name, offset)
		}
	}
	if _, ok := Offset([]float64{.1}, []bool{false}); ok {
		t.Error("offset is defined though all ended alike")
	}
}

// The line is found to the last digits: the slope of the likelihood is nought there. (Near
// the top rounding may seem to lead down, which is no reason to stop.)
func TestTheLineIsAtTheTop(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		var p []float64
		var y []bool
		for range 1500 {
			said := r.Float64()
			p, y = append(p, said), append(y, r.Float64() < said*said)
		}
		list, _, _ := grouped(p, y)
		line, ok := fitLine(list)
		g, h := slopes(list, line.Intercept, line.Slope)
		det := h[0]*h[2] - h[1]*h[1]
		if off := (h[0]*g[1] - h[1]*g[0]) / det; !ok || math.Abs(off) > 1e-11 {
			t.Errorf("seed %d: the slope %.12f is off by %g", seed, line.Slope, off)
		}
	}
}
