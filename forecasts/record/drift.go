package record

import "math"

// Drift is whether a method lately expected too much, or too little, and did not before:
// then the world changed, or how it is recorded.
type Drift struct {
	Recent         int     // days, the last ones
	Lately, Before float64 // bias of the number of wins: .1 is a tenth too many
	Changed        bool
}

// A drift is told when it is this large and this many times what chance does.
const (
	driftSize   = .1
	driftSigmas = 2.5
)

// DriftOf compares the last third of a method's days with those before. Days differ from
// each other by more than independent deals do; the days before say by how much.
func DriftOf(rows []Score) (d Drift, ok bool) {
	d.Recent = len(rows) / 3
	if d.Recent < 2 {
		return d, false
	}
	before, lately := rows[:len(rows)-d.Recent], rows[len(rows)-d.Recent:]
	old, late := Total(before), Total(lately)
	if old.WinsCame == 0 || late.WinsCame == 0 {
		return d, false
	}
	d.Before, d.Lately = bias(old), bias(late)
	scale := 0.0 // how much larger misses are than independent deals make them
	for _, s := range before {
		if s.Variance > 0 {
			miss := s.WinsSaid - float64(s.WinsCame) - (s.WinsSaid)*(d.Before/(1+d.Before))
			scale += miss * miss / s.Variance
		}
	}
	scale = math.Max(1, scale/float64(max(1, len(before)-1)))
	spread := math.Sqrt(scale * (late.Variance/square(late.WinsCame) + old.Variance/square(old.WinsCame)))
	gap := d.Lately - d.Before
	d.Changed = math.Abs(d.Lately) > driftSize && math.Abs(gap) > driftSize && math.Abs(gap) > driftSigmas*spread
	return d, true
}

// bias is how much too high a total of wins was, as a part of what came.
func bias(s Score) float64 { return (s.WinsSaid - float64(s.WinsCame)) / float64(s.WinsCame) }

func square(n int) float64 { return float64(n) * float64(n) }
