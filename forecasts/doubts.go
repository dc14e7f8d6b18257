package forecasts

import (
	"fmt"
	"math"
	"strings"

	"milepost/forecasts/landmark"
)

// Range is where a figure lies eight times in ten, as far as it is uncertain what past
// deals taught; it has no room where that was not worked out.
type Range struct{ Low, High float64 }

// Known tells whether it was worked out.
func (r Range) Known() bool { return r.High > r.Low }

// eightInTen is how many standard deviations lie to each side of the middle eight in ten
// of a normal distribution.
const eightInTen = 1.2816

// chanceRange is the range of a chance, on the scale of log-odds so that it stays one.
func chanceRange(p, deviation float64) Range {
	if !(p > 0 && p < 1) || !(deviation > 0) {
		return Range{}
	}
	middle, half := math.Log(p/(1-p)), eightInTen*deviation/(p*(1-p))
	chance := func(logit float64) float64 { return 1 / (1 + math.Exp(-logit)) }
	return Range{chance(middle - half), chance(middle + half)}
}

// doubt tells the ranges of a chance and of the reasons that are shown.
func (x *Explanation) doubt(average *landmark.Average) {
	deviation, known := x.sight.Doubt(x.days)
	if !known {
		return
	}
	x.Range = chanceRange(x.Odds.Won, deviation)
	places := make([]int, len(x.Reasons))
	for i := range x.Reasons {
		places[i] = x.Reasons[i].place
	}
	for i, deviation := range x.sight.Doubts(average, x.days, places) {
		r := &x.Reasons[i]
		r.Range = Range{r.Points - eightInTen*deviation, r.Points + eightInTen*deviation}
	}
}

// chanceWords says the range of a chance.
func (r Range) chanceWords() string {
	if !r.Known() {
		return ""
	}
	return fmt.Sprintf("%.0f to %.0f %%, as far as past deals tell", 100*r.Low, 100*r.High)
}

// pointWords says the range of points, before what follows.
func (r Range) pointWords() string {
	if !r.Known() {
		return ""
	}
	return strings.ReplaceAll(fmt.Sprintf("%+.0f to %+.0f, ", 100*r.Low, 100*r.High), "-", "−")
}
