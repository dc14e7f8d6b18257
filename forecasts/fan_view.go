package forecasts

import (
	"fmt"
	"math"

	"milepost/internal/ui"
)

// fanChart draws how the total came here, and the ranges of where it goes.
func (s *sheet) fanChart() ui.Chart {
	c := ui.Chart{Title: "The way to the end of " + s.outlook.Period.Name, XLabel: "By the end of", Unit: string(s.outlook.Currency), Summary: s.fanWords()}
	if !s.hasMoney() {
		c.Unit = "deals"
	}
	n, at := len(s.fan.Booked), len(s.fan.Booked)-1
	total := n + len(s.fan.Ahead) - 1 // today is in both
	gaps := func() []float64 {
		list := make([]float64, total)
		for i := range list {
			list[i] = math.NaN()
		}
		return list
	}
	booked := ui.Series{Name: "Booked", Kind: ui.Curve, Tone: ui.Good, Stepped: true, Values: gaps()}
	median := ui.Series{Name: "As likely more as less", Kind: ui.Curve, Tone: ui.Accent, Values: gaps()}
	bands := []ui.Series{{Name: "95 in 100", Kind: ui.Band, Tone: ui.Accent, Low: gaps(), High: gaps()}, {Name: "8 in 10", Kind: ui.Band, Tone: ui.Accent, Low: gaps(), High: gaps()},
		{Name: "Half", Kind: ui.Band, Tone: ui.Accent, Low: gaps(), High: gaps()}}
	for i, b := range s.fan.Booked {
		c.Categories = append(c.Categories, b.Day.Short())
		booked.Values[i] = s.scaled(b.Money, b.Wins)
	}
	for k, a := range s.fan.Ahead {
		if k > 0 {
			c.Categories = append(c.Categories, a.Day.Short())
		}
		w, m := a.Wins, a.Money
		median.Values[at+k] = s.scaled(m.Median, w.Median)
		for b, ends := range [][2][2]int64{{m.Nearly, w.Nearly}, {m.Most, w.Most}, {m.Half, w.Half}} {
			bands[b].Low[at+k], bands[b].High[at+k] = s.scaled(ends[0][0], ends[1][0]), s.scaled(ends[0][1], ends[1][1])
		}
	}
	c.Series = append(bands, booked, median)
	if goal, set := s.goal(); set {
		c.Marks = []ui.Mark{{Label: "Target", Value: s.scaled(goal, goal), Tone: ui.Warn}}
	}
	return c
}

// fanWords says what the fan shows.
func (s *sheet) fanWords() string {
	i := s.interval(&s.outlook.Total)
	text := fmt.Sprintf("By %s as likely more than %s as less; eight times in ten between %s and %s.", s.outlook.Period.Until.AddDays(-1).Long(), i.Median, i.Low, i.High)
	if goal, set := s.goal(); set {
		p, _ := s.reach(&s.outlook.Total, goal)
		text += fmt.Sprintf(" The target of %s is reached in %s of the ways how things may turn out.", s.said(goal), percent(p))
	}
	return text
}
