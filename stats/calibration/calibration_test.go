package calibration

import (
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"milepost/stats/proportions"
)

func table(t *testing.T, name string) (values [][]float64) {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		line := make([]float64, len(r))
		for i, text := range r {
			if line[i], err = strconv.ParseFloat(text, 64); err != nil {
				t.Fatal(err)
			}
		}
		values = append(values, line)
	}
	return values
}

func cases(t *testing.T) (said []float64, came []bool, y, weights []float64) {
	for _, r := range table(t, "cases.csv") {
		said, came, y, weights = append(said, r[0]), append(came, r[1] == 1), append(y, r[1]), append(weights, r[2])
	}
	return said, came, y, weights
}

func TestTheLineAgreesWithR(t *testing.T) {
	said, came, _, _ := cases(t)
	line, ok := Recalibrate(said, came)
	want := table(t, "line.csv")[0]
	for i, got := range []float64{line.Intercept, line.Slope, line.InterceptVariance, line.SlopeVariance, line.Covariance, line.LogLikelihood} {
		near(t, []string{"intercept", "slope", "its variance", "slope's variance", "covariance", "likelihood"}[i], got, ok, want[i])
	}
	if slope, _ := Slope(said, came); slope != line.Slope || math.Abs(line.SlopeError()*line.SlopeError()-want[3]) > 1e-9 || line.InterceptError() <= 0 {
		t.Error("the slope alone is another")
	}
	if got, want := line.Apply(.5), proportions.Logistic(line.Intercept); got != want {
		t.Errorf(".5 becomes %v, want %v", got, want)
	}
	if _, ok := Recalibrate([]float64{.2, .8}, []bool{false, true}); ok {
		t.Error("a line through two parted cases is defined")
	}
}

func TestIsotonicAgreesWithR(t *testing.T) {
	said, _, y, weights := cases(t)
	for _, r := range table(t, "isotonic.csv") {
		var use []float64
		if r[0] == 1 {
			use = weights
		}
		m, err := Isotonic(said, y, use)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := m.At(r[1])
		near(t, "isotonic", got, ok, r[2])
	}
}

func TestIsotonicByHand(t *testing.T) {
	// By hand: 1, then (3*1+1*3)/4 = 1.5 pooled of 3 (weight 1) and 1 (weight 3), then 2.
	m, err := Isotonic([]float64{4, 1, 2, 3, 9}, []float64{2, 1, 3, 1, 7}, []float64{1, 1, 1, 3, 0})
	if err != nil || !slices.Equal(m.Values, []float64{1, 1.5, 2}) || !slices.Equal(m.From, []float64{1, 2, 4}) || !slices.Equal(m.Weights, []float64{1, 4, 1}) {
		t.Errorf("%+v, %v", m, err)
	}
	for _, c := range [][2]float64{{-5, 1}, {1.9, 1}, {2, 1.5}, {3.9, 1.5}, {4, 2}, {99, 2}} {
		if got, ok := m.At(c[0]); got != c[1] || !ok {
			t.Errorf("at %v: %v, want %v", c[0], got, c[1])
		}
	}
	if m, err := Isotonic(nil, nil, nil); err != nil {
		t.Error(err)
	} else if _, ok := m.At(1); ok {
		t.Error("something of nothing is defined")
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1)} {
		if _, err := Isotonic([]float64{bad}, []float64{1}, nil); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
	if _, err := Isotonic([]float64{1}, []float64{1}, []float64{-1}); err == nil {
		t.Error("a negative weight was taken")
	}
}

// The best monotone value at a place is the largest over beginnings before it of the
// smallest over ends after it of the mean in between (Robertson, Wright & Dykstra 1988).
func TestIsotonicIsTheMaximumOfMinima(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 25).Draw(t, "y")
		x, w, sums, weights := make([]float64, len(y)), make([]float64, len(y)), []float64{0}, []float64{0}
		for i := range y {
			x[i], w[i] = float64(i), float64(1+i%3)
			sums, weights = append(sums, sums[i]+w[i]*y[i]), append(weights, weights[i]+w[i])
		}
		m, err := Isotonic(x, y, w)
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(m.Values); i++ {
			if m.Values[i] <= m.Values[i-1] {
				t.Fatalf("steps do not rise: %v", m.Values)
			}
		}
		for i := range y {
			want := math.Inf(-1)
			for a := range i + 1 {
				least := math.Inf(1)
				for b := i + 1; b <= len(y); b++ {
					least = math.Min(least, (sums[b]-sums[a])/(weights[b]-weights[a]))
				}
				want = math.Max(want, least)
			}
			if got, _ := m.At(x[i]); math.Abs(got-want) > 1e-12 {
				t.Fatalf("at %d: %v, want %v", i, got, want)
			}
		}
	})
}

func TestBinsKeepTiesTogether(t *testing.T) {
	p, y := groups([3]float64{.1, 10, 1}, [3]float64{.2, 1, 0}, [3]float64{.5, 5, 3}, [3]float64{.9, 4, 4})
	bins := Bins(p, y, 4, proportions.Z95)
	if len(bins) != 3 || bins[0].Count != 10 || bins[1].Count != 6 || bins[2].Count != 4 {
		t.Fatalf("%+v", bins)
	}
	b := bins[1] // by hand: .2 and five of .5; 3 of 6 came
	low, high, _ := proportions.Wilson(3, 6, proportions.Z95)
	if b.From != .2 || b.To != .5 || math.Abs(b.Said-2.7/6) > 1e-15 || b.Hits != 3 || b.Share != .5 || b.Low != low || b.High != high {
		t.Errorf("%+v", b)
	}
	if Bins(nil, nil, 4, 2) != nil || Bins(p, y, 0, 2) != nil {
		t.Error("bins of nothing")
	}
}

func TestBinsHoldEveryCaseOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.SampledFrom([]float64{0, .1, .2, .25, .5, .75, 1}), 1, 80).Draw(t, "p")
		y := rapid.SliceOfN(rapid.Bool(), len(p), len(p)).Draw(t, "y")
		count, hits, last := 0, 0, -1.0
		for _, b := range Bins(p, y, rapid.IntRange(1, 20).Draw(t, "bins"), 1.96) {
			if b.From <= last || b.Said < b.From-1e-12 || b.Said > b.To+1e-12 || b.Low > b.Share || b.High < b.Share {
				t.Fatalf("%+v after %v", b, last)
			}
			count, hits, last = count+b.Count, hits+b.Hits, b.To
		}
		want := 0
		for _, came := range y {
			if came {
				want++
			}
		}
		if count != len(p) || hits != want {
			t.Fatalf("%d cases and %d hits of %d and %d", count, hits, len(p), want)
		}
	})
}
