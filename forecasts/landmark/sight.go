package landmark

import (
	"slices"

	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// Sight is an open deal as a model sees it: what is known of it, and how it goes on from
// there. It is made once, for all that is asked of the deal.
type Sight struct {
	standing
	asking *Asking
	seen   snapshot
	curve  hazard.Curve
}

// Look looks at an open deal.
func (a *Asking) Look(deal *history.OpenDeal) *Sight {
	s := &Sight{asking: a, seen: *a.sweeper.last(deal)}
	s.standing = a.stands(&s.seen)
	s.curve = a.model.curve(nil, s.standing)
	return s
}

// Within is the probability that the deal has ended by each cause within so many days.
func (s *Sight) Within(days float64) (byCause [history.Causes]float64) {
	return s.asking.model.Within(s.curve, days)
}

// WinDay is by when, in days, a share of the wins of deals like this have come.
func (s *Sight) WinDay(share float64) (days float64, ok bool) {
	return s.asking.model.WinDay(s.curve, share)
}

// standing is a deal as a model sees it.
type standing struct {
	levels []uint16
	class  int // of the clock
}

func (s standing) clone() standing { return standing{slices.Clone(s.levels), s.class} }

func (a *Asking) stands(s *snapshot) standing {
	levels := make([]uint16, 1, len(a.model.features)+1)
	for _, f := range a.model.features {
		levels = append(levels, f.of(s))
	}
	return standing{levels, a.model.cuts.clockClass(s.clock)}
}

// curve adds how a standing goes on to a list, which may be nil.
func (m *Trained) curve(to hazard.Curve, s standing) hazard.Curve {
	return m.model.Append(to, s.levels, m.track(s.levels[1], s.class))
}

// between is the chance of a standing to be won from one time on, and within another.
func (m *Trained) between(s standing, begins, ends float64) float64 {
	p := m.won(s, ends)
	if begins > 0 {
		p -= m.won(s, begins)
	}
	return max(0, p)
}

// won is the chance of a standing to be won within a time.
func (m *Trained) won(s standing, days float64) float64 {
	var room [16][hazard.Causes]float64
	return m.Within(m.curve(room[:0], s), days)[history.Won]
}
