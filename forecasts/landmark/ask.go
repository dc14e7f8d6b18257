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
}

// Ask begins to ask about the open deals of a past.
func (m *Trained) Ask(p *history.Past) *Asking {
	return &Asking{m, &sweeper{past: p, numbers: m.numbers}}
}

// Curve is how an open deal goes on.
func (a *Asking) Curve(deal *history.OpenDeal) hazard.Curve {
	s := a.sweeper.last(deal)
	levels := make([]uint16, 1, len(a.model.features)+1)
	for _, f := range a.model.features {
		levels = append(levels, f.of(s))
	}
	return a.model.model.Append(nil, levels, a.model.track(levels[1], a.model.cuts.clockClass(s.clock)))
}

// Within is the probability to have ended by each cause within so many days; what is
// missing to 1 is that the deal is still open.
func (m *Trained) Within(c hazard.Curve, days float64) (byCause [history.Causes]float64) {
	for cause, p := range c.Incidence(m.cuts.time(days)) {
		byCause[cause+1] = p
	}
	return byCause
}
