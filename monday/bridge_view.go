package monday

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
)

// partLabels are what the bars are called.
var partLabels = map[part]string{
	partNew: "New", partReopened: "Opened again", partHandedIn: "Handed in", partMovedIn: "Date moved into the period",
	partUp: "Amount up", partDown: "Amount down", partMovedOut: "Date moved out of the period", partHandedOut: "Handed out",
	partWon: "Won", partLost: "Lost", partNoAction: "No action", partForward: "went on", partBack: "went back"}

// partSentences say what stands behind a bar.
var partSentences = map[part]string{
	partNew:       "Opened since, and expected to close in the period.",
	partReopened:  "Had ended, and are open again.",
	partHandedIn:  "Were with someone outside this line before.",
	partMovedIn:   "Were expected outside the period, or without a date, and now are within it.",
	partUp:        "Worth more than before.",
	partDown:      "Worth less than before.",
	partMovedOut:  "Were expected in the period, and now are not.",
	partHandedOut: "Went to someone outside this line.",
	partWon:       "Won since, at what was booked.",
	partLost:      "Lost since, at what they were worth in the end.",
	partNoAction:  "Ended since without a decision: the prospect bought from nobody.",
	partForward:   "Open deals that went on to a later stage, whenever they are to close.",
	partBack:      "Open deals that went back to an earlier stage, whenever they are to close.",
}

// chart draws the waterfall in one currency; without money, in deals.
func (v mondayView) chart() ui.Chart {
	list := v.Bridge.currencies(v.Viewer.Organization.Currency)
	unit := "deals"
	level := func(t money.Totals, deals int64) float64 { return float64(deals) }
	if len(list) > 0 {
		unit = string(list[0])
		level = func(t money.Totals, _ int64) float64 {
			return money.Amount{Minor: t[list[0]], Currency: list[0]}.Float()
		}
	}
	w := ui.Waterfall{Title: "What changed in the open pipeline of " + v.Period.Name + " since " + v.Since.Short(),
		From: "Open on " + v.Since.Time().Format("2 Jan"), To: "Open now", Start: level(v.Bridge.Start, v.Bridge.StartDeals), Up: "Came", Down: "Went", Aside: "Won",
		Nothing: ui.EmptyState{Icon: "calendar", Title: "Nothing changed", Sentence: "No deal came, went or changed its amount since then."}}
	for _, p := range parts {
		sum := v.Bridge.sum(p)
		if size := level(sum.By, sum.Deals); size != 0 {
			w.Changes = append(w.Changes, ui.Change{Label: partLabels[p], By: size, Path: v.barPath(p), Aside: p == partWon})
		}
	}
	c := w.Chart()
	c.Unit, c.Horizontal, c.XLabel, c.Height = unit, true, "Change", height(len(c.Categories))
	return c
}

func height(bars int) ui.ChartHeight {
	switch {
	case bars < 4:
		return ui.Short
	case bars > 7:
		return ui.Tall
	}
	return ui.Medium
}

// changed is the waterfall as a table: every part in every currency, and the deals.
func (v mondayView) changed() ui.Table {
	list := v.Bridge.currencies(v.Viewer.Organization.Currency)
	t := ui.Table{Caption: "What changed in the open pipeline", Columns: []ui.Column{{Label: "Change"}, {Label: "Deals", Numeric: true}}}
	for _, currency := range list {
		t.Columns = append(t.Columns, ui.Column{Label: string(currency), Numeric: true})
	}
	t.Rows = append(t.Rows, ui.Row{Cells: v.level("Open on "+weekday(v.Since), v.Bridge.Start, v.Bridge.StartDeals, list)})
	for _, p := range parts {
		sum := v.Bridge.sum(p)
		if sum.Moves == 0 {
			continue
		}
		deals := signed(sum.Deals)
		if p == partUp || p == partDown {
			deals = "(" + figure(sum.Moves) + ")"
		}
		cells := []templ.Component{v.toPart(p), ui.Text(deals)}
		for _, currency := range list {
			cells = append(cells, difference(sum.By[currency], currency))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	t.Foot = v.level("Open now", v.Bridge.End, v.Bridge.EndDeals, list)
	if v.drills() {
		t.Foot[0] = ui.Link(dealsPath(v.Person, true, "from", string(v.Period.From), "to", string(v.Period.Until.AddDays(-1))), "Open now")
	}
	return t
}

func (v mondayView) level(label string, totals money.Totals, deals int64, list []money.Currency) []templ.Component {
	cells := []templ.Component{ui.Text(label), ui.Text(figure(deals))}
	for _, currency := range list {
		cells = append(cells, ui.Money(money.Amount{Minor: totals[currency], Currency: currency}))
	}
	return cells
}

// toPart leads from a bar to its deals, for those who may see them.
func (v mondayView) toPart(p part) templ.Component {
	if path := v.barPath(p); path != "" {
		return ui.Link(path, partLabels[p])
	}
	return ui.Text(partLabels[p])
}

// barPath is where the deals of a bar are listed; "" for those who may not see them.
func (v mondayView) barPath(p part) string {
	if !v.drills() {
		return ""
	}
	return v.at("/monday/changes", v.Person, p)
}

func signed(n int64) string {
	if n > 0 {
		return "+" + figure(n)
	}
	if n < 0 {
		return "−" + figure(-n)
	}
	return "0"
}

// difference is an amount with its sign.
func difference(minor int64, currency money.Currency) templ.Component {
	if minor == 0 {
		return ui.None()
	}
	sign := "+"
	if minor < 0 {
		sign, minor = "−", -minor
	}
	return ui.Text(sign + money.Amount{Minor: minor, Currency: currency}.String())
}

// gist says in a sentence what the bridge comes to.
func (v mondayView) gist() string {
	by, n := money.Totals{}, v.Bridge.EndDeals-v.Bridge.StartDeals
	for currency := range v.Bridge.End {
		by[currency] += v.Bridge.End[currency]
	}
	for currency := range v.Bridge.Start {
		by[currency] -= v.Bridge.Start[currency]
	}
	list := v.Bridge.currencies(v.Viewer.Organization.Currency)
	if len(list) == 0 || by[list[0]] == 0 {
		return fmt.Sprintf("%s open, expected to close in %s; %s before.", count(v.Bridge.EndDeals, "deal"), v.Period.Name, figure(v.Bridge.StartDeals))
	}
	verb, size := "grew", by[list[0]]
	if size < 0 {
		verb, size = "shrank", -size
	}
	return fmt.Sprintf("What is open and expected to close in %s %s by %s, and by %s.", v.Period.Name, verb,
		round(money.Amount{Minor: size, Currency: list[0]}).String(), countSigned(n))
}

func countSigned(n int64) string {
	switch {
	case n > 0:
		return count(n, "deal") + " more"
	case n < 0:
		return count(-n, "deal") + " fewer"
	}
	return "no deal"
}
