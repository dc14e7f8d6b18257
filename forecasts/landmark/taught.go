package landmark

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/forecasts/reference"
	"milepost/stats/hazard"
	"milepost/stats/proportions"
)

// Taught is what the model learned beside what it leans on; nil unless it was told to
// work that out (Options.Tell).
func (m *Trained) Taught() *reference.Taught { return m.taught }

// Ladder is what a table assumes of each stage, and how the deals that were there ended.
// What a model makes of it is not in it.
func Ladder(p *history.Past) *reference.Taught {
	w := &sweeper{past: p}
	heights := w.heights()
	return ladder(p, p.Reference(), climb(p, heights), heights, w.cut().cycle)
}

// climb lists stages from the bottom of the ladder to its top.
func climb(p *history.Past, heights map[history.Label]float64) []history.Label {
	return slices.SortedFunc(maps.Keys(heights), func(a, b history.Label) int {
		return cmp.Or(cmp.Compare(heights[a], heights[b]), cmp.Compare(p.Name(a), p.Name(b)))
	})
}

func ladder(p *history.Past, leans reference.Version, stages []history.Label, heights map[history.Label]float64, cycle float64) *reference.Taught {
	t := &reference.Taught{Leans: leans, AsOf: p.AsOf(), Ended: p.Ended(), Cycle: cycle}
	ended := map[history.Label]*reference.Counted{}
	for _, label := range stages {
		ended[label] = &reference.Counted{}
	}
	var stays []history.Stay
	for i := range p.Deals() {
		cause, _ := p.End(int32(i))
		if cause == history.Open {
			continue
		}
		stays = p.AppendStays(stays[:0], int32(i))
		for j, s := range stays {
			seen := slices.ContainsFunc(stays[:j], func(before history.Stay) bool { return before.Stage == s.Stage })
			if c := ended[s.Stage]; c != nil && !seen {
				count(c, cause)
			}
		}
	}
	for _, label := range stages {
		assumed := leans.At(heights[label])
		t.Stages = append(t.Stages, reference.Stage{Name: p.Name(label), Height: heights[label], Assumed: assumed, Own: assumed, Ended: *ended[label]})
	}
	return t
}

func count(c *reference.Counted, cause history.Cause) {
	c.Deals++
	switch cause {
	case history.Won:
		c.Won++
	case history.NoAction:
		c.NoAction++
	}
}

// tell works out what a fit taught beside the table that it leans on.
func (m *Trained) tell(p *history.Past, rows *hazard.Rows, fit *hazard.Fit) *reference.Taught {
	stages := climb(p, m.heights)
	t := ladder(p, m.Reference, stages, m.heights, m.cuts.cycle)
	t.Fitted = true
	for i, label := range stages {
		if level, often := m.stage.by[label]; often {
			m.tellStage(&t.Stages[i], level, rows, fit)
		}
	}
	for f, feature := range m.features {
		switch feature.group {
		case groupMilestones:
			t.Milestones = append(t.Milestones, m.tellEvidence(f, m.Reference.Milestones[:], fit))
		case groupTriad:
			t.Criteria = append(t.Criteria, m.tellEvidence(f, m.Reference.Criteria[:], fit))
		}
	}
	for _, list := range [][]reference.Evidence{t.Milestones, t.Criteria} {
		slices.SortFunc(list, func(a, b reference.Evidence) int { return cmp.Compare(a.Name, b.Name) })
	}
	return t
}

// asked is how many landmarks stand for all that there are of a stage.
const asked = 200

// tellStage asks the model about deals that stood at a stage: what becomes of them in the
// end, and how long that takes, on average over their landmarks.
func (m *Trained) tellStage(s *reference.Stage, level uint16, rows *hazard.Rows, fit *hazard.Fit) {
	var there []int
	blocks := len(m.features) + 1
	for i := range rows.Len() {
		if rows.Fixed[i*blocks+1] == level && rows.Weight[i] > 0 {
			there = append(there, i)
		}
	}
	if len(there) == 0 {
		return
	}
	own, sum := reference.Rung{}, 0.0
	all, stage := make([]float64, len(fit.Theta)), make([]float64, len(fit.Theta))
	for n := 0; n < len(there); n += (len(there) + asked - 1) / asked {
		i := there[n]
		levels, track, weight := rows.Fixed[i*blocks:(i+1)*blocks], rows.Track[i], rows.Weight[i]
		r := m.becomes(fit.Append(nil, levels, track))
		own.Won, own.NoAction, own.Remaining = own.Won+weight*r.Won, own.NoAction+weight*r.NoAction, own.Remaining+weight*r.Remaining
		sum += weight
		m.part(fit, levels, track, int(rows.Seen[i]), weight, all, stage)
	}
	s.Own = reference.Rung{Won: own.Won / sum, NoAction: own.NoAction / sum, Remaining: own.Remaining / sum}
	s.Moved = moved(fit, all, stage)
}

