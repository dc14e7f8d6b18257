package landmark

import (
	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// mostDoubted is up to how many coefficients the model works out how uncertain they are:
// the time goes with the third power of it, the memory with the second.
const mostDoubted = 1500

// doubt keeps how uncertain the coefficients are: the days of one deal tell one story, so
// that deals, and not landmarks, are what it counts (the cluster sandwich), and what deals
// are too few to tell is as uncertain as it was assumed.
func (m *Trained) doubt(fit *hazard.Fit, s *Study) {
	if len(fit.Theta) <= mostDoubted {
		m.spread = fit.Errors(s.Rows, s.Deals)
	}
}

// Doubt is the standard deviation of the deal's chance to be won within a time, as far as
// what the model learned is uncertain (the delta method); false where that was not worked
// out. It says nothing of what only the future decides.
func (s *Sight) Doubt(days float64) (deviation float64, known bool) {
	m := s.asking.model
	if m.spread == nil {
		return 0, false
	}
	return m.model.Deviation(m.gradient([]standing{s.standing}, days), m.spread), true
}

// Doubts is the standard deviation of the points of some reasons of Explain, by their
// places; nil where that was not worked out.
func (s *Sight) Doubts(average *Average, days float64, places []int) []float64 {
	m := s.asking.model
	if m.spread == nil {
		return nil
	}
	wanted := map[int]int{}
	for i, place := range places {
		wanted[place] = i
	}
	list := make([]float64, len(places))
	place, before := -1, []float64(nil)
	s.lead(average.fewer(), func(_ *Reason, others []standing, _ bool) {
		at, is := wanted[place]
		_, next := wanted[place+1]
		place++
		if !is && !next {
			return
		}
		now := m.gradient(others, days)
		if is {
			for j, v := range now {
				before[j] = v - before[j]
			}
			list[at] = m.model.Deviation(before, m.spread)
		}
		before = now
	})
	return list
}

// fewer is a part of the sample that is large enough to tell how uncertain a step is.
func (v *Average) fewer() *Average {
	step := max(1, len(v.of)/30)
	part := &Average{}
	for i := 0; i < len(v.of); i += step {
		part.of = append(part.of, v.of[i])
	}
	return part
}

// gradient is by how much the mean chance of some standings to be won within a time moves
// with each coefficient.
func (m *Trained) gradient(list []standing, days float64) []float64 {
	to := make([]float64, len(m.model.Theta))
	var room [16][hazard.Causes]float64
	for _, s := range list {
		slope := m.curve(room[:0], s).Slope(int(history.Won), m.cuts.time(days))
		m.model.AddGradient(to, 1/float64(len(list)), s.levels, m.track(s.levels[1], s.class), slope)
	}
	return to
}
