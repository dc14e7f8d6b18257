package forecasts

import (
	"math"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/ui"
)

// Unfolding is what is likely to have become of a deal by and by.
type Unfolding struct {
	Days []float64 // from now, evenly apart
	Odds []Odds
	End  int   // the place at which the horizon ends
	Wins []int // the places by which one in ten, half, and nine in ten of the wins have come
}

// It has about so many places, and goes on behind the horizon by half of it at
// least; to the last wins, if these are not too far.
const (
	unfoldingParts    = 30
	unfoldingOn       = 1.5
	unfoldingFarthest = 5
)

// Unfold tells what is likely from now until well after the horizon has ended.
func (x *Explanation) Unfold() *Unfolding {
	span := unfoldingOn * x.days
	if n := len(x.WinDays); n > 0 {
		span = max(span, min(1.1*x.WinDays[n-1], unfoldingFarthest*x.days))
	}
	c := &Unfolding{End: max(1, min(int(math.Round(unfoldingParts*x.days/span)), int(math.Ceil(x.days))))}
	step := x.days / float64(c.End)
	for i := 0; float64(i)*step < span+step/2; i++ {
		at := float64(i) * step
		p := x.sight.Within(at)
		c.Days, c.Odds = append(c.Days, at), append(c.Odds, Odds{p[history.Won], p[history.Lost], p[history.NoAction]})
	}
	for _, day := range x.WinDays {
		if at := int(math.Round(day / step)); at < len(c.Days) {
			c.Wins = append(c.Wins, at)
		}
	}
	return c
}

// unfolding draws what is likely to become of the deal.
func (c *dealChances) unfolding() ui.Chart {
	x := c.why.Unfold()
	chart := ui.Chart{Title: "What becomes of deals like this", Summary: c.ends() + " " + c.when(), Unit: "%", Stacked: true, Most: 100,
		XLabel: "By the end of", Marks: []ui.Mark{{Label: c.until.Time().Format("2 Jan"), Value: float64(x.End), Upright: true}}}
	won := ui.Series{Name: "Won", Kind: ui.Area, Tone: ui.Good}
	none := ui.Series{Name: "No action", Kind: ui.Area, Tone: ui.Info}
	lost := ui.Series{Name: "Lost", Kind: ui.Area, Tone: ui.Bad}
	dates := ui.Series{Name: "Win dates", Kind: ui.Dots, Tone: ui.Good, Values: make([]float64, len(x.Days))}
	form := "2 Jan"
	if x.Days[len(x.Days)-1] > 300 {
		form = "2 Jan 2006"
	}
	for i, odds := range x.Odds {
		name := c.dayAfter(x.Days[i]).Time().Format(form)
		if i == 0 {
			name = "Now"
		}
		chart.Categories = append(chart.Categories, name)
		won.Values, none.Values, lost.Values = append(won.Values, inPercent(odds.Won)), append(none.Values, inPercent(odds.NoAction)), append(lost.Values, inPercent(odds.Lost))
		dates.Values[i] = math.NaN()
	}
	for _, at := range x.Wins {
		dates.Values[at] = won.Values[at]
	}
	chart.Series = []ui.Series{won, none, lost, dates}
	return chart
}

// inPercent is a chance as charts draw it, to a tenth.
func inPercent(p float64) float64 { return math.Round(1000*p) / 10 }

// dayAfter is the day at whose end so many days are over.
func (c *dealChances) dayAfter(days float64) calendar.Date {
	return c.today.AddDays(max(0, int(math.Ceil(days-1e-9))-1))
}
