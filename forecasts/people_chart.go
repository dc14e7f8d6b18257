package forecasts

import (
	"cmp"
	"fmt"
	"slices"

	"milepost/internal/ui"
)

// mostBars is how many people the chart names: of more, the names crowd each other, and
// the eye finds no one. The table has everyone.
const mostBars = 15

// chart draws booked, likely and new by line; of many lines, the largest.
func (s *sheet) chart() ui.Chart {
	booked := ui.Series{Name: "Booked", Kind: ui.Bars, Tone: ui.Good}
	likely := ui.Series{Name: "Likely of what is open", Kind: ui.Bars, Tone: ui.Accent}
	fresh := ui.Series{Name: "Not yet created", Kind: ui.Bars, Tone: ui.Info}
	c := ui.Chart{Title: "Booked and likely, " + s.outlook.Period.Name, Horizontal: true, Stacked: true, XLabel: s.lineLabel(), Unit: string(s.outlook.Currency)}
	if !s.hasMoney() {
		c.Unit = "deals"
	}
	drawn := s.largest(mostBars)
	for _, l := range drawn {
		won, coming, new := s.drawn(l)
		c.Categories, c.Links = append(c.Categories, s.label(l)), append(c.Links, s.openPath(l))
		booked.Values, likely.Values, fresh.Values = append(booked.Values, won), append(likely.Values, coming), append(fresh.Values, new)
	}
	switch {
	case len(c.Categories) < 3:
		c.Height = ui.Short
	case len(c.Categories) > 10:
		c.Height = ui.Tall
	}
	if rest := len(s.outlook.Rows) - len(drawn); rest > 0 {
		c.Summary = fmt.Sprintf("The %d largest. The table below has the other %s too.", len(drawn), thousands(rest))
	}
	c.Series = []ui.Series{booked}
	if !s.outlook.TooFew() {
		c.Series = append(c.Series, likely)
	}
	if s.outlook.Drawn {
		c.Series = append(c.Series, fresh)
	}
	return c
}

// drawn is how long the bars of a line are.
func (s *sheet) drawn(l *Line) (booked, likely, fresh float64) {
	if s.hasMoney() {
		return l.Booked.Float(), l.Expected[s.method()].Float(), l.New.Float()
	}
	return float64(l.Wins), l.ExpectedWins[s.method()], l.NewWins
}

// largest are the lines to draw: all in their order while they are few, else those with
// the most booked and likely together, the largest first.
func (s *sheet) largest(most int) []*Line {
	lines := make([]*Line, len(s.outlook.Rows))
	for i := range lines {
		lines[i] = &s.outlook.Rows[i]
	}
	if len(lines) <= most {
		return lines
	}
	slices.SortStableFunc(lines, func(a, b *Line) int {
		wonA, comingA, newA := s.drawn(a)
		wonB, comingB, newB := s.drawn(b)
		return cmp.Compare(wonB+comingB+newB, wonA+comingA+newA)
	})
	return lines[:most]
}
