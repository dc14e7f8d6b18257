package survival

import (
	"fmt"
	"math"
)

// product is where a product integral stands: the matrix so far and, for each of its
// rows, the covariance of that row's elements (n*n floats).
type product struct {
	n    int
	p    []float64
	rows [][]float64
}

func newProduct(n int) *product {
	w := &product{n: n, p: make([]float64, n*n), rows: make([][]float64, n)}
	for s := range n {
		w.p[s*n+s] = 1
		w.rows[s] = make([]float64, n*n)
	}
	return w
}

// pass multiplies by I + dA of one jump.
func (w *product) pass(j Jump) error {
	n := w.n
	move, noise := make([]float64, n*n), make([][]float64, n)
	for from := range n {
		noise[from] = make([]float64, n*n)
		leave, risk := 0.0, j.AtRisk[from]
		for to, d := range j.Moves[from*n : from*n+n] {
			switch {
			case to == from || d == 0:
				continue
			case !(d > 0 && d <= risk*(1+1e-12)):
				return fmt.Errorf("at %v: %v move from state %d to %d, %v are at risk", j.Time, d, from, to, risk)
			}
			move[from*n+to] = d / risk
			leave += d / risk
		}
		if leave > 1+1e-12 {
			return fmt.Errorf("at %v: more than all of state %d leave it", j.Time, from)
		}
		move[from*n+from] = math.Max(0, 1-leave)
		if leave > 0 {
			multinomial(noise[from], move[from*n:from*n+n], risk)
		}
	}
	for h, covariance := range w.rows {
		next := sandwich(covariance, move, n)
		for m := range n {
			share := w.p[h*n+m] * w.p[h*n+m]
			for k := range next {
				next[k] += share * noise[m][k]
			}
		}
		w.rows[h] = next
	}
	w.p = times(w.p, move, n)
	return nil
}

// multinomial is the covariance of the shares of count draws with these probabilities.
func multinomial(into, share []float64, count float64) {
	n := len(share)
	for a := range n {
		for b := range n {
			into[a*n+b] = -share[a] * share[b] / count
		}
		into[a*n+a] += share[a] / count
	}
}

// sandwich is Mᵀ C M.
func sandwich(c, m []float64, n int) []float64 {
	right := times(c, m, n)
	out := make([]float64, n*n)
	for a := range n {
		for i := range n {
			for k := range n {
				out[i*n+k] += m[a*n+i] * right[a*n+k]
			}
		}
	}
	return out
}

func times(a, b []float64, n int) []float64 {
	out := make([]float64, n*n)
	for i := range n {
		for k := range n {
			for j := range n {
				out[i*n+j] += a[i*n+k] * b[k*n+j]
			}
		}
	}
	return out
}

func (w *product) matrices() (p, errors []float64) {
	n := w.n
	errors = make([]float64, n*n)
	for h := range n {
		for j := range n {
			errors[h*n+j] = math.Sqrt(math.Max(0, w.rows[h][j*n+j]))
		}
	}
	return w.p, errors
}
