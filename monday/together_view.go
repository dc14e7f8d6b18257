package monday

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
	"milepost/targets"
)

// measure is in what it is said to what the period comes to.
func (t *together) measure() targets.Measure {
	if t.Currency == "" {
		return targets.Wins
	}
	return targets.Money(t.Currency)
}

// short writes a figure of the period as short as a range needs it.
func (t *together) short(n int64) string {
	if t.Currency == "" {
		return figure(n)
	}
	return ui.ShortAmount(money.Amount{Minor: n, Currency: t.Currency})
}

// whole keeps a figure on one line.
func whole(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// togetherStats are the median with its range, and the chance to reach the target.
func (v mondayView) togetherStats() []ui.Stat {
	t := v.Together
	list := []ui.Stat{{Label: "As likely more as less", Value: value(t.measure(), t.Total.Median), Caption: "In all by the end of " + v.Period.Name, Path: v.forecastPath()},
		{Label: "Eight times in ten", Value: whole(t.short(t.Total.Low)) + " to " + whole(t.short(t.Total.High)), Caption: "One time in ten less, one in ten more"}}
	if t.Total.Target == nil {
		return append(list, ui.Stat{Label: "Chance to reach the target", Value: "No target set", Caption: v.Period.Name})
	}
	return append(list, ui.Stat{Label: "Chance to reach the target", Value: chance(t.Total.Chance), Caption: "Of " + value(t.measure(), *t.Total.Target)})
}

// chance is a probability in words; nothing is certain before it is.
func chance(p float64) string {
	switch {
	case p < .01:
		return "Under 1 %"
	case p > .99:
		return "Over 99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*p)
}

// prospects is what each group of the page comes to.
func (v mondayView) prospects() ui.Table {
	t := ui.Table{Caption: "What each comes to", Columns: []ui.Column{{Label: "Who"}, {Label: "In all, 8 in 10", Numeric: true}, {Label: "Target", Numeric: true}, {Label: "Chance to reach it", Numeric: true}}}
	of := v.Together
	for _, g := range v.Assembly.shown() {
		for _, is := range of.Parts {
			if is.Person != g.Person {
				continue
			}
			cells := []templ.Component{v.groupName(g), ui.Interval{Low: of.short(is.Low), Median: of.short(is.Median), High: of.short(is.High)}, ui.None(), ui.None()}
			if is.Target != nil {
				cells[2], cells[3] = ui.Text(of.short(*is.Target)), ui.Odds{P: is.Chance}
			}
			t.Rows = append(t.Rows, ui.Row{Cells: cells})
		}
	}
	return t
}

// tooEarly says why there are no ranges.
func (v mondayView) tooEarly() string {
	t := v.Together
	switch {
	case t.Learning:
		return "Past deals are being learnt from. In a moment it can be said what the period comes to, and how sure that is."
	case t.Few:
		return fmt.Sprintf("It is too early to say: %s ended in %s of history.", count(int64(t.Ended), "deal"), daysText(t.Reach))
	}
	return "It is too early to say how sure a total is: too few deals have ended that one could learn from."
}

// askAgain has the part asked for again while past deals are being learnt from.
func (v mondayView) askAgain() templ.Attributes {
	if !v.Together.Learning {
		return nil
	}
	return templ.Attributes{"hx-get": v.at("/monday/together", v.Person, ""), "hx-trigger": "load delay:6s", "hx-target": "#together", "hx-swap": "outerHTML"}
}

// howSure says what the range rests on, and what is left out of it.
func (v mondayView) howSure() string {
	t := v.Together
	text := "How wide a range must be is assumed so far: no forecast over as many days is over yet that could teach it."
	if t.Lessons > 0 {
		text = "How wide a range must be was learnt from " + count(int64(t.Lessons), "earlier forecast") + "."
	}
	var apart []string
	for _, a := range t.Apart {
		apart = append(apart, count(int64(a.Deals), "deal")+" in "+string(a.Currency))
	}
	if len(apart) > 0 {
		text += " Left out for want of a rate: " + strings.Join(apart, ", ") + "."
	}
	return text + " As of " + t.AsOf.In(v.Viewer.Organization.Place()).Format("15:04") + "."
}

// forecastPath is the page of forecasts of the same line and period.
func (v mondayView) forecastPath() string {
	q := url.Values{}
	if v.Person != "" {
		q.Set("person", string(v.Person))
	}
	if v.Span != "quarter" {
		q.Set("period", v.Span)
	}
	if len(q) == 0 {
		return "/forecasts"
	}
	return "/forecasts?" + q.Encode()
}
