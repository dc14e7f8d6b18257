package changes

import (
	"github.com/a-h/templ"
	"strings"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// view is a report as its page shows it.
type view struct {
	*report
	wrong error // what was not understood of the address
}

func (v view) frame() ui.Frame {
	f := ui.Frame{Title: "What moved the forecast?", Crumbs: []ui.Crumb{{Label: "Forecast", Path: v.toForecast()}},
		Lead: v.Period.Name + ": " + v.bookedWords() + "likely of what is open, and to be expected of deals still to come, " + v.now() + ", held against the morning of " + weekday(v.Since) + ".",
		AsOf: ui.Text("as of " + v.AsOf.Moment(v.Viewer.Organization.Place()))}
	switch {
	case v.Person == v.Viewer.ID:
		f.Title = "What moved your forecast?"
	case v.Person != "":
		f.Title = "What moved the forecast of " + v.name(v.Person) + "?"
	}
	return f
}

// now is how the later of the two ends is called.
func (v view) now() string {
	if v.AsOf.In(v.Viewer.Organization.Place()).Format("15:04") == "00:00" && v.Asking.AsOf != "" {
		return "on " + weekday(v.Day)
	}
	return "now"
}

func (v view) name(person people.ID) string {
	if name := v.Names[person]; name != "" {
		return name
	}
	return "someone"
}

// drills tells whether the viewer may be led from bars to deals.
func (v view) drills() bool { return !v.Viewer.SeesNoDeals() }

// filter is the row of choices above the figures.
func (v view) filter() ui.FilterBar {
	span := v.SpanField()
	since := ui.FormField{Name: "since", Label: "Since the morning of", Type: "date", Value: string(v.Since), Max: string(v.Day), Short: true}
	asOf := ui.FormField{Name: "as-of", Label: "As it stood on the morning of", Type: "date", Value: string(v.Asking.AsOf), Max: string(v.Today), Short: true}
	wrong := problem.ByField(v.wrong)
	span.Error, since.Error, asOf.Error = wrong["period"], wrong["since"], wrong["as-of"]
	bar := ui.FilterBar{Action: pagePath, Fields: []ui.FormField{span, since, asOf}, Keep: map[string]string{}}
	if v.Person != "" {
		bar.Keep["person"] = string(v.Person)
	}
	if len(v.Others) > 0 || wrong["currency"] != "" {
		currency := ui.FormField{Name: "currency", Label: "Currency", Type: "select", Value: string(v.Currency), Short: true, Error: wrong["currency"]}
		for _, c := range append([]money.Currency{v.Currency}, v.Others...) {
			currency.Options = append(currency.Options, ui.Option{Value: string(c), Label: string(c)})
		}
		bar.Fields = append(bar.Fields, currency)
	}
	return bar
}

// choices are the days since which one often asks.
func (v view) choices() []choice {
	monday := v.Day.LastMonday()
	list := []choice{{"Since last Monday", monday}, {"Since the Monday before", monday.AddDays(-7)}, {"Since the period began", v.Period.From}}
	var inside []choice
	for _, c := range list {
		if c.since <= v.Day && (len(inside) == 0 || inside[len(inside)-1].since != c.since) {
			inside = append(inside, c)
		}
	}
	return inside
}

type choice struct {
	label string
	since calendar.Date
}

// hasMoney tells whether the forecast can be told in money at all.
func (v view) hasMoney() bool {
	if c := v.Ask.Coming; c.Then.Minor != 0 || c.Now.Minor != 0 {
		return true
	}
	for i := range v.Fall.Deals {
		if d := &v.Fall.Deals[i]; d.Then.Minor != 0 || d.Now.Minor != 0 {
			return true
		}
	}
	return false
}

func (v view) amount(minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: v.Currency}
}

// stats are the two ends, and the difference.
func (v view) stats() []ui.Stat {
	start, end := v.Fall.Start, v.Fall.End
	by := end.minus(start)
	way := ui.Stat{Label: "Difference", Value: v.signed(by), Caption: wins(by.Wins, true) + " wins"}
	if !v.hasMoney() {
		way.Caption = "wins"
	}
	return []ui.Stat{{Label: "Morning of " + weekday(v.Since), Value: v.level(start), Caption: v.winsCaption(start)},
		{Label: upperFirst(v.now()), Value: v.level(end), Caption: v.winsCaption(end), Path: v.toForecast()}, way}
}

func (v view) winsCaption(w Worth) string {
	if !v.hasMoney() {
		return "wins, all in all"
	}
	return wins(w.Wins, false) + " wins, all in all"
}

// level is a figure: money where there is any, else wins.
func (v view) level(w Worth) string {
	if !v.hasMoney() {
		return wins(w.Wins, false)
	}
	return round(v.amount(w.Minor)).String()
}

// signed is a difference.
func (v view) signed(w Worth) string {
	if !v.hasMoney() {
		return wins(w.Wins, true)
	}
	return signed(round(v.amount(w.Minor)))
}

// cells are a worth in a table: wins, and money to the cent.
func (v view) cells(w Worth, difference bool) []templ.Component {
	list := []templ.Component{figure(wins(w.Wins, difference))}
	switch {
	case !v.hasMoney():
		return list
	case difference:
		return append(list, figure(signed(v.amount(w.Minor))))
	}
	return append(list, ui.Money(v.amount(w.Minor)))
}

func (v view) columns(first ...ui.Column) []ui.Column {
	list := append(first, ui.Column{Label: "Wins", Numeric: true})
	if v.hasMoney() {
		list = append(list, ui.Column{Label: string(v.Currency), Numeric: true})
	}
	return list
}

// converted tells whether amounts were exchanged.
func (v *view) converted() bool {
	return v.Ask != nil && v.Ask.Outlook != nil && len(v.Ask.Outlook.Used()) > 0
}

// apart names the currencies without a rate.
func (v *view) apart() string {
	var list []string
	for _, a := range v.Apart {
		list = append(list, string(a.Currency))
	}
	return strings.Join(list, ", ")
}
