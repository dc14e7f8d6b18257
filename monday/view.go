package monday

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/forecasts"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/problem"
	"milepost/targets"
)

// mondayView is a report as its page shows it.
type mondayView struct {
	*report
	Wrong  error    // what was not understood of the address
	Panels []string // paths of parts of other capabilities
}

// drills tells whether the viewer may be led from figures to deals.
func (v mondayView) drills() bool { return !v.Viewer.SeesNoDeals() }

func (v mondayView) frame() ui.Frame {
	f := ui.Frame{Title: "Monday", AsOf: ui.Text(asOf(v.Now, v.Viewer)),
		Lead: "Where to put the week: " + v.Period.Name + ", and what changed since " + weekday(v.Since) + "."}
	switch {
	case v.whole():
		f.Title = "Monday of the whole organization"
	case v.Person != v.Viewer.ID:
		f.Title, f.Crumbs = "Monday of "+v.People.name(v.Person), v.crumbs()
	}
	return f
}

// crumbs are the way up the reporting line, as far as the viewer may look.
func (v mondayView) crumbs() []ui.Crumb {
	var up []ui.Crumb
	for at, steps := v.Person, 0; at != v.Viewer.ID && steps < 64; steps++ {
		at = v.People.Chart.Manager(at)
		if at == "" || at != v.Viewer.ID && !v.Viewer.Sees(at) {
			break
		}
		up = append([]ui.Crumb{{Label: v.People.name(at), Path: v.path(at)}}, up...)
	}
	if v.Viewer.SeesEveryDeal() {
		up = append([]ui.Crumb{{Label: "Everyone", Path: v.path("")}}, up...)
	}
	return up
}

func (v mondayView) filter() ui.FilterBar {
	span := ui.FormField{Name: "period", Label: "Period", Type: "select", Value: v.Span, Short: true}
	for _, s := range spans {
		span.Options = append(span.Options, ui.Option{Value: s.Value, Label: s.Label})
	}
	bar := ui.FilterBar{Action: "/monday", Keep: map[string]string{}, Fields: []ui.FormField{span,
		{Name: "since", Label: "What changed since", Type: "date", Value: string(v.Since), Max: string(v.Today), Short: true,
			Error: problem.ByField(v.Wrong)["since"]}}}
	if v.Person != "" && v.Person != v.Viewer.ID {
		bar.Keep["person"] = string(v.Person)
	}
	if v.Since != v.Today.LastMonday() || v.Span != "quarter" {
		plain := v.asking
		plain.Since, plain.Span = v.Today.LastMonday(), "quarter"
		bar.Clear = plain.path(v.Person)
	}
	return bar
}

// value writes a figure in its measure, as short as a headline needs it.
func value(m targets.Measure, n int64) string {
	if m == targets.Wins {
		return count(n, "deal")
	}
	return round(money.Amount{Minor: n, Currency: m.Currency()}).String()
}

// stats are the figures of one measure.
func (v mondayView) stats(f figures) []ui.Stat {
	target := ui.Stat{Label: "Target", Value: "None set", Caption: v.Period.Name}
	if f.Target != nil {
		target.Value = value(f.Measure, *f.Target)
	}
	if v.drills() {
		target.Path = "/targets/attainment"
	}
	booked := ui.Stat{Label: "Booked", Value: value(f.Measure, f.Booked), Path: v.bookedPath(), Caption: "Won in " + v.Period.Name}
	if f.Converted {
		booked.Caption += ", converted"
	}
	if f.Target != nil && *f.Target > 0 {
		booked.Caption = percent(float64(f.Booked)/float64(*f.Target)) + " of the target"
	}
	return append([]ui.Stat{target, booked}, v.outlook(f)...)
}

