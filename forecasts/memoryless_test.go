package forecasts

import (
	"math"
	"math/rand/v2"
)

// memoryless is an organization whose truth is known to the last digit: a deal goes through
// five stages, and in each of them two pieces of evidence may be shown and one criterion
// met; what was shown at its stage, its segment, source and rep make it go on rather than
// end. All else that is told of it says nothing: earlier evidence, region, campaign,
// conversations, how long it lasted. From each state it moves at constant rates, so that
// the chance to be won within a time follows from where it stands.
type memoryless struct {
	r     *rand.Rand
	reps  []float64
	told  *tiny
	deals map[string]*memorylessDeal
}

type memorylessDeal struct {
	good  float64 // log of by how much it goes on faster, and ends slower
	moves []memorylessMove
}

// memorylessMove is when a deal came to a state.
type memorylessMove struct {
	at          float64
	stage, seen int
}

const lastStage, memorylessSpan = 5, 800.0

var (
	goOn            = [lastStage]float64{1. / 18, 1. / 22, 1. / 28, 1. / 22, 1. / 18}
	getLost         = [lastStage]float64{1. / 60, 1. / 70, 1. / 70, 1. / 80, 1. / 90}
	fadeOut         = [lastStage]float64{1. / 60, 1. / 90, 1. / 90, 1. / 140, 1. / 180}
	tellingEvidence = [3]float64{.5, .8, .5}
	tellingSegments = []float64{.25, 0, -.2, -.35}
	tellingSources  = []float64{.3, .1, 0, -.2, -.3}
)

// rates are those of a deal in a state: going on, lost, no action, then one for each piece
// that was not shown yet.
func (d *memorylessDeal) rates(stage, seen int) (rate [6]float64) {
	x := d.good - .6
	for i, v := range tellingEvidence {
		if seen>>i&1 == 1 {
			x += v
		} else {
			rate[3+i] = 1. / 20
		}
	}
	rate[0] = goOn[stage] * math.Exp(x/2)
	rate[1], rate[2] = getLost[stage]*math.Exp(-x/2), fadeOut[stage]*math.Exp(-x)
	return rate
}

// wins are the chances of a deal to be won within so many days, by stage and by what was
// shown at it, in steps of a half day, each of second order.
type wins [lastStage + 1][8]float64

func (d *memorylessDeal) wins(days int) (chance wins) {
	const step = .5
	var rates [lastStage][8][6]float64
	for stage := range rates {
		for seen := range rates[stage] {
			rates[stage][seen] = d.rates(stage, seen)
		}
	}
	for seen := range chance[lastStage] {
		chance[lastStage][seen] = 1
	}
	for range int(float64(days) / step) {
		half := chance.onward(&chance, step/2, &rates)
		chance = chance.onward(&half, step, &rates)
	}
	return chance
}

// onward goes a step, by the slope somewhere.
func (c wins) onward(at *wins, step float64, rates *[lastStage][8][6]float64) wins {
	for stage := range rates {
		for seen, rate := range rates[stage] {
			now := at[stage][seen]
			slope := rate[0]*(at[stage+1][0]-now) - (rate[1]+rate[2])*now
			for i := range 3 {
				slope += rate[3+i] * (at[stage][seen|1<<i] - now)
			}
			c[stage][seen] += step * slope
		}
	}
	return c
}

// truth is the chance of a deal, as of a day, to be won within so many days.
func (w *memoryless) truth(id string, day float64, days int) float64 {
	d := w.deals[id]
	last := d.moves[0]
	for _, m := range d.moves {
		if m.at < day {
			last = m
		}
	}
	return d.wins(days)[last.stage][last.seen]
}
