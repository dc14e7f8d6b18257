package record

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"milepost/forecasts"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/stats/scores"
)

func three(v float64) templ.Component { return ui.Text(fmt.Sprintf("%.3f", v)) }

// methods is the table of all methods compared, at the horizon chosen.
func (v *view) methods() ui.Table {
	t := ui.Table{Scroll: true, Caption: "Every method on the same deals and days", Columns: []ui.Column{{Label: "Method"}, {Label: "Brier score", Numeric: true}, {Label: "Against simple", Numeric: true},
		{Label: "Log score", Numeric: true}, {Label: "All four endings", Numeric: true}, {Label: "Wins expected", Numeric: true}, {Label: "Came", Numeric: true},
		{Label: "Off by", Numeric: true}, {Label: "Chance alone", Numeric: true}, {Label: "Bias", Numeric: true}}}
	c := v.compared
	reference := c.place(forecasts.PastYieldName)
	for m, name := range c.Methods {
		s := Total(c.Rows[m])
		n := float64(s.Deals)
		skill := ui.None()
		if reference >= 0 && m != reference {
			if gained, ok := scores.Skill(s.Brier, Total(c.Rows[reference]).Brier); ok {
				skill = ui.Text(less(gained))
			}
		}
		var days total
		for _, day := range c.Rows[m] {
			days.add(day.WinsSaid, float64(day.WinsCame), day.Variance)
		}
		cells := []templ.Component{ui.Text(forecasts.MethodLabel(name)), three(s.Brier / n), skill, three(s.Log / n), three(s.Classes / n),
			ui.Text(fmt.Sprintf("%.1f", s.WinsSaid)), ui.Text(strconv.Itoa(s.WinsCame))}
		t.Rows = append(t.Rows, ui.Row{Current: name == v.method, Cells: append(cells, missedCells(days.missed())...)})
	}
	return t
}

// lead is the table at one distance from the end of a quarter.
func (v *view) lead(lead int) (t ui.Table, quarters int) {
	methods, shared := LeadOf(v.leads[lead], v.currency)
	t = ui.Table{Scroll: true, Caption: fmt.Sprintf("%d days before the end of the quarter", lead), Columns: []ui.Column{{Label: "Method"}, {Label: "Brier score", Numeric: true}, {Label: "Log score", Numeric: true},
		{Label: "Off by", Numeric: true}, {Label: "Chance alone", Numeric: true}, {Label: "Bias", Numeric: true},
		{Label: v.currency + " off by", Numeric: true}, {Label: v.currency + " chance alone", Numeric: true}, {Label: v.currency + " bias", Numeric: true}}}
	for _, m := range methods {
		cells := []templ.Component{ui.Text(forecasts.MethodLabel(m.Method)), three(m.Brier), three(m.Log)}
		t.Rows = append(t.Rows, ui.Row{Current: m.Method == v.method, Cells: append(append(cells, missedCells(m.Wins)...), missedCells(m.Money)...)})
	}
	return t, len(shared)
}

func missedCells(m *Missed) []templ.Component {
	if m == nil {
		return []templ.Component{ui.None(), ui.None(), ui.None()}
	}
	floor := ui.None()
	if !math.IsNaN(m.Floor) {
		floor = ui.Quiet(percent(m.Floor))
	}
	return []templ.Component{ui.Text(percent(m.WAPE)), floor, ui.Text(signed(m.Bias))}
}

// holdings is how often ranges held.
func (v *view) holdings() []Holding {
	measures := []string{wins, v.currency, wins + withNew, v.currency + withNew}
	return HoldingOf(v.details, measures)
}

func (v *view) coverage(list []Holding) ui.Table {
	t := ui.Table{Caption: "How often ranges held", Columns: []ui.Column{{Label: "Range of"}, {Label: "The half held", Numeric: true}, {Label: "The 8 in 10 held", Numeric: true}, {Label: "The 19 in 20 held", Numeric: true}, {Label: "Mean width, 8 in 10", Numeric: true}}}
	for _, h := range list {
		cells := []templ.Component{ui.Text(measureText(h))}
		for level := range Levels {
			cells = append(cells, heldCell(h.By[level]))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: append(cells, v.width(h))})
	}
	return t
}

func heldCell(h scores.Held) templ.Component {
	return ui.TwoLines(ui.Text(fmt.Sprintf("%d of %d, %s", h.Inside, h.Count, percent(h.Share))), fmt.Sprintf("surely %s to %s", percent(h.Low), percent(h.High)))
}

func (v *view) width(h Holding) templ.Component {
	if h.Measure == wins || h.Measure == wins+withNew {
		return ui.Text(fmt.Sprintf("%.1f wins", h.By[1].MeanWidth))
	}
	in := money.Currency(v.currency)
	unit := money.Amount{Minor: 1, Currency: in}.Float()
	return ui.MoneyShort(money.Amount{Minor: int64(h.By[1].MeanWidth / unit), Currency: in})
}

// points is the table behind the reliability chart.
func (v *view) points(list []Point) ui.Table {
	t := ui.Table{Scroll: true, Caption: "Chances against what came", Columns: []ui.Column{{Label: "Chance given", Numeric: true}, {Label: "Won of such deals", Numeric: true}, {Label: "Share won", Numeric: true}, {Label: "Range of chance", Numeric: true}}}
	for _, p := range list {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(percentFine(p.Said)), ui.Text(fmt.Sprintf("%d of %s", p.Won, ui.Figure(int64(p.Count)))), ui.Text(percentFine(p.Share)),
			ui.Quiet(percentFine(p.Low) + " to " + percentFine(p.High))}})
	}
	return t
}

// percentFine writes a small share with a decimal.
func percentFine(share float64) string {
	if share > 0 && share < .095 {
		return fmt.Sprintf("%.1f %%", 100*share)
	}
	return percent(share)
}

// leftOut names the methods that are not compared, with why.
func (v *view) leftOut() (lines []string) {
	for _, a := range v.compared.LeftOut {
		lines = append(lines, fmt.Sprintf("%s is scored on %s only and would leave too little to compare.", named(a.Method), plural(a.Days, "day", "days")))
	}
	var none []string
	for _, m := range forecasts.Backtested() {
		if name := m.Name(); len(v.every) > 0 && !slices.Contains(v.every, name) {
			none = append(none, named(name))
		}
	}
	switch n := len(none); {
	case n == 1:
		lines = append(lines, none[0]+" has given no forecast here that is due.")
	case n > 1:
		lines = append(lines, strings.Join(none[:n-1], ", ")+" and "+none[n-1]+" have given no forecast here that is due.")
	}
	return lines
}
