// Package linear solves the systems of equations that fits come down to: dense,
// symmetric and positive definite, some hundreds of unknowns.
//
// A matrix of order n is n*n floats, row after row; of a symmetric one only the
// lower triangle (row >= column) is read. The work is gonum's LAPACK. It splits a
// product over the cores by blocks of the result, and sums each block by itself in
// a fixed order, so that one program gives the same bytes on any number of cores.
//
// What goes in must be finite; what comes out then is, unless numbers beyond 1e300
// are asked for. Slices of the wrong length panic: that is a fault of the caller.
package linear

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// ErrNotPositive says that a matrix has no Cholesky factor that could be trusted: it
// is not positive definite, or so near to singular that rounding decides.
var ErrNotPositive = errors.New("the matrix is not positive definite")

// Factor is the lower triangular L with L Lᵀ = A.
type Factor struct {
	lower blas64.Triangular
}

// Cholesky factors the symmetric matrix A in place: a, of n*n floats, belongs to the
// factor afterwards (its strict upper triangle is neither read nor written). It fails
// with ErrNotPositive where a pivot, the part of a diagonal element that the columns
// before leave over, is not above n*2^-52 of that element, and where anything in the
// lower triangle is NaN or infinite. Time n^3/3. Source: Golub & Van Loan 2013, 4.2.
func Cholesky(a []float64, n int) (*Factor, error) {
	mustHave(a, n*n)
	scale := make([]float64, n)
	for i := range n {
		for _, v := range a[i*n : i*n+i+1] {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("%w: row %d holds a value that is not finite", ErrNotPositive, i)
			}
		}
		scale[i] = a[i*n+i]
	}
	stride := max(1, n)
	lower, ok := lapack64.Potrf(blas64.Symmetric{Uplo: blas.Lower, N: n, Data: a, Stride: stride})
	if !ok {
		return nil, ErrNotPositive
	}
	for i := range n {
		if pivot := a[i*n+i] * a[i*n+i]; !(pivot > float64(n)*0x1p-52*scale[i]) {
			return nil, fmt.Errorf("%w: row %d depends on those before it", ErrNotPositive, i)
		}
	}
	return &Factor{lower: lower}, nil
}

// Order is the number of rows of A.
func (f *Factor) Order() int { return f.lower.N }

// Solve replaces b, of n floats, by the x with A x = b. Time 2 n^2.
func (f *Factor) Solve(b []float64) {
	f.Whiten(b)
	f.Color(b)
}

// Whiten replaces b by the x with L x = b. Where A is a covariance, x has unit
// variances and no correlations; where x = L⁻¹ g, the sum of its squares is gᵀ A⁻¹ g.
func (f *Factor) Whiten(b []float64) { f.half(blas.NoTrans, b) }

// Color replaces b by the x with Lᵀ x = b: of independent standard normal b it makes
// normal x with covariance A⁻¹, which is how one draws from the posterior whose
// Hessian is A.
func (f *Factor) Color(b []float64) { f.half(blas.Trans, b) }

func (f *Factor) half(side blas.Transpose, b []float64) {
	mustHave(b, f.lower.N)
	if len(b) > 0 {
		blas64.Trsv(side, f.lower, blas64.Vector{N: len(b), Data: b, Inc: 1})
	}
}

// Inverse is A⁻¹, whole (n*n floats, exactly symmetric); the factor stays as it is.
// Time 2/3 n^3.
func (f *Factor) Inverse() []float64 {
	n := f.lower.N
	inverse := make([]float64, n*n)
	copy(inverse, f.lower.Data)
	lower := f.lower
	lower.Data = inverse
	lapack64.Potri(lower) // fails only where a pivot is zero, which Cholesky has refused
	for i := range n {
		for j := range i {
			inverse[j*n+i] = inverse[i*n+j]
		}
	}
	return inverse
}

// Diagonal is the diagonal of A⁻¹, for half of what the whole takes: the sums of squares of
// the columns of L⁻¹. Time n^3/3.
func (f *Factor) Diagonal() []float64 {
	n := f.lower.N
	half := f.lower
	half.Data = make([]float64, n*n)
	copy(half.Data, f.lower.Data)
	lapack64.Trtri(half) // fails only where a pivot is zero, which Cholesky has refused
	diagonal := make([]float64, n)
	for i := range n {
		for j, v := range half.Data[i*n : i*n+i+1] {
			diagonal[j] += v * v
		}
	}
	return diagonal
}

// LogDeterminant is log |A| = 2 sum log L_ii.
func (f *Factor) LogDeterminant() float64 {
	sum := 0.0
	for i := range f.lower.N {
		sum += math.Log(f.lower.Data[i*f.lower.Stride+i])
	}
	return 2 * sum
}

func mustHave(values []float64, count int) {
	if len(values) != count {
		panic(fmt.Sprintf("linear: %d values where %d belong", len(values), count))
	}
}
