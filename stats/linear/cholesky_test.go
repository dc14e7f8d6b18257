package linear

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// gram is X Xᵀ + I of plain pseudo-random X in [-1/2, 1/2): positive definite.
func gram(n int, seed uint64) *Symmetric {
	x := make([]float64, n*n)
	for i := range x {
		seed = seed*6364136223846793005 + 1442695040888963407
		x[i] = float64(seed>>11)/(1<<53) - .5
	}
	s := NewSymmetric(n)
	for i := range n {
		for j := range i + 1 {
			sum := 0.0
			for k := range n {
				sum += x[i*n+k] * x[j*n+k]
			}
			s.Add(j, i, sum)
		}
		s.Add(i, i, 1)
	}
	return s
}

func factored(t testing.TB, s *Symmetric) *Factor {
	t.Helper()
	f, err := s.Factor()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestThreeByHand(t *testing.T) {
	// L = [2 0 0; 6 1 0; -8 5 3] by hand, so |A| = 36.
	f, err := Cholesky([]float64{4, 99, 99, 12, 37, 99, -16, -43, 98}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.LogDeterminant(); math.Abs(got-math.Log(36)) > 1e-13 {
		t.Errorf("log determinant %v, want log 36", got)
	}
	x := []float64{4 + 24 - 48, 12 + 74 - 129, -16 - 86 + 294} // A (1, 2, 3)
	f.Solve(x)
	want := []float64{1, 2, 3}
	for i := range x {
		if math.Abs(x[i]-want[i]) > 1e-11 {
			t.Errorf("solution %v, want %v", x, want)
		}
	}
	w := []float64{2, 7, 0}
	f.Whiten(w) // L w = b by hand: 1, 1, (8-5)/3
	if !slices.Equal(w, []float64{1, 1, 1}) {
		t.Errorf("L⁻¹ b = %v, want 1 1 1", w)
	}
}

func TestSolvesAndInverts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 90).Draw(t, "n")
		s := gram(n, rapid.Uint64().Draw(t, "seed"))
		f, err := s.Factor()
		if err != nil {
			t.Fatal(err)
		}
		b := make([]float64, n)
		for i := range b {
			b[i] = float64(i%7) - 3
		}
		x := slices.Clone(b)
		f.Solve(x)
		inverse, diagonal := f.Inverse(), f.Diagonal()
		for i := range n {
			if v := inverse[i*n+i]; math.Abs(diagonal[i]-v) > 1e-12*v {
				t.Fatalf("element %d of the diagonal is %v, in the inverse %v", i, diagonal[i], v)
			}
			row, by := 0.0, 0.0
			for j := range n {
				row += s.At(i, j) * x[j]
				by += inverse[i*n+j] * b[j]
				if inverse[i*n+j] != inverse[j*n+i] {
					t.Fatalf("the inverse is not symmetric at %d, %d", i, j)
				}
			}
			if math.Abs(row-b[i]) > 1e-10 || math.Abs(by-x[i]) > 1e-10 {
				t.Fatalf("row %d: A x = %v, want %v; A⁻¹ b = %v, want %v", i, row, b[i], by, x[i])
			}
		}
		f.Whiten(b)
		f.Color(b)
		if !slices.Equal(b, x) {
			t.Fatal("the two halves do not make the whole")
		}
	})
}

func TestRefuses(t *testing.T) {
	for name, a := range map[string][]float64{
		"negative": {1, 0, 2, 1}, "zero": {0, 0, 0, 1}, "dependent": {1, 0, 1, 1},
		"nearly dependent": {1, 0, 1, 1 + 0x1p-52}, "not a number": {1, 0, math.NaN(), 1}, "infinite": {1, 0, 0, math.Inf(1)},
	} {
		if _, err := Cholesky(a, 2); !errors.Is(err, ErrNotPositive) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A matrix is not refused for its unit: 1e-200 is as good as 1.
	if _, err := Cholesky([]float64{1e-200, 0, 0, 1e100}, 2); err != nil {
		t.Error(err)
	}
	if f, err := Cholesky(nil, 0); err != nil || f.LogDeterminant() != 0 || len(f.Inverse()) != 0 {
		t.Errorf("nothing at all: %v", err)
	}
}

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	s := gram(200, 5)
	var first []float64
	for _, cores := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(cores)
		f := factored(t, s)
		b := slices.Clone(s.Values[:s.N])
		f.Solve(b)
		all := append(append(append(b, f.Inverse()...), f.Diagonal()...), f.LogDeterminant())
		if first == nil {
			first = all
		}
		for i, v := range all {
			if math.Float64bits(v) != math.Float64bits(first[i]) {
				t.Fatalf("%d cores: value %d is %v, on one core %v", cores, i, v, first[i])
			}
		}
	}
}

func BenchmarkFactorAndInvert600(b *testing.B) {
	s := gram(600, 5)
	for b.Loop() {
		factored(b, s).Inverse()
	}
}
