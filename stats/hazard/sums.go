package hazard

import (
	"context"
	"math"
	"runtime"
	"sync"

	"gonum.org/v1/gonum/floats"
)

// parts is in how many parts groups are summed, whatever the number of cores, so that
// the order of the additions, and with it the last bit, is always the same.
const parts = 8

// sums are the log-likelihood of what was observed and its derivatives.
type sums struct {
	logLikelihood float64
	score         []float64 // by coefficient
	curve         []float64 // minus the second derivative: by level, level, pair of causes; the level of the earlier block first
	levels        int
}

// at is an element of minus the second derivative, by coefficient.
func (s *sums) at(i, j int) float64 {
	a, b := i/Causes, j/Causes
	c, d := i%Causes, j%Causes
	if a > b {
		a, b = b, a
	}
	return s.curve[(a*s.levels+b)*pairs+pair(min(c, d), max(c, d))] // symmetric by causes
}

// pair numbers the pairs of causes c <= d.
func pair(c, d int) int { return c*Causes - c*(c-1)/2 + d - c }

// summation adds groups up under one model after another.
type summation struct {
	groups *groups
	adders []*adder
	ctx    context.Context // when it ends the parts that are left are not added up
}

func newSummation(s *Shape, g *groups) *summation {
	sum := &summation{groups: g}
	for range parts {
		sum.adders = append(sum.adders, newAdder(s, g))
	}
	return sum
}

// under gives the sums under a model; they hold until it is called again.
func (s *summation) under(m *Model) *sums {
	var work sync.WaitGroup
	turn := make(chan int, parts)
	for p := range parts {
		turn <- p
	}
	close(turn)
	for range min(runtime.GOMAXPROCS(0), parts) {
		work.Go(func() {
			for p := range turn {
				if s.ctx.Err() != nil {
					continue
				}
				n := len(s.groups.order)
				s.adders[p].add(m, s.groups.order[n*p/parts:n*(p+1)/parts])
			}
		})
	}
	work.Wait()
	whole := &sums{score: make([]float64, len(s.adders[0].sums.score)), curve: make([]float64, len(s.adders[0].curve)), levels: s.adders[0].levels}
	for _, part := range s.adders {
		whole.logLikelihood += part.logLikelihood
		for j, v := range part.sums.score {
			whole.score[j] += v
		}
		for j, v := range part.curve {
			whole.curve[j] += v
		}
	}
	return whole
}

// adder sums one part. What the groups of one track add is kept by interval, in a small
// place, until the track is through: the score by cause, the matrix of two moving levels
// by pair, and of a fixed and a moving one by fixed level too.
type adder struct {
	sums
	groups               *groups
	m                    *Model
	fixed, intervals     int
	score, moving, mixed []float64
	touched              []bool    // fixed levels that the track has met
	by                   []float64 // of one group: the matrix by interval, pair
}

func newAdder(s *Shape, g *groups) *adder {
	fixed, all := s.levels()
	a := &adder{groups: g, fixed: fixed, intervals: s.Intervals, touched: make([]bool, fixed)}
	a.sums = sums{score: make([]float64, all*Causes), curve: make([]float64, all*all*pairs), levels: all}
	a.score = make([]float64, s.Intervals*Causes)
	a.moving, a.by = make([]float64, s.Intervals*pairs), make([]float64, s.Intervals*pairs)
	a.mixed = make([]float64, fixed*s.Intervals*pairs)
	return a
}

func (a *adder) add(m *Model, order []int32) {
	a.m, a.logLikelihood = m, 0
	clear(a.sums.score)
	clear(a.curve)
	for from := 0; from < len(order); {
		track := a.groups.track[order[from]]
		until := from
		for ; until < len(order) && a.groups.track[order[until]] == track; until++ {
			a.group(int(order[until]))
		}
		a.fold(track)
		from = until
	}
}

// group adds one group: its intervals first, then what they come to for the levels that
// stay the same in all of them.
func (a *adder) group(i int) {
	n, seen := len(a.m.Fixed), int(a.groups.seen[i])
	levels := a.groups.fixed[i*n : i*n+n]
	e := a.m.still(levels)
	moving := a.m.moving[int(a.groups.track[i])*a.intervals*Causes:]
	var score [Causes]float64
	var whole [pairs]float64
	for k := range seen {
		risk, ended := a.groups.risk[i*a.intervals+k], a.groups.ended[(i*a.intervals+k)*Causes:][:Causes]
		var h [Causes]float64
		sum := 1.0
		for c := range h {
			h[c] = e[c] * moving[k*Causes+c]
			sum += h[c]
		}
		a.logLikelihood -= risk * math.Log(sum)
		for c := range h {
			if ended[c] > 0 {
				a.logLikelihood += ended[c] * math.Log(h[c])
			}
			h[c] /= sum
			v := ended[c] - risk*h[c]
			score[c] += v
			a.score[k*Causes+c] += v
		}
		at := k * pairs
		for c := range h {
			for d := c; d < Causes; d++ {
				v := -risk * h[c] * h[d]
				if c == d {
					v += risk * h[c]
				}
				a.by[at] = v
				whole[at-k*pairs] += v
				at++
			}
		}
	}
	for f, level := range levels {
		at := (a.m.first[f] + int(level)) * Causes
		for c, v := range score {
			a.sums.score[at+c] += v
		}
	}
	a.outer(levels, &whole, a.by[:seen*pairs])
}

// outer adds a group's part to the matrix.
func (a *adder) outer(levels []uint16, whole *[pairs]float64, by []float64) {
	floats.Add(a.moving[:len(by)], by)
	for f, level := range levels {
		one := a.m.first[f] + int(level)
		a.touched[one] = true
		floats.Add(a.mixed[one*a.intervals*pairs:][:len(by)], by)
		line := a.curve[one*a.levels*pairs:]
		for g := f; g < len(levels); g++ {
			cell := (*[pairs]float64)(line[(a.m.first[g]+int(levels[g]))*pairs:])
			cell[0] += whole[0]
			cell[1] += whole[1]
			cell[2] += whole[2]
			cell[3] += whole[3]
			cell[4] += whole[4]
			cell[5] += whole[5]
		}
	}
}
