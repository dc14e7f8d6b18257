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

func TestScoresNotDefined(t *testing.T) {
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
