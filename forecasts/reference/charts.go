package reference

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"milepost/internal/ui"
)

// wins draws which share is won in the end from each stage: assumed, and own.
func (v *view) wins() ui.Chart {
	c := ui.Chart{Title: "Won in the end, from each stage", Unit: "%", XLabel: "Stage", Horizontal: true,
		Summary: "Assumed is what forecasts begin with; the other bar is what they say today, with what own deals taught."}
	assumed, own := ui.Series{Name: "Assumed", Kind: ui.Bars, Tone: ui.Info}, ui.Series{Name: "With own deals", Kind: ui.Bars, Tone: ui.Accent}
	for _, s := range v.Stages {
		c.Categories = append(c.Categories, s.Name)
		assumed.Values = append(assumed.Values, round(100*s.Assumed.Won, 1))
		if v.Fitted && s.Ended.Deals >= fewestDeals {
			own.Values = append(own.Values, round(100*s.Own.Won, 1))
		} else {
			own.Values = append(own.Values, math.NaN())
		}
	}
	c.Series, c.Height = []ui.Series{assumed, own}, tall(len(c.Categories))
	return c
}

// mostDrawn is how many milestones or criteria a chart has room for on a phone.
const mostDrawn = 6

// telling picks those of which own deals tell most, and most surely, at their highest level.
func telling(list []Evidence) []Evidence {
	tells := func(e Evidence) float64 {
		if l := e.Levels[len(e.Levels)-1]; l.Deals >= fewestDeals {
			return math.Abs(l.Own) / (l.High - l.Low + 1e-9)
		}
		return -1
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Evidence) int { return cmp.Compare(tells(b), tells(a)) })
	return list[:min(len(list), mostDrawn)]
}

// odds draws how many times as likely a deal is to be won that has a milestone confirmed,
// or a criterion verified.
func (v *view) odds(title, best string, list []Evidence) ui.Chart {
	c := ui.Chart{Title: title, Unit: "times", XLabel: "What is known", Horizontal: true,
		Summary: fmt.Sprintf("How many times as likely a deal is to be won when it is %s, compared with one of which it is not and all else is alike. 1 is no difference.", best)}
	if len(list) > mostDrawn {
		c.Summary += fmt.Sprintf(" These are the %d that tell most.", mostDrawn)
	}
	assumed, own := ui.Series{Name: "Assumed", Kind: ui.Bars, Tone: ui.Info}, ui.Series{Name: "With own deals", Kind: ui.Bars, Tone: ui.Accent}
	for _, e := range telling(list) {
		l := e.Levels[len(e.Levels)-1]
		c.Categories = append(c.Categories, e.Name)
		assumed.Values = append(assumed.Values, round(math.Exp(l.Assumed), 2))
		if l.Deals >= fewestDeals {
			own.Values = append(own.Values, round(math.Exp(l.Own), 2))
		} else {
			own.Values = append(own.Values, math.NaN())
		}
	}
	c.Series, c.Marks, c.Height = []ui.Series{assumed, own}, []ui.Mark{{Label: "No difference", Value: 1}}, tall(len(c.Categories))
	return c
}

func round(v float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(v*scale) / scale
}

func tall(categories int) ui.ChartHeight {
	switch {
	case categories < 3:
		return ui.Short
	case categories > 5:
		return ui.Tall
	}
	return ui.Medium
}
