package landmark

import (
	"math"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

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
				m.ends[cause]++
			}
		}
	})
	m.Landmarks, rows.Cluster = len(deals), deals
	m.share = temper(rows.Weight, m.Deals)
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
	}
	m.refuse(rows, deals)
	for i := range deals {
		rows.Track = append(rows.Track, m.track(rows.Fixed[i*(len(m.features)+1)+1], int(clocks[i])))
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
func temper(weights []float64, deals int) (share float64) {
	share = min(float64(deals)/float64(max(len(weights), 1)), 1)
	for i := range weights {
		weights[i] *= share
	}
	return share
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
