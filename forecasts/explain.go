package forecasts

import (
	"cmp"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// Explanation is why a deal has the chance that it has, from the method of record.
type Explanation struct {
	Method  string
	Odds    Odds
	Range   Range        // of the chance to be won
	Base    float64      // the mean chance of the open deals, from which the reasons lead to this one
	Reasons []Reason     // the strongest first
	Rest    float64      // what smaller reasons add up to
	Missing []MissingOne // the evidence that would tell most, first
	// WinDays are by when one in ten, half, and nine in ten of the wins of deals like this
	// come, in days from now, if they come; nil where hardly any does.
	WinDays []float64

	sight *landmark.Sight
	days  float64 // to the end of the horizon
}

// Reason is one line of an explanation.
type Reason struct {
	Words          string
	Feature, Group string  // what the words are about
	Points         float64 // on the chance
	Range          Range   // of the points
	Deals          int     // past deals of which the same was known

	place int // among all reasons
}

// MissingOne is a milestone that is not confirmed, or a criterion that is not met.
type MissingOne struct {
	landmark.Step
	Words string
}

const (
	// worthSaying is the smallest effect on a chance that is a line of its own.
	worthSaying = .01
	mostReasons = 6
	mostMissing = 3
)

// Explain takes the chance of an open deal apart, given by its place in the forecast;
// false while no generation has learned.
func (f *Forecast) Explain(at int) (*Explanation, bool) {
	m := OfRecord(f.Methods)
	fit, learned := f.fitted[m].(*trained)
	if !learned {
		return nil, false
	}
	x := &Explanation{Method: f.Methods[m], Odds: f.Odds[m][0][at], days: fit.days[0]}
	x.sight = fit.model.Ask(f.past).Look(&f.Deals[at]) // an asking of its own: several people may ask at once
	average := fit.average(f.Deals, f.past)
	var reasons []landmark.Reason
	x.Base, reasons = x.sight.Explain(average, x.days)
	for place, r := range reasons {
		if math.Abs(r.Points) < worthSaying {
			x.Rest += r.Points
			continue
		}
		x.Reasons = append(x.Reasons, Reason{Words: reasonWords(r), Feature: r.Feature, Group: r.Group, Points: r.Points, Deals: r.Deals, place: place})
	}
	slices.SortStableFunc(x.Reasons, func(a, b Reason) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	for len(x.Reasons) > mostReasons {
		last := len(x.Reasons) - 1
		x.Rest += x.Reasons[last].Points
		x.Reasons = x.Reasons[:last]
	}
	x.doubt(average)
	x.Missing = missing(x.sight.Next(x.days))
	for _, share := range []float64{.1, .5, .9} {
		if day, ok := x.sight.WinDay(share); ok {
			x.WinDays = append(x.WinDays, day)
		}
	}
	return x, true
}

// between is the chance that the deal is won in a period that begins later.
func (x *Explanation) between(f *Forecast, ahead Ahead) float64 {
	won := func(h Horizon) float64 { return x.sight.Within(daysAhead(f.past, h))[history.Won] }
	return rounded(won(ahead.Ends) - won(ahead.Begins))
}

// missing chooses the evidence that would tell most.
func missing(next []landmark.Step) (list []MissingOne) {
	slices.SortStableFunc(next, func(a, b landmark.Step) int { return cmp.Compare(b.Chance, a.Chance) })
	for _, step := range next[:min(len(next), mostMissing)] {
		list = append(list, MissingOne{step, lackWords(step.Group, step.Feature, step.From)})
	}
	return list
}
