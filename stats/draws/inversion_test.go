package draws

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

func TestQuantilesAgreeWithR(t *testing.T) {
	file, err := os.Open("testdata/quantiles.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		var v [4]float64
		for i := range v {
			if v[i], err = strconv.ParseFloat(r[i+1], 64); err != nil {
				t.Fatal(err)
			}
		}
		u, a, b, want := v[0], v[1], v[2], v[3]
		got, ok, near := 0.0, false, 1e-9
		switch k := 0; r[0] {
		case "normal":
			got, ok = Normal(u)
			near = 1e-14
		case "gamma":
			got, ok = Gamma(u, a, b)
		case "poisson":
			k, ok = Poisson(u, a)
			got, near = float64(k), 0
		case "negative binomial":
			k, ok = NegativeBinomial(u, a, b)
			got, near = float64(k), 0
			if 1-u < 1e-11 { // the tail is known to 1e-14, which R has a little better
				near = 1e-3
			}
		case "draws":
			var list []float64
			for i := range int(a) {
				list = append(list, float64((i+1)*37%101))
			}
			var all []float64
			all, ok = Quantiles(list, .5, u)
			got = all[1]
		}
		if !ok || math.Abs(got-want) > near*math.Abs(want) {
			t.Errorf("%v: %.17g (%v), off by %.1e", r, got, ok, got/want-1)
		}
	}
}

// Just under a step of the distribution function the quantile is that step, just over it the
// next; probabilities are summed up from nought by their definitions.
func TestQuantilesTurnAtTheSteps(t *testing.T) {
	for _, c := range []struct{ mean, size float64 }{{.4, math.Inf(1)}, {7.3, math.Inf(1)}, {60, math.Inf(1)}, {5, .7}, {40, 12}} {
		p := math.Exp(-c.mean)
		if !math.IsInf(c.size, 1) {
			p = math.Pow(1+c.mean/c.size, -c.size)
		}
		for k, sum := 0, 0.0; sum < 1-1e-7; k++ {
			sum += p
			if sum > 1e-7 {
				under, _ := NegativeBinomial(sum-1e-11, c.mean, c.size)
				over, _ := NegativeBinomial(sum+1e-11, c.mean, c.size)
				if under != k || over != k+1 {
					t.Fatalf("%+v at %d: %d and %d", c, k, under, over)
				}
			}
			p *= (1 + float64(k)/c.size) * c.mean / (1 + c.mean/c.size) / float64(k+1)
		}
	}
}

func TestWhatHasNoQuantile(t *testing.T) {
	for _, u := range []float64{0, 1, -1, math.NaN()} {
		_, normal := Normal(u)
		_, gamma := Gamma(u, 1, 1)
		_, poisson := Poisson(u, 1)
		_, negative := NegativeBinomial(u, 1, 1)
		if normal || gamma || poisson || negative {
			t.Errorf("the quantile %v is defined", u)
		}
	}
	for _, bad := range []float64{-1, math.NaN(), math.Inf(1)} {
		_, shape := Gamma(.5, bad, 1)
		_, rate := Gamma(.5, 1, bad)
		_, poisson := Poisson(.5, bad)
		_, mean := NegativeBinomial(.5, bad, 1)
		_, draws := Quantiles([]float64{1, bad}, bad)
		if shape || rate || poisson || mean || draws {
			t.Errorf("%v is taken", bad)
		}
	}
	if _, ok := NegativeBinomial(.5, 1, 0); ok {
		t.Error("a size of 0 is taken")
	}
	if k, ok := NegativeBinomial(.7, 0, 3); k != 0 || !ok {
		t.Errorf("of mean nothing: %d, %v", k, ok)
	}
	if _, ok := Mean(nil); ok {
		t.Error("the mean of nothing is defined")
	}
	if _, ok := Quantiles([]float64{math.NaN(), 1}, .5); ok {
		t.Error("what is no number has a quantile")
	}
	if _, ok := Quantiles(nil, .5); ok {
		t.Error("nothing has a quantile")
	}
}
