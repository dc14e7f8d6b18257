package hazard

import (
	"math"
	"math/rand/v2"
	"testing"
)

// repeated tells every row so many times, each time with a weight, as rows of one cluster.
func repeated(rows *Rows, times int, weight float64) *Rows {
	more, blocks := &Rows{}, len(rows.Fixed)/rows.Len()
	for i := range rows.Len() {
		for range times {
			more.Fixed = append(more.Fixed, rows.Fixed[i*blocks:(i+1)*blocks]...)
			more.Track, more.Seen, more.Cause = append(more.Track, rows.Track[i]), append(more.Seen, rows.Seen[i]), append(more.Cause, rows.Cause[i])
			more.Weight, more.Cluster = append(more.Weight, weight), append(more.Cluster, int32(i))
		}
	}
	return more
}

// Telling the same several times, or with less weight, teaches the same of how far people
// differ, and of each of them: the design effect makes up for it.
func TestRepeatingTeachesNothing(t *testing.T) {
	rows, shape := people(20, 4000, .4, rand.New(rand.NewPCG(5, 5)))
	fit := func(r *Rows) *Fit {
		f, err := Estimate(shape, r, nil)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	once := fit(repeated(rows, 1, 1))
	for _, c := range []struct {
		times  int
		weight float64
	}{{4, .25}, {4, .4}, {3, .1}} {
		f := fit(repeated(rows, c.times, c.weight))
		effect := float64(c.times) * c.weight
		if got := f.effects[1] / once.effects[1]; math.Abs(got/effect-1) > .1 {
			t.Errorf("%d times by %v: the design effect is %.3f times that of once", c.times, c.weight, got)
		}
		if got := f.Fixed[1].SD * math.Sqrt(f.effects[1]); math.Abs(got/once.Fixed[1].SD/math.Sqrt(once.effects[1])-1) > .05 {
			t.Errorf("%d times by %v: people differ by %.3f, once by %.3f", c.times, c.weight, got, once.Fixed[1].SD*math.Sqrt(once.effects[1]))
		}
		for j := once.First(1, 2); j < once.First(2, 0); j++ {
			if math.Abs(f.Theta[j]-once.Theta[j]) > .03 {
				t.Errorf("%d times by %v: coefficient %d is %.3f, once %.3f", c.times, c.weight, j, f.Theta[j], once.Theta[j])
			}
		}
	}
	if e := once.effects[1]; e < .8 || e > 1.25 {
		t.Errorf("the design effect of rows that stand alone is %.3f", e)
	}
}

// Errors of a model without priors are the sandwich, and with them are larger.
func TestErrorsAreLargerThanTheSandwich(t *testing.T) {
	rows, shape := people(20, 500, .4, rand.New(rand.NewPCG(5, 6)))
	rows = repeated(rows, 2, .5)
	f, err := Estimate(shape, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	errors, sandwich, alone := f.Errors(rows, rows.Cluster), f.Sandwich(rows, rows.Cluster), f.Covariance()
	all, sum, of := len(f.Theta), 0.0, 0.0
	for j := f.First(1, 2); j < f.First(2, 0); j++ {
		at := j*all + j
		if errors[at] <= sandwich[at] {
			t.Errorf("coefficient %d: %v, the sandwich alone %v", j, errors[at], sandwich[at])
		}
		sum, of = sum+errors[at]/alone[at], of+1
	}
	if mean := sum / of / f.effects[1]; mean < .85 || mean > 1.15 {
		t.Errorf("where rows are weighted as they tell, errors are %.3f times the covariance", mean)
	}
}
