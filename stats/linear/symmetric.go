package linear

// Symmetric is a symmetric matrix in the making, such as a Hessian: N*N floats, row
// after row, of which the lower triangle counts.
type Symmetric struct {
	N      int
	Values []float64
}

// NewSymmetric is the matrix of order n that holds zeros.
func NewSymmetric(n int) *Symmetric { return &Symmetric{N: n, Values: make([]float64, n*n)} }

// Add adds v to the element (i, j), which is also (j, i).
func (s *Symmetric) Add(i, j int, v float64) {
	if i < j {
		i, j = j, i
	}
	s.Values[i*s.N+j] += v
}

// At is the element (i, j).
func (s *Symmetric) At(i, j int) float64 {
	if i < j {
		i, j = j, i
	}
	return s.Values[i*s.N+j]
}

// Copy is a second matrix with the same elements.
func (s *Symmetric) Copy() *Symmetric {
	return &Symmetric{N: s.N, Values: append([]float64(nil), s.Values...)}
}

// Factor factors a copy, so that the matrix can be added to afterwards. It fails as
// Cholesky does.
func (s *Symmetric) Factor() (*Factor, error) { return Cholesky(s.Copy().Values, s.N) }
