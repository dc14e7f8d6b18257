package record

import (
	"fmt"
	"math"
	"slices"

	"milepost/internal/ui"
)

// reliability draws what was said against what came.
func (v *view) reliability(list []Point) ui.Chart {
	c := ui.Chart{Title: "Chances given, and the share won", Unit: "%", XLabel: "Chance given",
		Summary: "Where the line runs along the dashed one, chances meant what they said. The band is what chance alone may do to so many deals."}
	band := ui.Series{Name: "Range of chance", Kind: ui.Band, Tone: ui.Accent}
	ideal, came := ui.Series{Name: "As said", Kind: ui.Curve, Dashed: true}, ui.Series{Name: "Won", Kind: ui.Curve, Tone: ui.Accent}
	for _, p := range list {
		c.Categories = append(c.Categories, percentFine(p.Said))
		band.Low, band.High = append(band.Low, tenth(100*p.Low)), append(band.High, tenth(100*p.High))
		ideal.Values, came.Values = append(ideal.Values, tenth(100*p.Said)), append(came.Values, tenth(100*p.Share))
	}
	c.Series = []ui.Series{band, ideal, came}
	return c
}

func tenth(v float64) float64 { return math.Round(10*v) / 10 }

// chartLead is how many days before the end of its quarter the forecast over time is
// taken: as far ahead as is looked at, if quarters are compared there.
func (v *view) chartLead() int {
	if slices.Contains(Leads, int(v.ask.Horizon)) {
		return int(v.ask.Horizon)
	}
	return int(usual)
}

// overTime draws what was said of each quarter beside what came.
func (v *view) overTime() ui.Chart {
	lead := v.chartLead()
	c := ui.Chart{Title: fmt.Sprintf("Wins of the last %d days of each quarter", lead), Unit: "deals", XLabel: "Quarter"}
	band := ui.Series{Name: "8 in 10", Kind: ui.Band, Tone: ui.Accent}
	said, came := ui.Series{Name: "Said", Kind: ui.Curve, Tone: ui.Accent}, ui.Series{Name: "Came", Kind: ui.Curve, Tone: ui.Good}
	ranged, rehearsed := false, false
	for _, q := range v.leads[lead] {
		s, is := q.Said[v.method]
		if !is {
			continue
		}
		name, middle, low, high := q.Name, s.WinsSaid, math.NaN(), math.NaN()
		if span, has := q.More[v.method].Company[wins]; has {
			middle, low, high, ranged = span.Median, span.Ranges[1][0], span.Ranges[1][1], true
		}
		if s.Rehearsed == 1 {
			name, rehearsed = name+" *", true
		}
		c.Categories = append(c.Categories, name)
		said.Values, came.Values = append(said.Values, tenth(middle)), append(came.Values, float64(s.WinsCame))
		band.Low, band.High = append(band.Low, low), append(band.High, high)
	}
	if ranged {
		c.Series = append(c.Series, band)
	}
	c.Series = append(c.Series, said, came)
	c.Summary = fmt.Sprintf("What was said %d days before each quarter's end of the deals that were open then, and how many of them were won by its end.", lead)
	if rehearsed {
		c.Summary += " Quarters with a * are rehearsed: as it would have been said."
	}
	return c
}
