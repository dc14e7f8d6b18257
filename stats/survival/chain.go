package survival

import (
	"fmt"
	"math"
)

// Sojourn is a stay in one state of a model of several: in From during (Entry, Exit],
// then in To. To equal to From says that it was still there when last seen (censored).
// States count from 0; one who was in three states has three rows.
type Sojourn struct {
	From, To    int
	Entry, Exit float64
	Weight      float64
}

// Jump is what happened at one time in a model of n states: the weight at risk in each
// state just before, n floats, and the weight of each move, n*n floats by From*n + To.
type Jump struct {
	Time   float64
	AtRisk []float64
	Moves  []float64
}

// Jumps counts the moves of sojourns in a model of so many states, in order of time. It
// fails where a row is not a sojourn: Entry not before Exit, times or weights that are
// no numbers or negative weights, a state that there is not.
func Jumps(sojourns []Sojourn, states int) ([]Jump, error) {
	rows := make([]row, 0, len(sojourns))
	for i, s := range sojourns {
		if min(s.From, s.To) < 0 || max(s.From, s.To) >= states {
			return nil, fmt.Errorf("sojourn %d: from state %d to state %d of %d", i, s.From, s.To, states)
		}
		r := row{entry: s.Entry, exit: s.Exit, weight: s.Weight, from: s.From, to: s.To}
		if s.To == s.From {
			r.to = -1
		}
		rows = append(rows, r)
	}
	if err := check(rows); err != nil {
		return nil, err
	}
	var jumps []Jump
	sweep(rows, states, states, func(time float64, atRisk, moves []float64) {
		jumps = append(jumps, Jump{time, append([]float64(nil), atRisk...), append([]float64(nil), moves...)})
	})
	return jumps, nil
}

// Chain is the matrix of transition probabilities from a start to each later time, a
// step function: P[i], of States*States floats by from*States + to, holds from Times[i]
// on, with the standard errors Errors[i] in the same places. Its rows sum to 1.
type Chain struct {
	States    int
	Times     []float64
	P, Errors [][]float64
}

// ProductIntegral is the Aalen-Johansen estimator of a Markov model of several states,
//
//	P(start, t) = prod_{start < u <= t} (I + dA(u)),
//
// dA holding the moves over those at risk, and minus their sum on the diagonal. Standard
// errors are of the Greenwood type, as in AalenJohansen. Jumps are in order of time;
// those at or before start are passed over. Time states^3 per row and jump. Source:
// Aalen & Johansen 1978; Andersen et al. 1993, IV.4.
//
// It fails where jumps are out of order or of the wrong shape, or where more move than
// are at risk.
func ProductIntegral(jumps []Jump, states int, start float64) (*Chain, error) {
	c := &Chain{States: states}
	now := newProduct(states)
	last := math.Inf(-1)
	for i, j := range jumps {
		if !(j.Time > last) || len(j.AtRisk) != states || len(j.Moves) != states*states {
			return nil, fmt.Errorf("jump %d, at %v: out of order, or not of %d states", i, j.Time, states)
		}
		last = j.Time
		if j.Time <= start {
			continue
		}
		if err := now.pass(j); err != nil {
			return nil, err
		}
		p, errors := now.matrices()
		c.Times, c.P, c.Errors = append(c.Times, j.Time), append(c.P, p), append(c.Errors, errors)
	}
	return c, nil
}

// At is the matrix at t and its standard errors: before the first time the identity and
// zeros. The slices belong to the chain.
func (c *Chain) At(t float64) (p, errors []float64) {
	if i := before(c.Times, t); i > 0 {
		return c.P[i-1], c.Errors[i-1]
	}
	p = make([]float64, c.States*c.States)
	for s := range c.States {
		p[s*c.States+s] = 1
	}
	return p, make([]float64, c.States*c.States)
}
