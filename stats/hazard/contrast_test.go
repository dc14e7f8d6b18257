package hazard

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The variance of a sum is that of the whole covariance, and before there are rows that of
// the priors.
func TestVarianceOfASum(t *testing.T) {
	s := readStudy(t)
	shape := Shape{Intervals: 4,
		Fixed:  []Block{{Name: "level", Levels: 1, SD: .5}, {Name: "early", Levels: 2, SD: .7, Base: true}, {Name: "place", Levels: 3, SD: .35}},
		Moving: []Block{{Name: "offset", Levels: 4, Mean: make([]float64, 12)}, {Name: "interval", Levels: 4, SD: .5}},
		Tracks: [][]uint16{{0, 0, 1, 1, 2, 2, 3, 3}}}
	rows := &Rows{Seen: s.rows.Seen, Cause: s.rows.Cause}
	for i := range s.rows.Len() {
		rows.Fixed = append(rows.Fixed, 0, uint16(i%2), uint16(i%3))
		rows.Track = append(rows.Track, 0)
	}
	fit, err := Estimate(shape, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	empty, err := Estimate(shape, &Rows{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	covariance, r := fit.Covariance(), rand.New(rand.NewPCG(1, 2))
	n := len(fit.Theta)
	for range 20 {
		c, want := make([]float64, n), 0.0
		for i := range c {
			c[i] = r.NormFloat64()
		}
		for i := range c {
			for j := range c {
				want += c[i] * c[j] * covariance[i*n+j]
			}
		}
		if got := fit.Variance(c); math.Abs(got-want) > 1e-10*want {
			t.Errorf("the variance is %v, by the covariance %v", got, want)
		}
		if got, prior := empty.Variance(c), shape.PriorVariance(c); math.Abs(got-prior) > 1e-10*prior {
			t.Errorf("without rows the variance is %v, of the priors %v", got, prior)
		}
		if fit.Variance(c) >= shape.PriorVariance(c) {
			t.Error("rows made a sum less certain")
		}
	}
	for block, want := range []int{0, 3, 9, 18, 30} {
		if got := shape.First(block, 0); got != want || shape.First(block, 1) != want+3 {
			t.Errorf("block %d begins at %d, want %d", block, got, want)
		}
	}
}
