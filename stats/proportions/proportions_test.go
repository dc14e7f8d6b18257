package proportions

import (
	"math"
	"testing"
)

func TestWilson(t *testing.T) {
	// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3, 95%.
	for _, c := range []struct {
		hits, n   int
		low, high float64
	}{{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}} {
		low, high, ok := Wilson(c.hits, c.n, Z95)
		if !ok || math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.hits, c.n, low, high, c.low, c.high)
		}
	}
	// R: prop.test(15, 148, correct = FALSE)$conf.int, 17 digits.
	if low, high, _ := Wilson(15, 148, Z95); math.Abs(low-0.062386399530736283) > 1e-12 || math.Abs(high-0.160487241723308) > 1e-12 {
		t.Errorf("15 of 148: %.17g to %.17g", low, high)
	}
	for _, c := range [][2]int{{0, 0}, {-1, 3}, {4, 3}, {0, -1}} {
		if _, _, ok := Wilson(c[0], c[1], Z95); ok {
			t.Errorf("an interval of %d of %d is defined", c[0], c[1])
		}
	}
	if _, _, ok := Wilson(1, 2, math.NaN()); ok {
		t.Error("an interval at no number of deviations is defined")
	}
}

func TestLogit(t *testing.T) {
	for _, p := range []float64{.001, .3, .5, .999} {
		if got := Logistic(Logit(p)); math.Abs(got-p) > 1e-15 {
			t.Errorf("%v comes back as %v", p, got)
		}
	}
	if Logit(0) != Logit(Clip) || Logit(1) != Logit(1-Clip) {
		t.Error("the ends are not clipped")
	}
}
