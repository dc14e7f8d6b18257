// Package hazard fits how likely something is to end in each of a row of intervals, and
// by which of three causes, from what was known of it at the beginning (a landmark).
//
// The model is the multinomial logit of discrete-time competing risks (Tutz & Schmid
// 2016, chapter 8) on landmark rows (van Houwelingen & Putter 2012): for subject i in
// interval k and cause c,
//
//	eta_ikc = sum over blocks of theta_c[level of i, k in the block]
//	h_ikc   = exp(eta_ikc) / (1 + sum_c' exp(eta_ikc'))
//
// Everything known is a level of a categorical block. Blocks are fixed (known at the
// landmark) or moving (different in each interval: the interval itself, a clock that
// runs on). Each level has one coefficient per cause, with a Gaussian prior whose mean is
// what is assumed before any data: with no data the model is its reference, with much
// data it is the data's.
package hazard

import (
	"fmt"
	"math"
)

// Causes is how many ways there are to end.
const Causes = 3

// pairs is the number of elements of a symmetric matrix by cause.
const pairs = Causes * (Causes + 1) / 2

// Block is a categorical feature.
type Block struct {
	Name   string
	Levels int
	// SD is the standard deviation of the prior, in logits. 0 fixes the block at its
	// means; +Inf leaves it without a prior.
	SD float64
	// Most is above 0 where the rows shall teach the deviation, by empirical Bayes: it begins
	// at SD, and does not go beyond this.
	Most float64
	// Base fixes the first level at its mean, so that the others are told from it: needed
	// where there is no prior.
	Base bool
	// Mean is the prior's mean by level, then cause (Levels x Causes); nil is 0.
	Mean []float64
}

// Shape says what a model is made of.
type Shape struct {
	Fixed, Moving []Block
	Intervals     int
	// Tracks gives, for each way through the intervals, the levels of the moving blocks:
	// Tracks[t][k*len(Moving)+m].
	Tracks [][]uint16
}

// levels is how many levels all blocks have together; the fixed ones come first.
func (s *Shape) levels() (fixed, all int) {
	for _, b := range s.Fixed {
		fixed += b.Levels
	}
	all = fixed
	for _, b := range s.Moving {
		all += b.Levels
	}
	return fixed, all
}

// blocks are all of them, in the order of their coefficients.
func (s *Shape) blocks() (list []*Block) {
	for i := range s.Fixed {
		list = append(list, &s.Fixed[i])
	}
	for i := range s.Moving {
		list = append(list, &s.Moving[i])
	}
	return list
}

// prior lists the mean of every coefficient and its precision: 0 for none, +Inf for one
// that is fixed.
func (s *Shape) prior() (mean, precision []float64) {
	for _, b := range s.blocks() {
		for i := range b.Levels * Causes {
			m := 0.0
			if b.Mean != nil {
				m = b.Mean[i]
			}
			p := 1 / (b.SD * b.SD)
			if b.Base && i < Causes {
				p = math.Inf(1)
			}
			mean, precision = append(mean, m), append(precision, p)
		}
	}
	return mean, precision
}

// Rows are what was observed, by subject: a landmark and what came after it.
type Rows struct {
	Fixed  []uint16  // level in each fixed block: Fixed[i*len(Shape.Fixed)+f]
	Track  []uint16  // which of the tracks it goes
	Seen   []uint8   // how many intervals were observed, the one in which it ended included
	Cause  []uint8   // 0 if it had not ended by then, else 1 to Causes
	Weight []float64 // of the subject; nil is 1
	// Cluster tells of each row which others it goes with (the days of one deal), which stand
	// beside it; nil where each stands alone.
	Cluster []int32
}

// Len is the number of subjects.
func (r *Rows) Len() int { return len(r.Track) }

// check refuses rows that do not fit a shape.
func (s *Shape) check(r *Rows) error {
	n := r.Len()
	if len(r.Fixed) != n*len(s.Fixed) || len(r.Seen) != n || len(r.Cause) != n || r.Weight != nil && len(r.Weight) != n || r.Cluster != nil && len(r.Cluster) != n {
		return fmt.Errorf("hazard: columns of different lengths for %d rows", n)
	}
	for i := range n {
		if int(r.Seen[i]) > s.Intervals || r.Cause[i] > Causes || int(r.Track[i]) >= len(s.Tracks) || r.Cause[i] > 0 && r.Seen[i] == 0 {
			return fmt.Errorf("hazard: row %d does not fit: %d intervals, cause %d, track %d", i, r.Seen[i], r.Cause[i], r.Track[i])
		}
		for f, b := range s.Fixed {
			if int(r.Fixed[i*len(s.Fixed)+f]) >= b.Levels {
				return fmt.Errorf("hazard: row %d is at level %d of %q, which has %d", i, r.Fixed[i*len(s.Fixed)+f], b.Name, b.Levels)
			}
		}
		if r.Weight != nil && !(r.Weight[i] >= 0 && r.Weight[i] < math.Inf(1)) {
			return fmt.Errorf("hazard: row %d has the weight %v", i, r.Weight[i])
		}
	}
	return nil
}
