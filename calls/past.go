package calls

import (
	"math"
	"time"

	"milepost/people"
)

// Leads are how many days before the end of a period its calls are compared with what
// came; 0 is the last call of all.
var Leads = []int{90, 60, 30, 7, 0}

// TooFew is below how many periods nothing is said of anybody's bias.
const TooFew = 4

// Past is a period that has ended, as one person called it.
type Past struct {
	Key
	Name   string       // of the period
	Called map[int]Call // by lead; what was not called by then is not there
	Won    int64        // by whom the call was for, with owners and teams as they were then
}

// pastOf is what a book says of a period that has ended. It is so for whoever called it
// before its end.
func pastOf(b *Book, k Key, place *time.Location, leads []int, won int64) (Past, bool) {
	p := Past{Key: k, Called: map[int]Call{}, Won: won}
	for _, lead := range leads {
		if c, is := b.At(k, k.Until.AddDays(-lead).Midnight(place)); is {
			p.Called[lead] = c
		}
	}
	return p, len(p.Called) > 0
}

// Standing is how somebody's calls at one lead compare with what came.
type Standing struct {
	Periods int     // in which there was a call by then
	Bias    float64 // what was called too much, as a share of what was won; below 0 too little
	Off     float64 // how far off the calls were, either way, as a share of what was won
	Close   int     // how many came within a tenth of what was won
}

// TooFew tells whether there are too few periods to say anything.
func (s Standing) TooFew() bool { return s.Periods < TooFew }

// closely is how far off a call may be to count as right, as a share of what was won.
const closely = .1

// StandingOf compares the calls of one person at a lead with what came, all periods
// together, so that a quarter in which little was won does not outweigh the others. Bias
// is (sum called - sum won) / sum won; off is sum |called - won| / sum won, also known as
// the weighted absolute percentage error. Without anything won, both are not a number.
func StandingOf(pasts []Past, lead int) Standing {
	var s Standing
	called, won, off := 0.0, 0.0, 0.0
	for _, p := range pasts {
		c, is := p.Called[lead]
		if !is {
			continue
		}
		s.Periods++
		miss := math.Abs(float64(c.Commit - p.Won))
		called, won, off = called+float64(c.Commit), won+float64(p.Won), off+miss
		if miss <= closely*float64(p.Won) {
			s.Close++
		}
	}
	s.Bias, s.Off = (called-won)/won, off/won
	if won == 0 {
		s.Bias, s.Off = math.NaN(), math.NaN()
	}
	return s
}

// samplesAt gathers what was called at a lead and what came of it, by person. A call of
// nothing tells nothing about a ratio.
func samplesAt(pasts []Past, scope Scope, lead int) map[people.ID][]Sample {
	found := map[people.ID][]Sample{}
	for _, p := range pasts {
		if c, is := p.Called[lead]; is && c.Commit > 0 && p.Scope == scope {
			found[p.Person] = append(found[p.Person], Sample{float64(c.Commit), float64(p.Won)})
		}
	}
	return found
}