// outlook is what is expected on top, and what is then missing.
func (v mondayView) outlook(f figures) []ui.Stat {
	if f.Expected == nil {
		return []ui.Stat{{Label: "Expected on top", Value: "Too early to say", Caption: v.whyTooEarly(), Path: v.forecastPath()}}
	}
	m := v.Expected.method()
	list := []ui.Stat{{Label: "Expected on top", Value: value(f.Measure, f.Expected[m]), Caption: v.otherMethod(f), Path: v.forecastPath()}}
	gap, is := f.gap(m)
	switch {
	case !is:
	case gap > 0:
		list = append(list, ui.Stat{Label: "Still missing", Value: value(f.Measure, gap), Caption: "if all of that comes", Tone: ui.Bad})
	default:
		list = append(list, ui.Stat{Label: "Above the target", Value: value(f.Measure, -gap), Caption: "if all of that comes", Tone: ui.Good})
	}
	return list
}

// converted tells whether other currencies are in the figures.
func (v mondayView) converted() bool {
	return slices.ContainsFunc(v.Figures, func(f figures) bool { return f.Converted })
}

func (v mondayView) otherMethod(f figures) string {
	for m, name := range v.Expected.Methods {
		if m != v.Expected.method() && name == forecasts.PastYieldName || len(v.Expected.Methods) <= 2 && m != v.Expected.method() {
			return forecasts.MethodLabel(name) + ": " + value(f.Measure, f.Expected[m])
		}
	}
	return ""
}

func (v mondayView) whyTooEarly() string {
	if v.Expected == nil {
		return "the history is being read"
	}
	return fmt.Sprintf("%s ended in %s of history", count(int64(v.Expected.Basis.Ended), "deal"), daysText(v.Expected.Basis.Reach))
}

// uncertainty says how far to trust what is expected, as far as that is known.
func (v mondayView) uncertainty() string {
	if v.Expected == nil || v.Expected.Basis.TooFew() {
		return ""
	}
	text := "“" + forecasts.MethodLabel(v.Expected.Methods[v.Expected.method()]) + "” is what is expected on top. "
	var said []string
	cases := int64(0)
	for _, name := range v.Expected.Methods {
		if b, known := v.Biases[name]; known {
			said, cases = append(said, biasText(b)), b.Cases
		}
	}
	if len(said) == 0 {
		return text + "How far off they were at this point of earlier periods is not known yet."
	}
	joined := strings.Join(said, ", ")
	return text + fmt.Sprintf("At this point of the last %d %ss, for the whole organization and deals open then, %s wins.", cases, v.Span, joined)
}

func (v mondayView) bookedPath() string {
	if !v.drills() {
		return ""
	}
	return dealsPath(v.Person, true, "outcome", "won", "from", string(v.Period.From), "to", string(v.Period.Until.AddDays(-1)))
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", math.Floor(100*share)) }

// more is the table of the figures in other measures than the first.
func (v mondayView) more() ui.Table {
	t := ui.Table{Caption: "Figures in other currencies", Columns: []ui.Column{{Label: "In"}, {Label: "Target", Numeric: true},
		{Label: "Booked", Numeric: true}, {Label: "Expected on top", Numeric: true}, {Label: "Missing", Numeric: true}}}
	for _, f := range v.Figures[1:] {
		cells := []templ.Component{ui.Text(f.Measure.Label()), ui.None(), ui.Text(value(f.Measure, f.Booked)), ui.None(), ui.None()}
		if f.Target != nil {
			cells[1] = ui.Text(value(f.Measure, *f.Target))
		}
		if f.Expected != nil {
			cells[3] = ui.TwoLines(ui.Text(value(f.Measure, f.Expected[v.Expected.method()])), v.otherMethod(f))
		}
		if v.Expected != nil {
			if gap, is := f.gap(v.Expected.method()); is && gap > 0 {
				cells[4] = ui.Text(value(f.Measure, gap))
			} else if is {
				cells[4] = ui.Text("nothing")
			}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

// nothing tells whether there is anything to show of this line at all.
func (v mondayView) nothing() bool {
	return v.Open == 0 && len(v.Praise) == 0 && len(v.Bridge.sums) == 0 && v.Figures[0].Booked == 0
}
