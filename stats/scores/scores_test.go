package scores

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got float64, ok bool, want float64) {
	t.Helper()
	if !ok || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %.12f (defined %v), want %.12f", what, got, ok, want)
	}
}

func TestScoresOfThreeByHand(t *testing.T) {
	p, y := []float64{.9, .2, .5}, []bool{true, false, false}
	brier, ok := Brier(p, y)
	near(t, "Brier", brier, ok, .1) // by hand: (.01 + .04 + .25) / 3
	loss, ok := LogLoss(p, y)
	near(t, "log loss", loss, ok, -(math.Log(.9)+math.Log(.8)+math.Log(.5))/3) // by hand
	skill, ok := Skill(.1, .25)
	near(t, "skill", skill, ok, .6) // by hand: 1 - .1/.25
}

func TestLogLossIsClipped(t *testing.T) {
	loss, ok := LogLoss([]float64{0, 1}, []bool{true, true})
	near(t, "log loss", loss, ok, -(math.Log(1e-6)+math.Log(1-1e-6))/2) // by definition of Clip
}

func TestAUCCountsPairs(t *testing.T) {
	// By hand: pairs (hit, not): (.8,.1) 1, (.8,.4) 1, (.8,.8) half, (.4,.1) 1, (.4,.4) half, (.4,.8) 0.
	auc, ok := AUC([]float64{.8, .1, .4, .4, .8}, []bool{true, false, true, false, false})
	near(t, "AUC", auc, ok, 4.0/6)
	if _, ok := AUC([]float64{.1, .2}, []bool{true, true}); ok {
		t.Error("AUC is defined though all ended alike")
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
		"all ended alike":  {[]float64{.1, .9}, []bool{true, true}},
		"one probability":  {[]float64{.3, .3, .3}, []bool{true, false, true}},
		"parted cleanly":   {[]float64{.1, .2, .8}, []bool{false, false, true}},
		"parted, touching": {[]float64{.1, .2, .2, .8}, []bool{false, false, true, true}},
	} {
		if slope, ok := Slope(c.p, c.y); ok {
			t.Errorf("%s: slope %v is defined", name, slope)
		}
	}
	if _, ok := Offset([]float64{.1}, []bool{false}); ok {
		t.Error("offset is defined though all ended alike")
	}
	if _, ok := Brier(nil, nil); ok {
		t.Error("Brier of nothing is defined")
	}
	if _, ok := LogLoss(nil, nil); ok {
		t.Error("log loss of nothing is defined")
	}
	if _, ok := Skill(.1, 0); ok {
		t.Error("skill against perfection is defined")
	}
}

func TestTotals(t *testing.T) {
	said, came := []float64{12, 5}, []float64{10, 10}
	wape, ok := WAPE(said, came)
	near(t, "WAPE", wape, ok, .35) // by hand: (2 + 5) / 20
	bias, ok := Bias(said, came)
	near(t, "bias", bias, ok, -.15) // by hand: (2 - 5) / 20
	if _, ok := WAPE([]float64{1}, []float64{0}); ok {
		t.Error("WAPE is defined though nothing came true")
	}
	if _, ok := Bias(nil, nil); ok {
		t.Error("bias of nothing is defined")
	}
}

func TestWilson(t *testing.T) {
	// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3, 95%.
	for _, c := range []struct {
		hits, n   int
		low, high float64
	}{{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}} {
		low, high, ok := Wilson(c.hits, c.n, 1.959964)
		if !ok || math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.hits, c.n, low, high, c.low, c.high)
		}
	}
	if _, _, ok := Wilson(0, 0, 1.96); ok {
		t.Error("an interval of nothing is defined")
	}
}
