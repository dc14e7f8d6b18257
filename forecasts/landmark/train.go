package landmark

import (
	"math"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/reference"
	"milepost/stats/hazard"
)

// halfLife is after how many days a landmark counts half as much: markets change.
const halfLife = 730

// mostLandmarks is about how many are looked at: more deals than these come from teach
// no more, and take longer.
const mostLandmarks = 200_000

// perCycle is how many landmarks there are in a cycle, if a day is not longer: those of
// neighbouring days say much the same.
const perCycle = 20

// Options are what a training may be told; the zero value is right for all but tests and
// comparisons.
type Options struct {
	// Reference is what is assumed before any outcome; nil is the table that was in force.
	Reference *reference.Table
	// Only leaves out deals that are not to be learned from; nil takes all.
	Only func(deal int32) bool
	// Tell works out what was learned beside the table; see Trained.Taught.
	Tell bool
}

// Trained is a model, with what is needed to ask it about deals.
type Trained struct {
	Generation Generation
	// Landmarks is how many were looked at, Deals how many deals they are of, and Ended how
	// many of those had ended.
	Landmarks, Deals, Ended int
	// Reference is the table of assumptions that it leans on.
	Reference reference.Version
	// Problem says why the model could not be fitted; it is the reference then.
	Problem error

	past       *history.Past // while it learns
	clockDeals []int         // past deals by class of clock

	numbers  numbers
	features []*feature
	stage    *feature
	cuts     cuts
	heights  map[history.Label]float64
	model    *hazard.Model
	taught   *reference.Taught
}

// Study is what a model is fitted to, and the fit.
type Study struct {
	Shape hazard.Shape
	Rows  *hazard.Rows
	Deals []int32     // which deal each row is of; those of one deal stand together
	Fit   *hazard.Fit // nil where there is a problem
}

// Train learns from a past. It always answers: without deals the model is the reference.
func Train(p *history.Past, g Generation, o Options) *Trained {
	m, _ := TrainOpenly(p, g, o)
	return m
}

// TrainOpenly trains as Train does, and shows what it learned from.
func TrainOpenly(p *history.Past, g Generation, o Options) (*Trained, *Study) {
	m, s := look(p, g, o)
	fit, err := hazard.Estimate(s.Shape, s.Rows, nil)
	if err != nil {
		m.Problem, m.model = err, hazard.New(s.Shape, nil)
		return m, s
	}
	m.model, s.Fit = fit.Model, fit
	if o.Tell {
		m.taught = m.tell(p, s.Rows, fit)
	}
	return m, s
}

// look gathers what there is to learn from, and says what the model is made of.
func look(p *history.Past, g Generation, o Options) (*Trained, *Study) {
	w := newSweeper(p, o.Only)
	step := max(p.Step(), int(math.Round(w.cut().cycle/perCycle)))
	w.thin(mostLandmarks, step)
	m := &Trained{Generation: g, past: p, numbers: w.numbers, features: w.features(g), cuts: w.cut(), heights: (&sweeper{past: p}).heights()}
	m.stage = m.features[0]
	s := &Study{}
	s.Rows, s.Deals = m.gather(w, step)
	m.Reference = p.Reference()
	if o.Reference != nil {
		m.Reference = reference.Version{Table: *o.Reference}
	}
	s.Shape = m.shape()
	m.past = nil
	return m, s
}

// gather looks at the deals at their landmarks, and at what came of them.
func (m *Trained) gather(w *sweeper, step int) (rows *hazard.Rows, deals []int32) {
	columns := make([]column, len(m.features))
	var clocks []uint8
	var closings []history.Closing
	rows = &hazard.Rows{}
	w.each(func(deal int32) {
		closings = m.past.AppendClosings(closings[:0], deal)
		before := len(deals)
		w.landmarks(deal, step, func(s *snapshot) {
			seen, cause := m.follow(s.at, closings)
			if seen == 0 {
				return
			}
			for f, feature := range m.features {
				feature.read(&columns[f], s)
			}
			deals, clocks = append(deals, deal), append(clocks, uint8(m.cuts.clockClass(s.clock)))
			rows.Seen, rows.Cause = append(rows.Seen, uint8(seen)), append(rows.Cause, uint8(cause))
			rows.Weight = append(rows.Weight, math.Exp2(-days(s.at, m.past.AsOf())/halfLife))
		})
		if len(deals) > before {
			m.Deals++
			if cause, _ := m.past.End(deal); cause != history.Open {
				m.Ended++
			}
		}
	})
	m.Landmarks = len(deals)
	temper(rows.Weight, m.Deals)
	m.clockDeals = tally(deals, clockClasses, func(i int) int { return int(clocks[i]) })
	for f, feature := range m.features {
		feature.settle(&columns[f], deals, m.past)
	}
	rows.Fixed = make([]uint16, 0, len(deals)*(len(m.features)+1))
	for i := range deals {
		rows.Fixed = append(rows.Fixed, 0)
		for f, feature := range m.features {
			rows.Fixed = append(rows.Fixed, feature.column(&columns[f], i))
		}
		rows.Track = append(rows.Track, m.track(rows.Fixed[len(rows.Fixed)-len(m.features)], int(clocks[i])))
	}
	for f, feature := range m.features {
		feature.deals = tally(deals, feature.levels, func(i int) int { return int(rows.Fixed[i*(len(m.features)+1)+f+1]) })
	}
	return rows, deals
}

// temper weighs all landmarks alike, so that together they count as their deals do: the
// days of one deal tell one story, and telling it thirty times must not drown what is
// assumed. (A weight of its own for each deal would depend on how long the deal stays
// open, and bend the chances; one weight for all does not.)
func temper(weights []float64, deals int) {
	share := float64(deals) / float64(max(len(weights), 1))
	for i := range weights {
		weights[i] *= min(share, 1)
	}
}

// tally counts the deals that stood at each level, at one landmark at least; the
// landmarks of a deal stand together.
func tally(deals []int32, levels int, level func(landmark int) int) []int {
	count, last := make([]int, levels), make([]int32, levels)
	for i, deal := range deals {
		if at := level(i); last[at] != deal+1 {
			last[at] = deal + 1
			count[at]++
		}
	}
	return count
}

// follow tells how many intervals after a landmark have been observed whole, and by
// what cause the deal ended in the last of them. An interval that is not over yet is left
// out even if the deal has ended in it: those that have not would be left out too.
func (m *Trained) follow(at calendar.Instant, closings []history.Closing) (seen int, cause history.Cause) {
	whole := m.cuts.interval(float64(m.past.AsOf()-at) / day)
	for _, c := range closings {
		if c.At < at || c.Until < m.past.AsOf() { // taken back since
			continue
		}
		if k := m.cuts.interval(float64(c.At-at) / day); k < whole {
			return k + 1, c.Cause
		}
		break
	}
	return whole, history.Open
}

// track is the way of a deal through the intervals: its stage, and a clock that runs.
func (m *Trained) track(stage uint16, class int) uint16 {
	return stage*clockClasses + uint16(class)
}
