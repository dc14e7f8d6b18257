// Package survival tells from spells of waiting, of which many are not over yet, how
// likely each way of ending is by each day: the share of deals won, lost or ended
// otherwise within so many days, with how sure that is.
//
// Times are floats in the caller's unit (days). Someone is at risk in (Entry, Exit]:
// an ending at t counts those who enter before t and leave at t or later, so that who
// is censored at t was still at risk at t. Curves step at the times at which something
// ended, and are right-continuous: their value at t includes t.
//
// Rows may come in any order: they are put in an order of their own, and the number at
// risk is summed with the rounding carried along, so that the same rows give the same
// bytes, whatever their order and the number of cores.
package survival

import (
	"fmt"
	"math"
)

// Spell is one wait. Entry is when it came under observation (left truncation; take
// negative infinity for "from the beginning", which lets it end at 0), Exit when it
// ended or was last seen, Cause what it ended by, from 1; 0 is "not over yet"
// (censored). A weight counts like that many equal rows.
type Spell struct {
	Entry, Exit float64
	Cause       int
	Weight      float64
}

// Curves is what AalenJohansen finds: the times at which anything ended, the weight at
// risk just before each, the share that is still waiting, and per cause (cause 1 first)
// the share that has ended by it. Survival plus all incidences is 1.
type Curves struct {
	Times     []float64
	AtRisk    []float64
	Survival  Step
	Incidence []Step
	// Stuck says that at some time all who were at risk had ended while others came
	// under observation later. The product is 0 from there on and learns nothing from
	// the others: cut the early spells off, and ask from a later start.
	Stuck bool
}

// AalenJohansen estimates the shares that have ended by each of so many causes, by
//
//	S(t) = prod_{u<=t} (1 - d(u)/r(u)),   F_c(t) = sum_{u<=t} S(u-) d_c(u)/r(u)
//
// with d_c(u) the weight ending by c at u, d their sum and r(u) the weight at risk.
// Standard errors are of the Greenwood type: the endings at one time are multinomial
// among those at risk, and their covariance is carried through the product (Andersen,
// Borgan, Gill & Keiding 1993, IV.4; Allignol, Schumacher & Beyersmann 2010 advise it
// over Aalen's where entries are late). A weight counts as a frequency in them. Source of
// the estimator: Aalen & Johansen 1978.
//
// It fails where a row is not a spell: Entry not before Exit, a time or a weight that is
// not a number, a negative weight, a cause outside 0 to causes. Of no spells it makes
// curves without steps, known nowhere.
func AalenJohansen(spells []Spell, causes int) (*Curves, error) {
	rows := make([]row, 0, len(spells))
	for i, s := range spells {
		if s.Cause < 0 || s.Cause > causes {
			return nil, fmt.Errorf("spell %d: the cause %d is not in 0 to %d", i, s.Cause, causes)
		}
		rows = append(rows, row{entry: s.Entry, exit: s.Exit, to: s.Cause - 1, weight: s.Weight})
	}
	if err := check(rows); err != nil {
		return nil, err
	}
	c := &Curves{Survival: Step{Start: 1}, Incidence: make([]Step, causes)}
	now := waiting{open: 1, shares: make([]float64, causes), with: make([]float64, causes), spread: make([]float64, causes)}
	end := sweep(rows, 1, causes, func(time float64, atRisk, moves []float64) {
		c.Stuck = c.Stuck || now.open == 0
		now.pass(atRisk[0], moves)
		c.Times, c.AtRisk = append(c.Times, time), append(c.AtRisk, atRisk[0])
		c.Survival.add(now.open, now.openSpread)
		for k := range c.Incidence {
			c.Incidence[k].add(now.shares[k], now.spread[k])
		}
	})
	c.Survival.Times, c.Survival.End = c.Times, end
	for k := range c.Incidence {
		c.Incidence[k].Times, c.Incidence[k].End = c.Times, end
	}
	return c, nil
}

// KaplanMeier estimates the share that is still waiting, whatever the cause: the special
// case of one cause, with Greenwood's standard error. It fails as AalenJohansen does.
func KaplanMeier(spells []Spell) (*Curves, error) {
	all := make([]Spell, len(spells))
	for i, s := range spells {
		if s.Cause > 0 {
			s.Cause = 1
		}
		all[i] = s
	}
	return AalenJohansen(all, 1)
}

// waiting is where the product stands: the share still open, the shares ended, and their
// variances; with[c] is the covariance of open and shares[c].
type waiting struct {
	open, openSpread     float64
	shares, spread, with []float64
}

// pass takes the product over one time at which moves[c] of atRisk ended by c.
func (w *waiting) pass(atRisk float64, moves []float64) {
	all := 0.0
	for _, d := range moves {
		all += d / atRisk
	}
	stay := math.Max(0, 1-all)
	fresh := w.open * w.open / atRisk // times the multinomial covariance of one
	for c, d := range moves {
		h := d / atRisk
		w.spread[c] += h*(2*w.with[c]+h*w.openSpread) + fresh*h*(1-h)
		w.with[c] = stay * (w.with[c] + h*w.openSpread - fresh*h)
		w.shares[c] += w.open * h
	}
	w.openSpread = stay*stay*w.openSpread + fresh*stay*(1-stay)
	w.open *= stay
}
