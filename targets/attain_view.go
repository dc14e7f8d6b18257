package targets

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// shareText is a share in percent; a target is not said to be reached before it is.
func shareText(share float64) string {
	percent := math.Floor(share*100 + 1e-9)
	return fmt.Sprintf("%.0f\u00a0%%", percent)
}

// bar is what was won against one quota.
func bar(f Figures, m Measure) ui.Progress {
	share, _ := f.Share(m)
	p := ui.Progress{Label: shareText(share), Value: math.Min(share, 1), Max: 1,
		Note: FullText(m, f.In(m)) + " of " + Text(m, f.Quota[m])}
	if f.isAddedUp(m) {
		p.Note += ", converted"
	}
	if share >= 1 {
		p.Tone = ui.Good
	}
	return p
}

// statOf is the big figure of a measure.
func statOf(f Figures, m Measure, gone string) ui.Stat {
	s := ui.Stat{Label: "Won", Value: FullText(m, f.In(m)), Caption: "no target set"}
	if f.isAddedUp(m) {
		s.Label = "Won, converted"
	}
	quota, set := f.Quota[m]
	if !set {
		return s
	}
	s.Caption = strings.TrimSpace("of " + FullText(m, quota) + ". " + gone)
	switch left := quota - f.In(m); {
	case left > 0:
		share, _ := f.Share(m)
		s.Change = shareText(share) + ", " + Text(m, left) + " to go"
	default:
		s.Change, s.Tone = Text(m, -left)+" above the target", ui.Good
		if left == 0 {
			s.Change = "reached exactly"
		}
	}
	return s
}

// isAddedUp tells whether other currencies are in a measure.
func (f Figures) isAddedUp(m Measure) bool { return f.AddedUp != "" && m == Money(f.AddedUp) }

// addedUp tells whether any figure of the page is so.
func (v attainView) addedUp() bool {
	return v.Figures.AddedUp != "" || slices.ContainsFunc(v.Rows, func(r attainRow) bool { return r.Figures.AddedUp != "" })
}

// nothing tells whether there is neither a target nor a win to show.
func (v attainView) nothing() bool {
	if len(v.Figures.Measures()) > 0 || v.Figures.Wins > 0 {
		return false
	}
	for _, r := range v.Rows {
		if len(r.Figures.Measures()) > 0 || r.Figures.Wins > 0 {
			return false
		}
	}
	return true
}

// untargeted tells whether nobody on the page has a target.
func (v attainView) untargeted() bool {
	for _, r := range v.Rows {
		if len(r.Figures.Quota) > 0 {
			return false
		}
	}
	return len(v.Figures.Quota) == 0
}

func (v attainView) table() ui.Table {
	t := ui.Table{Caption: "Won against target", Columns: []ui.Column{{Label: "Who"}, {Label: "Won against target"}, {Label: "Won deals", Numeric: true}}}
	for _, r := range v.Rows {
		name := ui.Text(r.Name)
		if r.Path != "" {
			name = ui.Link(r.Path, r.Name)
		}
		if r.Note != "" {
			name = ui.TwoLines(name, r.Note)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{name, bars(r.Figures), ui.Text(fmt.Sprint(r.Figures.Wins))}})
	}
	return t
}

// measures are those in which the year has a target or a win.
func (y personYear) measures() []Measure {
	var list []Measure
	for _, f := range y.Months {
		list = append(list, f.Measures()...)
	}
	return sortMeasures(list)
}

// says is the year in a sentence: how far, in the first measure.
func (y personYear) says() string {
	list := y.measures()
	if len(list) == 0 {
		return ""
	}
	sum, m := y.sum(0, 12), list[0]
	quota, set := sum.Quota[m]
	switch left := quota - sum.In(m); {
	case !set:
		return FullText(m, sum.In(m)) + " won in " + y.Year.Name + "."
	case left <= 0:
		return y.Year.Name + " is reached: " + FullText(m, sum.In(m)) + " of " + Text(m, quota) + "."
	case y.Year.Contains(y.Today):
		return fmt.Sprintf("%s won of %s: %s to go in %d days.", FullText(m, sum.In(m)), Text(m, quota), Text(m, left), y.Today.DaysUntil(y.Year.Until))
	default:
		return fmt.Sprintf("%s won of %s in %s.", FullText(m, sum.In(m)), Text(m, quota), y.Year.Name)
	}
}

// sum adds up some months of the year.
func (y personYear) sum(from, until int) Figures {
	sum := newFigures()
	for _, f := range y.Months[from:until] {
		sum.add(f)
		for m, value := range f.Quota {
			sum.Quota[m] += value
		}
	}
	return sum
}

// chart draws the months of one measure.
func (y personYear) chart(m Measure) ui.Chart {
	c := ui.Chart{Title: "Won and target by month", Unit: string(m.Currency()), XLabel: "Month"}
	won := ui.Series{Name: "Won", Kind: ui.Bars, Tone: ui.Accent}
	quota := ui.Series{Name: "Target", Kind: ui.Curve, Dashed: true}
	scale := float64(unitOf(m))
	for i, month := range Months(y.Year) {
		c.Categories = append(c.Categories, month.Time().Format("Jan"))
		won.Values = append(won.Values, float64(y.Months[i].In(m))/scale)
		value, set := y.Months[i].Quota[m]
		if set {
			quota.Values = append(quota.Values, float64(value)/scale)
		} else {
			quota.Values = append(quota.Values, math.NaN())
		}
	}
	c.Series = []ui.Series{won, quota}
	return c
}

// table is the year by quarters and months, in one measure.
func (y personYear) table(m Measure) ui.Table {
	t := ui.Table{Caption: "Targets by month", Columns: []ui.Column{{Label: "When"}, {Label: "Target", Numeric: true},
		{Label: "Won", Numeric: true}, {Label: "Reached", Numeric: true}}}
	begun := true // nobody is at 0 % of a month that has not begun
	add := func(name string, f Figures, strong bool) {
		cells := []templ.Component{ui.Text(name), ui.None(), ui.None(), ui.None()}
		if begun || f.In(m) != 0 {
			cells[2] = ui.Text(Text(m, f.In(m)))
		}
		if quota, set := f.Quota[m]; set {
			cells[1] = ui.Text(Text(m, quota))
		}
		if share, is := f.Share(m); is && (begun || share > 0) {
			cells[3] = ui.Text(shareText(share))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells, Current: strong})
	}
	for i, month := range Months(y.Year) {
		begun = month <= y.Today
		if i%3 == 0 {
			add(fmt.Sprintf("Q%d", i/3+1), y.sum(i, i+3), true)
		}
		add(month.Time().Format("January 2006"), y.Months[i], false)
	}
	total := y.sum(0, 12)
	t.Foot = []templ.Component{ui.Text(y.Year.Name), ui.None(), ui.Text(Text(m, total.In(m))), ui.None()}
	if quota, set := total.Quota[m]; set {
		t.Foot[1] = ui.Text(Text(m, quota))
	}
	if share, is := total.Share(m); is {
		t.Foot[3] = ui.Text(shareText(share))
	}
	return t
}
