package landmark

import (
	"math"

	"milepost/forecasts/reference"
	"milepost/stats/hazard"
)

// shape is what the model is made of, with what is assumed as its priors' means: with no
// deals it is the reference table, with many it is theirs. What every deal speaks of (how
// many end, when, from which stage) gives way as deals come in; how far a feature may lead
// away from what is assumed is learnt from them.
func (m *Trained) shape() hazard.Shape {
	relaxed := min(math.Sqrt(1+float64(m.Ended)/relaxing), mostRelaxed)
	intervals := len(m.cuts.ends)
	s := hazard.Shape{Intervals: intervals, Fixed: []hazard.Block{{Name: "level", Levels: 1, SD: sdLevel * relaxed}}}
	for _, f := range m.features {
		b := hazard.Block{Name: f.name, Levels: f.levels, SD: f.sd, Most: f.most(), Mean: f.assumed(&m.Reference.Table)}
		if b.Most == 0 {
			b.SD *= relaxed
		}
		if f.refused { // nothing is learned of it
			b.SD, b.Most, b.Mean = 0, 0, nil
		}
		s.Fixed = append(s.Fixed, b)
	}
	s.Moving = []hazard.Block{
		{Name: "reference", Levels: m.stage.levels * intervals, Mean: m.assumed(&m.Reference.Table)},
		{Name: "interval", Levels: intervals, SD: sdTiming * relaxed},
		{Name: "clock", Levels: clockLevels, SD: sdTiming, Most: mostFeature},
		{Name: stageAndClock, Levels: m.stage.levels * clockLevels, SD: sdFeature, Most: mostFeature},
	}
	for stage := range m.stage.levels {
		for class := range clockClasses {
			var track []uint16
			for k := range intervals {
				clock := 0
				if at := m.cuts.typical(class); at >= 0 {
					clock = m.cuts.clockLevel(at + (m.cuts.start(k)+m.cuts.ends[k])/2)
				}
				track = append(track, uint16(stage*intervals+k), uint16(k), uint16(clock), uint16(stage*clockLevels+clock))
			}
			s.Tracks = append(s.Tracks, track)
		}
	}
	return s
}

// stageAndClock is the block in which a stage has a clock of its own.
const stageAndClock = "stage and clock"

// assumed is the reference by stage and interval.
func (m *Trained) assumed(r *reference.Table) []float64 {
	byLevel := make([]float64, m.stage.levels) // no stage is the first, a rare one the middle
	byLevel[min(1, len(byLevel)-1)] = .5
	for label, level := range m.stage.by {
		if height, has := m.heights[label]; has {
			byLevel[level] = height
		}
	}
	var means []float64
	for _, height := range byLevel {
		rung := r.At(height)
		for k, end := range m.cuts.ends {
			byCause := odds(rung, (end-m.cuts.start(k))/m.cuts.cycle)
			means = append(means, byCause[:]...)
		}
	}
	return means
}
