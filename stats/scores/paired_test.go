package scores

import (
	"math"
	"math/rand/v2"
	"testing"
)

// From R: qt(c(.975, .995), df).
func TestQuantilesOfStudent(t *testing.T) {
	for _, c := range []struct {
		p       float64
		degrees int
		want    float64
	}{{.975, 1, 12.70620473617471}, {.975, 2, 4.302652729911275}, {.975, 5, 2.570581835636314}, {.975, 10, 2.228138851964939},
		{.975, 30, 2.042272456301238}, {.975, 100, 1.983971518523553}, {.995, 4, 4.604094871415898}, {.5, 7, 0}} {
		got, ok := StudentQuantile(c.p, c.degrees)
		near(t, "quantile", got, ok, c.want)
	}
	if _, ok := StudentQuantile(.975, 0); ok {
		t.Error("no degree of freedom has a quantile")
	}
	if _, ok := StudentQuantile(1, 3); ok {
		t.Error("certainty has a quantile")
	}
}

func TestPairedByHand(t *testing.T) {
	// By hand: differences 2, 4, 6 over 10 cases each: D = .4, rests -2, 0, 2,
	// se = sqrt(3/2 · 8)/30 = .11547, t(2) = 4.302653.
	d, ok := Paired([]float64{1, 1, 1}, []float64{3, 5, 7}, []float64{10, 10, 10}, .95)
	near(t, "mean", d.Mean, ok, .4)
	near(t, "low", d.Low, ok, .4-4.302652729911275*math.Sqrt(12)/30)
	if d.Blocks != 3 || math.Abs(d.High+d.Low-.8) > 1e-12 {
		t.Errorf("%+v", d)
	}
	if _, ok := Paired([]float64{1}, []float64{2}, []float64{3}, .95); ok {
		t.Error("one block has an interval")
	}
	if _, ok := Paired([]float64{1, 1}, []float64{2, 2}, []float64{0, 0}, .95); ok {
		t.Error("no case has a mean")
	}
}

// Where two methods are alike, nine intervals in ten hold nothing at .9, however much the
// cases of a block depend on each other.
func TestPairedHoldsAsOftenAsItSays(t *testing.T) {
	r, held, runs := rand.New(rand.NewPCG(1, 2)), 0, 4000
	for range runs {
		mine, other, cases := make([]float64, 8), make([]float64, 8), make([]float64, 8)
		for b := range cases {
			cases[b] = 40 + float64(r.IntN(30))
			mine[b], other[b] = cases[b]*(.2+.05*r.NormFloat64()), cases[b]*(.2+.05*r.NormFloat64())
		}
		if d, ok := Paired(mine, other, cases, .9); ok && d.Low <= 0 && 0 <= d.High {
			held++
		}
	}
	if share := float64(held) / float64(runs); share < .88 || share > .925 {
		t.Errorf("%.3f of the intervals hold, want .9", share)
	}
}
