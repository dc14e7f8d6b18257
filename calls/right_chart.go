package calls

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"milepost/internal/ui"
)

// mostBars is how many people the chart names: of more, the names crowd each other.
const mostBars = 15

// chart draws the biases of those of whom there is enough to say.
func (v *rightView) chart() ui.Chart {
	c := ui.Chart{Title: "How much too high or too low", Unit: "%", Horizontal: true, Stacked: true,
		Summary: "Right of the line: called more than came. Left: less."}
	high, low := ui.Series{Name: "Too high", Kind: ui.Bars, Tone: ui.Warn}, ui.Series{Name: "Too low", Kind: ui.Bars, Tone: ui.Info}
	list := slices.DeleteFunc(slices.Clone(v.List), func(c caller) bool { return c.TooFew() || math.IsNaN(c.Bias) })
	if rest := len(list) - mostBars; rest > 0 {
		slices.SortStableFunc(list, func(a, b caller) int { return cmp.Compare(math.Abs(b.Bias), math.Abs(a.Bias)) })
		list = list[:mostBars]
		c.Summary += fmt.Sprintf(" The %d who were furthest off; the table has the other %d too.", mostBars, rest)
	}
	slices.SortStableFunc(list, func(a, b caller) int { return cmp.Compare(b.Bias, a.Bias) })
	for _, p := range list {
		c.Categories = append(c.Categories, v.name(p))
		up, down := math.NaN(), math.NaN()
		if bias := math.Round(1000*p.Bias) / 10; bias > 0 {
			up = bias
		} else {
			down = bias
		}
		high.Values, low.Values = append(high.Values, up), append(low.Values, down)
	}
	c.Series = []ui.Series{high, low}
	if len(list) > 10 {
		c.Height = ui.Tall
	}
	return c
}
