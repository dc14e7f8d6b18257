package proportions

import (
	"testing"

	"pgregory.net/rapid"
)

func TestQuantiles(t *testing.T) {
	values := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for share, want := range map[float64]int{0: 1, .1: 1, .11: 2, .5: 5, .51: 6, .9: 9, .95: 10, 1: 10, -1: 1, 2: 10} {
		if got, ok := Quantile(values, share); !ok || got != want {
			t.Errorf("%v: %d, want %d", share, got, want)
		}
	}
	if _, ok := Quantile([]float64{}, .5); ok {
		t.Error("nothing has a quantile")
	}
}

// It is one of the values, and the smallest that so many do not exceed.
func TestAQuantileIsWhatItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.IntRange(0, 9), 1, 40).Draw(t, "list")
		sorted := append([]int(nil), list...)
		for i := range sorted {
			for j := i; j > 0 && sorted[j] < sorted[j-1]; j-- {
				sorted[j], sorted[j-1] = sorted[j-1], sorted[j]
			}
		}
		share := float64(rapid.IntRange(1, 100).Draw(t, "share")) / 100
		got, _ := Quantile(sorted, share)
		below, upTo := 0.0, 0.0
		for _, v := range sorted {
			if v < got {
				below++
			}
			if v <= got {
				upTo++
			}
		}
		if n := float64(len(sorted)); upTo < share*n-1e-6 || below >= share*n+1e-6 {
			t.Fatalf("%v of %v is said to be %d", share, sorted, got)
		}
	})
}
