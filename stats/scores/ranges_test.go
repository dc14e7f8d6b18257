package scores

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"milepost/stats/proportions"
)

func table(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if rows, err = csv.NewReader(file).ReadAll(); err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLossesAgreeWithR(t *testing.T) {
	var draws []float64
	for _, r := range table(t, "draws.csv") {
		draws = append(draws, number(t, r[0]))
	}
	quantiles := map[string]float64{}
	losses := table(t, "losses.csv")
	for _, r := range losses {
		if r[0] == "quantile" {
			quantiles[r[1]] = number(t, r[2])
		}
	}
	for _, r := range losses {
		argument, want := number(t, r[1]), number(t, r[2])
		switch r[0] {
		case "crps":
			got, ok := CRPS(draws, argument)
			near(t, "CRPS at "+r[1], got, ok, want)
		case "pinball":
			said := make([]float64, len(draws))
			for i := range said {
				said[i] = quantiles[r[1]]
			}
			got, ok := Pinball(said, draws, argument)
			near(t, "pinball at "+r[1], got, ok, want)
		}
	}
}

func TestCRPSIsTheMeanDistanceLessHalfTheSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draws := rapid.SliceOfN(rapid.Float64Range(-50, 50), 1, 30).Draw(t, "draws")
		came, n := rapid.Float64Range(-60, 60).Draw(t, "came"), float64(len(draws))
		want := 0.0
		for _, a := range draws {
			want += math.Abs(a-came) / n
			for _, b := range draws {
				want -= math.Abs(a-b) / (2 * n * n)
			}
		}
		if got, ok := CRPS(draws, came); !ok || math.Abs(got-want) > 1e-11 {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestClasses(t *testing.T) {
	p, came := [][]float64{{.7, .2, .1}, {.1, 0, .9}}, []int{0, 1}
	loss, ok := MultiLogLoss(p, came)
	near(t, "log loss", loss, ok, -(math.Log(.7)+math.Log(1e-6))/2) // by hand
	brier, ok := MultiBrier(p, came)
	near(t, "Brier", brier, ok, (.09+.04+.01+.01+1+.81)/2) // by hand
	for _, bad := range []int{-1, 3} {
		if _, ok := MultiLogLoss(p, []int{0, bad}); ok {
			t.Errorf("an ending %d is scored", bad)
		}
		if _, ok := MultiBrier(p, []int{0, bad}); ok {
			t.Errorf("an ending %d is scored", bad)
		}
	}
}

func TestCoverage(t *testing.T) {
	h, ok := Coverage([]float64{0, 0, 5, 1}, []float64{2, 4, 6, 1}, []float64{2, 5, 5.5, 1}, proportions.Z95)
	low, high, _ := proportions.Wilson(3, 4, proportions.Z95)
	if want := (Held{3, 4, .75, low, high, 7. / 4}); !ok || h != want { // by hand; ends count as inside
		t.Errorf("%+v (%v), want %+v", h, ok, want)
	}
	if _, ok := Coverage(nil, nil, nil, 2); ok {
		t.Error("coverage of nothing is defined")
	}
	if _, ok := Coverage([]float64{2}, []float64{1}, []float64{1}, 2); ok {
		t.Error("a range the wrong way round is counted")
	}
}

func TestNoiseFloor(t *testing.T) {
	c, ok := ChanceOf([]float64{.5, .2}, []float64{2, 10})
	if !ok || c.Mean != 3 || math.Abs(c.Variance-17) > 1e-12 { // by hand: 1+2; .25*4 + .16*100
		t.Errorf("%+v, %v", c, ok)
	}
	// The mean distance of a binomial of 400 and .3 from its mean, summed up, is that of
	// the normal to a thousandth.
	p, distance := make([]float64, 400), 0.0
	for i := range p {
		p[i] = .3
	}
	n, _ := math.Lgamma(401)
	for k := range 401 {
		a, _ := math.Lgamma(float64(k) + 1)
		b, _ := math.Lgamma(float64(401 - k))
		distance += math.Abs(float64(k)-120) * math.Exp(n-a-b+float64(k)*math.Log(.3)+float64(400-k)*math.Log(.7))
	}
	c, _ = ChanceOf(p, nil)
	if floor, ok := NoiseFloor([]Chance{c, c}); !ok || math.Abs(floor/(distance/120)-1) > 1e-3 {
		t.Errorf("floor %v, by summing up %v", floor, distance/120)
	}
	if _, ok := NoiseFloor(nil); ok {
		t.Error("a floor of nothing is defined")
	}
	if _, ok := ChanceOf([]float64{1.5}, nil); ok {
		t.Error("a chance of 1.5 is taken")
	}
}

func TestNoNumberIsNoScore(t *testing.T) {
	nan := []float64{.1, math.NaN()}
	yes, some := []bool{true, false}, []float64{1, 2}
	for name, ok := range map[string]bool{
		"Brier": second(Brier(nan, yes)), "log loss": second(LogLoss(nan, yes)), "AUC": second(AUC(nan, yes)),
		"skill": second(Skill(math.NaN(), 1)), "WAPE": second(WAPE(nan, some)), "bias": second(Bias(nan, some)),
		"CRPS": second(CRPS(nan, 1)), "CRPS of nowhere": second(CRPS(some, math.NaN())), "CRPS of nothing": second(CRPS(nil, 1)),
		"pinball": second(Pinball(nan, some, .5)), "a level of 2": second(Pinball(some, some, 2)),
		"multi-class": second(MultiLogLoss([][]float64{nan}, []int{1})), "multi-class Brier": second(MultiBrier([][]float64{nan}, []int{0})),
		"amounts": func() bool { _, ok := ChanceOf([]float64{.5, .5}, nan); return ok }(),
	} {
		if ok {
			t.Errorf("%s is defined", name)
		}
	}
}

func second(_ float64, ok bool) bool { return ok }
