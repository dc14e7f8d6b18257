package hazard

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// people simulates deals of so many people who differ by a normal deviation, each deal
// seen once over four intervals.
func people(count, deals int, differ float64, r *rand.Rand) (*Rows, Shape) {
	shape := Shape{Intervals: 4, Fixed: []Block{{Name: "level", Levels: 1, SD: 2.5}, {Name: "person", Levels: count + 2, SD: .25, Most: .7}},
		Moving: []Block{{Name: "interval", Levels: 4, SD: 2.5}}, Tracks: [][]uint16{{0, 1, 2, 3}}}
	theta, _ := shape.prior()
	copy(theta, []float64{-2, -1.8, -2.2})
	for i := range count * Causes {
		theta[2*Causes+Causes+i] = differ * r.NormFloat64() // nobody and the rare come first
	}
	m, rows := New(shape, theta), &Rows{}
	for range deals {
		levels := []uint16{0, uint16(2 + r.IntN(count))}
		seen, cause, u := 4, 0, r.Float64()
		for k, h := range m.Append(nil, levels, 0) {
			for c := range h {
				if u -= h[c]; u < 0 && cause == 0 {
					seen, cause = k+1, c+1
				}
			}
			if cause > 0 {
				break
			}
			u = r.Float64()
		}
		rows.Fixed, rows.Track = append(rows.Fixed, levels...), append(rows.Track, 0)
		rows.Seen, rows.Cause = append(rows.Seen, uint8(seen)), append(rows.Cause, uint8(cause))
	}
	return rows, shape
}

// How far people differ is found, between nought and the bound; what is learnt of each
// is nearer the truth then than under a deviation that is assumed.
func TestFullHowFarPeopleDifferIsLearnt(t *testing.T) {
	runs := 100
	if os.Getenv("MILEPOST_TEST_FULL") != "1" {
		runs = 8
	}
	for _, c := range []struct {
		people, deals     int
		differ, low, high float64
	}{{40, 8000, 0, .02, .15}, {40, 8000, .2, .15, .25}, {40, 8000, .45, .38, .52}, {40, 8000, 1.2, .69, .71}, {4, 4000, .3, .17, .42}, {30, 40, .3, .2, .3}} {
		sum := 0.0
		for run := range runs {
			rows, shape := people(c.people, c.deals, c.differ, rand.New(rand.NewPCG(uint64(run), 8)))
			fit, err := Estimate(shape, rows, nil)
			if err != nil {
				t.Fatal(err)
			}
			sum += fit.Fixed[1].SD / float64(runs)
			if shape.Fixed[1].SD != .25 {
				t.Fatal("the shape that was asked for has changed")
			}
		}
		t.Logf("%d people, %d deals, who differ by %.2f: found %.3f in the mean", c.people, c.deals, c.differ, sum)
		if sum < c.low || sum > c.high {
			t.Errorf("people who differ by %.2f: found %.3f, want %.2f to %.2f", c.differ, sum, c.low, c.high)
		}
	}
}

// The rounds come to rest where the EM step does: tau^2 is the mean of b^2 + V, what was
// assumed counted as some more.
func TestLearningComesToRestWhereEMDoes(t *testing.T) {
	rows, shape := people(20, 5000, .4, rand.New(rand.NewPCG(1, 1)))
	fit, err := Estimate(shape, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	v, all := fit.Covariance(), len(fit.Theta)
	sum, n := doubt*.25*.25, float64(doubt)
	for j := fit.First(1, 0); j < fit.First(2, 0); j++ {
		sum, n = sum+fit.Theta[j]*fit.Theta[j]+v[j*all+j], n+1
	}
	if em := math.Sqrt(sum / n); math.Abs(em/fit.Fixed[1].SD-1) > .02 {
		t.Errorf("learnt %.4f, the EM step gives %.4f", fit.Fixed[1].SD, em)
	}
}
