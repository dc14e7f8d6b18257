package counts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Week is how many came in one week (or any stretch) in one group: Exposure is its
// length in weeks, Season the part of the year it lies in. Both count from 0.
type Week struct {
	Group, Season   int
	Count, Exposure float64
}

// Arrivals is what past weeks say of weeks to come: a rate per group and week, factors
// of the seasons around 1, and how much weeks scatter beyond chance.
type Arrivals struct {
	Groups  []Gamma   // knowledge of each group's rate in an average season
	Seasons []float64 // factor of each season; 1 where nothing is known of it
	Size    float64   // a week's count has variance mean + mean²/Size; infinite: chance alone
	Prior   Gamma     // of the groups' rates
}

// Learn fits counts as Poisson with mean rate(group) times factor(season) times exposure:
// rates are drawn to what groups have in common (Shrink), factors to 1 as if each season
// had been seen with as many events more as fit best, by turns until both stand still. Then
// the scatter of weeks is taken from squared misses (Pearson; moments). Source: the
// Gamma-Poisson model of Efron & Morris 1975, in both directions of a table.
//
// It fails where a week is not one: a group or season that there is not, a negative or
// infinite count, an exposure that is not positive.
func Learn(weeks []Week, groups, seasons int) (*Arrivals, error) {
	for i, w := range weeks {
		if min(w.Group, w.Season) < 0 || w.Group >= groups || w.Season >= seasons || !(w.Count >= 0) || !(w.Exposure > 0) || math.IsInf(w.Count+w.Exposure, 0) {
			return nil, fmt.Errorf("week %d is none: %+v of %d groups and %d seasons", i, w, groups, seasons)
		}
	}
	a := &Arrivals{Groups: make([]Gamma, groups), Seasons: make([]float64, seasons)}
	for s := range a.Seasons {
		a.Seasons[s] = 1
	}
	weeks = slices.Clone(weeks)
	slices.SortFunc(weeks, func(a, b Week) int { // sums do not depend on the order given
		return cmp.Or(a.Group-b.Group, a.Season-b.Season, cmp.Compare(a.Count, b.Count), cmp.Compare(a.Exposure, b.Exposure))
	})
	for range 200 {
		events, exposure := make([]float64, groups), make([]float64, groups)
		for _, w := range weeks {
			events[w.Group] += w.Count
			exposure[w.Group] += w.Exposure * a.Seasons[w.Season]
		}
		var err error
		if a.Prior, err = Shrink(events, exposure); err != nil {
			return nil, err
		}
		for g := range groups {
			a.Groups[g] = a.Prior.After(events[g], exposure[g])
		}
		if a.turn(weeks) < 1e-9 {
			break
		}
	}
	a.Size = a.scatter(weeks)
	return a, nil
}

// turn takes the seasons' factors anew from the groups' rates, and gives the largest change.
func (a *Arrivals) turn(weeks []Week) float64 {
	events, expected := make([]float64, len(a.Seasons)), make([]float64, len(a.Seasons))
	for _, w := range weeks {
		events[w.Season] += w.Count
		if rate, known := a.Groups[w.Group].Mean(); known {
			expected[w.Season] += rate * w.Exposure
		}
	}
	worth := func(logShape float64) float64 {
		sum, shape := 0.0, math.Exp(logShape)
		for s, e := range expected {
			if e > 0 {
				sum += marginal([]group{{events[s], e}}, shape, 1)
			}
		}
		return sum
	}
	shape := math.Exp(highest(worth, 0, math.Log(Alike)))
	change := 0.0
	for s, e := range expected {
		factor := (shape + events[s]) / (shape + e)
		change = math.Max(change, math.Abs(factor-a.Seasons[s]))
		a.Seasons[s] = factor
	}
	return change
}

// scatter is the Size with sum (y - m)² = sum (m + m²/Size); infinite where weeks
// scatter no more than chance lets them.
func (a *Arrivals) scatter(weeks []Week) float64 {
	squares, beyond := 0.0, 0.0
	for _, w := range weeks {
		if rate, known := a.Groups[w.Group].Mean(); known {
			m := rate * w.Exposure * a.Seasons[w.Season]
			beyond += (w.Count-m)*(w.Count-m) - m
			squares += m * m
		}
	}
	if !(beyond > 0) {
		return math.Inf(1)
	}
	return squares / beyond
}

// Predict is the distribution of the count of one week to come. Its variance adds up
// what is unknown of the group's rate, the scatter of weeks, and chance, as a negative
// binomial of that mean and variance. Weeks share the unknown rate: several are not
// independent; draw a rate from Groups first, then weeks with WeekAt. It fails where nothing
// is known of the group.
func (a *Arrivals) Predict(w Week) (*Distribution, error) {
	rate, known := a.Groups[w.Group].Mean()
	if !known {
		return nil, fmt.Errorf("nothing is known of group %d", w.Group)
	}
	unsure := (1+1/a.Size)*(1+1/a.Groups[w.Group].Shape) - 1
	return NegativeBinomial(rate*w.Exposure*a.Seasons[w.Season], 1/unsure)
}

// WeekAt is the distribution of one week's count where the group's rate is known.
func (a *Arrivals) WeekAt(rate float64, w Week) (*Distribution, error) {
	return NegativeBinomial(rate*w.Exposure*a.Seasons[w.Season], a.Size)
}
