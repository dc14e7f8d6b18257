package audits

import (
	"math"
	"time"

	"milepost/internal/ui"
	"milepost/stats/proportions"
)

// Tally is how audits of one rep ended.
type Tally struct {
	Passed, Rejected int
	Turned           int // of those that passed: rejected first
}

// Judged is how many were judged.
func (t Tally) Judged() int { return t.Passed + t.Rejected }

// enough is how many judged audits it takes before a rate says anything.
const enough = 5

// Rate is the share of audits that passed, with its 95 % interval (Wilson); false while
// there are too few to say.
func (t Tally) Rate() (share, low, high float64, said bool) {
	if t.Judged() < enough {
		return 0, 0, 0, false
	}
	low, high, _ = proportions.Wilson(t.Passed, t.Judged(), proportions.Z95)
	return float64(t.Passed) / float64(t.Judged()), low, high, true
}

// shown is the rate as pages show it.
func (t Tally) shown() ui.Odds {
	share, low, high, said := t.Rate()
	percents := func(p float64) float64 { return math.Round(100*p) / 100 }
	return ui.Odds{P: percents(share), Low: percents(low), High: percents(high), Cases: t.Judged(), TooFew: !said}
}

// span is how far back pass rates look.
const span = 52 * 7 * 24 * time.Hour
