package ui

import (
	"math"

	"github.com/a-h/templ"
)

// Change is one step of a waterfall, and where it leads.
type Change struct {
	Label string
	By    float64
	Path  string
	Aside bool // neither good nor bad: a deal that was won leaves the pipeline
}

// Waterfall is how a figure came from one value to another.
type Waterfall struct {
	Title           string
	From, To        string // what the two ends are called
	Start           float64
	Changes         []Change
	Up, Down, Aside string // what steps are called where they stand by themselves
	Nothing         templ.Component
}

// faint is the share of the ends below which a step could not be seen beside them.
const faint = .1

// Chart draws the steps between the two ends, or by themselves where they could not be seen
// beside these; whoever shows them then has the ends in the table.
func (w Waterfall) Chart() Chart {
	end, largest := w.Start, 0.0
	for _, step := range w.Changes {
		end, largest = end+step.By, max(largest, math.Abs(step.By))
	}
	if len(w.Changes) == 0 || largest < faint*max(w.Start, end) {
		return w.steps()
	}
	return w.bridge()
}

func (w Waterfall) bridge() Chart {
	c := Chart{Title: w.Title, Stacked: true, Categories: []string{w.From}, Links: []string{""}}
	below, total := []float64{0}, []float64{w.Start}
	up, down := []float64{math.NaN()}, []float64{math.NaN()}
	level := w.Start
	for _, step := range w.Changes {
		next := level + step.By
		c.Categories, c.Links = append(c.Categories, step.Label), append(c.Links, step.Path)
		below = append(below, math.Min(level, next))
		total = append(total, math.NaN())
		up = append(up, orGap(step.By))
		down = append(down, orGap(-step.By))
		level = next
	}
	c.Categories, c.Links = append(c.Categories, w.To), append(c.Links, "")
	below, total = append(below, 0), append(total, level)
	up, down = append(up, math.NaN()), append(down, math.NaN())
	c.Series = []Series{{Name: "Below", Kind: Bars, Values: below, Invisible: true},
		{Name: "Total", Kind: Bars, Values: total, Tone: Accent},
		{Name: "Up", Kind: Bars, Values: up, Tone: Good}, {Name: "Down", Kind: Bars, Values: down, Tone: Bad}}
	return c
}

func (w Waterfall) steps() Chart {
	c := Chart{Title: w.Title, Stacked: true, Empty: w.Nothing}
	up, down, aside := Series{Name: w.Up, Kind: Bars, Tone: Good}, Series{Name: w.Down, Kind: Bars, Tone: Bad}, Series{Name: w.Aside, Kind: Bars, Tone: Accent}
	for _, step := range w.Changes {
		c.Categories, c.Links = append(c.Categories, step.Label), append(c.Links, step.Path)
		gain, loss, other := orGap(step.By), -orGap(-step.By), math.NaN()
		if step.Aside {
			gain, loss, other = math.NaN(), math.NaN(), step.By
		}
		up.Values, down.Values, aside.Values = append(up.Values, gain), append(down.Values, loss), append(aside.Values, other)
	}
	c.Series = []Series{up, aside, down}
	if w.Aside == "" {
		c.Series = []Series{up, down}
	}
	return c
}

func orGap(v float64) float64 {
	if v <= 0 {
		return math.NaN()
	}
	return v
}
