package landmark

import (
	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// Asking asks a model about the deals of a past: the one that it learned from, or a later
// one of the same log.
type Asking struct {
	model   *Trained
	sweeper *sweeper
	room    []uint16 // for what is supposed
}

// Ask begins to ask about the open deals of a past.
func (m *Trained) Ask(p *history.Past) *Asking {
	return &Asking{model: m, sweeper: &sweeper{past: p, numbers: m.numbers}}
}

// Curve is how an open deal goes on.
func (a *Asking) Curve(deal *history.OpenDeal) hazard.Curve {
	return a.model.curve(nil, a.stands(a.sweeper.last(deal)))
}

// Within is the probability to have ended by each cause within so many days; what is
// missing to 1 is that the deal is still open.
func (m *Trained) Within(c hazard.Curve, days float64) (byCause [history.Causes]float64) {
	for cause, p := range c.Incidence(m.cuts.time(days)) {
		byCause[cause+1] = p
	}
	return byCause
}

// WinDay is by when, in days, a share of the wins of deals like this have come, of those
// that come at all; false where none is to be expected.
func (m *Trained) WinDay(c hazard.Curve, share float64) (days float64, ok bool) {
	end := m.cuts.ends[len(m.cuts.ends)-1]
	far := 20 * end
	all := m.Within(c, far)[history.Won]
	if all < 1e-4 {
		return 0, false
	}
	low, high := 0.0, far
	for range 50 {
		middle := (low + high) / 2
		if m.Within(c, middle)[history.Won] < share*all {
			low = middle
		} else {
			high = middle
		}
	}
	return high, true
}
