package forecasts

import (
	"milepost/calls"
	"milepost/people"
)

// blendPeriods is after how many periods of a person's calls their weight lies half way
// between one half and what the errors say: a few periods prove little.
const blendPeriods = 8

// eighty is how many standard deviations of a normal lie between the middle and the end of
// the range that holds eight in ten.
const eighty = 1.2815515655446004

// Blend joins a forecast and a call with its bias taken out: each weighs by the other's
// expected squared error, as far as earlier periods showed them, drawn to one half
// (Bates & Granger 1969; Clemen 1989 on why equal weights are hard to beat).
func Blend(forecast Spread, call calls.Correction) int64 {
	ours := float64(forecast.Most[1]-forecast.Most[0]) / 2 / eighty
	theirs := float64(call.Final) * call.Scatter
	weight := .5
	if sum := ours*ours + theirs*theirs; sum > 0 {
		n := float64(call.Ratio.Periods)
		weight += n / (n + blendPeriods) * (theirs*theirs/sum - .5)
	}
	return int64(weight*float64(forecast.Median) + (1-weight)*float64(call.Final))
}

// earlier is what was won in the same period a year before, by line; the last is the total.
// Who reports to whom is as it is now.
func (f *Forecast) earlier(o *Outlook) (wins, minor []int64) {
	place, group := f.past.Place(), o.groups()
	wins, minor = make([]int64, len(o.Rows)+1), make([]int64, len(o.Rows)+1)
	for _, win := range f.past.Wins(o.Period.From.AddMonths(-12).Midnight(place), o.Period.Until.AddMonths(-12).Midnight(place)) {
		at := group(win.Deal, people.ID(f.past.Person(win.Owner))) - 1
		if at < 0 {
			continue
		}
		amount, _ := o.Booked(&win)
		for _, line := range []int{at, len(o.Rows)} {
			wins[line]++
			minor[line] += amount
		}
	}
	return wins, minor
}