// becomes is what a curve comes to when time has no end, and after how many cycles, on
// average, if the hazards of the last interval stay: within an interval of length w in
// which a share H ends, the mean of what remains is S w H / -log(1-H).
func (m *Trained) becomes(c hazard.Curve) reference.Rung {
	var f [hazard.Causes]float64
	stays, time := 1.0, 0.0
	for k, h := range c {
		width, all := (m.cuts.ends[k]-m.cuts.start(k))/m.cuts.cycle, 0.0
		for _, p := range h {
			all += p
		}
		rate := max(-math.Log1p(-min(all, 1-1e-16)), 1e-9)
		share := all
		if k == len(c)-1 { // the rest
			share = 1
		}
		time += stays * width * share / rate
		for cause, p := range h {
			f[cause] += stays * share * p / all
		}
		stays *= 1 - share
	}
	return reference.Rung{Won: f[history.Won-1], NoAction: f[history.NoAction-1], Remaining: time}
}

// part adds up, over the intervals that a landmark saw, which coefficients of winning
// speak of it, and which of those only because of its stage.
func (m *Trained) part(fit *hazard.Fit, levels []uint16, track uint16, seen int, weight float64, all, stage []float64) {
	won := int(history.Won) - 1
	for block, level := range levels {
		at := fit.First(block, int(level)) + won
		all[at] += weight
		if block == 1 {
			stage[at] += weight
		}
	}
	moving := len(fit.Moving)
	for k := range seen {
		for j, level := range fit.Tracks[track][k*moving : (k+1)*moving] {
			at := fit.First(len(levels)+j, int(level)) + won
			all[at] += weight / float64(seen)
			if fit.Moving[j].Name == stageAndClock {
				stage[at] += weight / float64(seen)
			}
		}
	}
}

// moved is how far the rows have taken over what a sum of coefficients comes to: by how
// much its variance is less than if there had been no row for one part of it, which then
// would be as uncertain as its prior. It is 0 where there was none, and nears 1 as there
// are more.
func moved(fit *hazard.Fit, all, part []float64) float64 {
	rest := make([]float64, len(all))
	for i := range all {
		rest[i] = all[i] - part[i]
	}
	without := fit.Variance(rest) + fit.PriorVariance(part)
	if without <= 0 {
		return 0
	}
	return min(max(1-fit.Variance(all)/without, 0), 1)
}

// tellEvidence compares the levels of a milestone or a criterion with its lowest.
func (m *Trained) tellEvidence(f int, assumed []float64, fit *hazard.Fit) reference.Evidence {
	feature := m.features[f]
	e := reference.Evidence{Name: feature.name}
	won := int(history.Won) - 1
	base := fit.First(f+1, 0) + won
	for level := range assumed {
		l := reference.Level{Assumed: assumed[level] - assumed[0]}
		l.Own, l.Low, l.High = l.Assumed, l.Assumed, l.Assumed
		if level < feature.levels {
			l.Deals = feature.deals[level]
		}
		if level > 0 && level < feature.levels {
			at := fit.First(f+1, level) + won
			whole, part := make([]float64, len(fit.Theta)), make([]float64, len(fit.Theta))
			whole[at], whole[base], part[at] = 1, -1, 1
			l.Own = fit.Theta[at] - fit.Theta[base]
			half := proportions.Z80 * math.Sqrt(fit.Variance(whole))
			l.Low, l.High, l.Moved = l.Own-half, l.Own+half, moved(fit, whole, part)
		}
		e.Levels = append(e.Levels, l)
	}
	return e
}
