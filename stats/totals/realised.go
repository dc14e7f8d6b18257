package totals

import (
	"errors"
	"math"
)

// Realised is a forecast whose period has ended: the chances that were given, in which
// part, and whether they came true.
type Realised struct {
	Tree   Tree
	Part   []int
	Chance []float64
	Came   []bool
	// Weight is how much of a whole period it adds to those learnt before: 1 for one that
	// follows them, a quarter for one that shares three quarters of its days with the last.
	Weight float64
}

// share is what came of one part, and what its chances come to at every shift.
type share struct {
	came     float64
	fits     density // logarithm of the likelihood of what came
	mean     density
	variance density
	third    density // third central moment
	product  density // of 1 + odds, of as many chances as pending says
	pending  int
}

// shares sorts the items into their parts, and works out each part's own.
func (r *Realised) shares() ([]share, error) {
	if err := r.Tree.check(); err != nil {
		return nil, err
	}
	if len(r.Part) != len(r.Chance) || len(r.Came) != len(r.Chance) {
		return nil, errors.New("a realised forecast has not as many parts and ends as chances")
	}
	if !(r.Weight > 0 && r.Weight <= 1) {
		return nil, errors.New("a realised forecast has no weight in 0 to 1")
	}
	list := make([]share, len(r.Tree))
	var shift density
	for i := range shift {
		shift[i] = math.Exp(place(i))
	}
	for n, chance := range r.Chance {
		if err := r.Tree.has(r.Part[n], chance); err != nil {
			return nil, err
		}
		s := &list[r.Part[n]]
		s.add(odds(chance), &shift)
		if r.Came[n] {
			s.came++
		}
	}
	for g := range list {
		list[g].settle()
	}
	return list, nil
}

// add takes one chance in.
func (s *share) add(odds float64, shift *density) {
	if s.pending == 0 {
		for i := range s.product {
			s.product[i] = 1
		}
	}
	for i, f := range shift {
		x := odds * f
		p := x / (1 + x)
		v := p * (1 - p)
		s.mean[i] += p
		s.variance[i] += v
		s.third[i] += v * (1 - 2*p)
		s.product[i] *= 1 + x
	}
	if s.pending++; s.pending == 32 { // none is above 2e7
		s.flush()
	}
}

func (s *share) flush() {
	for i := range s.fits {
		if s.pending > 0 {
			s.fits[i] -= math.Log(s.product[i])
		}
	}
	s.pending = 0
}

// settle makes the likelihood. That k of the chances come true after a shift d has the
// probability e^(d k) C / product of (1 + odds e^d), where C does not depend on d (Rasch
// 1960): so it is exact, however many chances there are.
func (s *share) settle() {
	s.flush()
	for i := range s.fits {
		s.fits[i] += s.came * place(i)
	}
}
