package forecasts

import (
	"slices"

	"github.com/a-h/templ"

	"milepost/forecasts/landmark"
	"milepost/internal/ui"
	"milepost/money"
)

// methodLabels are what the methods are called on pages.
var methodLabels = map[string]string{
	PastYieldName: "As deals here went before", StageWeightedName: "By win rate of the stage",
	"generation-1": "By activity and profile", "generation-2": "By qualification", "generation-3": "By evidence", "with-calls": "With the reps' word",
}

// generationWords says what a generation looks at.
func generationWords(name string) string {
	switch name {
	case Generation{landmark.Milestones}.Name():
		return "Which milestones are shown, and how well; how far the deal is qualified; where it stands and for how long; who talked when; what sort of deal it is."
	case Generation{landmark.Triad}.Name():
		return "How far the deal is qualified; where it stands and for how long; who talked when; what sort of deal it is."
	}
	return "Where the deal stands and for how long; who talked when; what sort of deal it is."
}

func methodLabel(name string) string {
	if label := methodLabels[name]; label != "" {
		return label
	}
	return name
}

// filter is the row of choices above the figures.
func (s *sheet) filter() ui.FilterBar {
	span := s.ask.SpanField()
	day := ui.FormField{Name: "as-of", Label: "As it stood on the morning of", Type: "date", Value: string(s.ask.AsOf), Max: string(s.today), Short: true}
	span.Error, day.Error = s.wrongOf("period"), s.wrongOf("as-of")
	fields := []ui.FormField{span, day}
	if len(s.by) > 0 || s.severalCurrencies() || s.wrongOf("by") != "" {
		by := ui.FormField{Name: "by", Label: "By", Type: "select", Value: s.ask.By, Short: true, Error: s.wrongOf("by"), Options: []ui.Option{{Value: "", Label: "Person"}}}
		for _, name := range s.by {
			by.Options = append(by.Options, ui.Option{Value: name, Label: initial(name)})
		}
		if s.severalCurrencies() && !slices.Contains(s.by, ByCurrency) {
			by.Options = append(by.Options, ui.Option{Value: ByCurrency, Label: "Currency"})
		}
		fields = append(fields, by)
	}
	keep := map[string]string{}
	if s.ask.Person != "" {
		keep["person"] = string(s.ask.Person)
	}
	if s.severalCurrencies() || s.wrongOf("currency") != "" {
		currency := ui.FormField{Name: "currency", Label: "Added up in", Type: "select", Value: string(s.outlook.Currency), Short: true, Error: s.wrongOf("currency")}
		for _, c := range append([]money.Currency{s.outlook.Currency}, s.outlook.Others...) {
			currency.Options = append(currency.Options, ui.Option{Value: string(c), Label: string(c)})
		}
		fields = append(fields, currency)
	}
	bar := ui.FilterBar{Action: "/forecasts", Fields: fields, Keep: keep}
	if s.ask.AsOf != "" {
		bar.Clear = Asking{Span: s.ask.Span, Currency: s.ask.Currency}.path(s.ask.Person)
	}
	return bar
}

// amount is money with a number of deals under it; where no deal has an amount,
// the number stands alone.
func (s *sheet) amount(a money.Amount, deals string) templ.Component {
	switch {
	case !s.hasMoney() && deals != "":
		return ui.Text(deals)
	case !s.hasMoney():
		return ui.None()
	case deals == "":
		return ui.MoneyShort(a)
	}
	return ui.TwoLines(ui.MoneyShort(a), deals)
}

// hasMoney tells whether any deal of the outlook has an amount.
func (s *sheet) hasMoney() bool {
	return s.outlook.Total.Open.Minor > 0 || s.outlook.Total.Booked.Minor > 0
}

// who names a line; a person with people below leads to their lines, and one
// without to their own forecast.
func (s *sheet) who(l *Line) templ.Component {
	switch {
	case s.outlook.By != "":
		if l.Deals > 0 && s.mayListLines() {
			return ui.Link(s.ask.listing(l.Name), s.label(l))
		}
		return ui.Text(s.label(l))
	case l.Person == "":
		return ui.Text(s.label(l))
	case l.Itself && len(s.outlook.Rows) > 1:
		return ui.TwoLines(ui.PersonName(s.name(l.Person), ""), "own deals")
	case l.Itself:
		return ui.PersonName(s.name(l.Person), "")
	}
	below := len(s.line.Chart.Below(l.Person))
	path := ""
	if s.viewer.SeesTotalsOfAll() || s.viewer.IsAbove(l.Person) {
		path = s.ask.path(l.Person)
	}
	if below == 0 {
		return ui.PersonName(s.name(l.Person), path)
	}
	return ui.TwoLines(ui.PersonName(s.name(l.Person), path), "and "+count(below, "person", "people"))
}

func (s *sheet) label(l *Line) string {
	switch {
	case s.outlook.By == ByCurrency && s.outlook.sum.tells && l.Name == "":
		return "No amount"
	case s.outlook.By != "" && l.Name == "":
		return "Not known"
	case s.outlook.By != "":
		return l.Name
	}
	if l.Person == "" {
		return "Without an owner"
	}
	return s.name(l.Person)
}

// list is the table of one person's open deals.
func (s *sheet) list() ui.Table {
	t := ui.Table{Caption: "Open deals and their chances", Columns: []ui.Column{{Label: "Deal"}, {Label: "Stage"}, {Label: "Amount", Numeric: true}}}
	for _, m := range s.outlook.Methods {
		t.Columns = append(t.Columns, ui.Column{Label: methodLabel(m), Numeric: true})
	}
	for i := range s.deals {
		d := &s.deals[i]
		name := s.titles[d.ID]
		if name == "" {
			name = d.External
		}
		path := "/deals/" + d.ID
		if s.ask.AsOf != "" {
			path += "?as-of=" + string(s.ask.AsOf)
		}
		cells := []templ.Component{ui.Link(path, name), ui.Text(d.Stage), ui.None()}
		if d.HasAmount {
			cells[2] = ui.Money(d.Amount)
		}
		for _, p := range d.Won {
			cells = append(cells, ui.Odds{P: p, TooFew: s.outlook.TooFew(), Cases: s.outlook.Ended})
		}
		t.Rows = append(t.Rows, ui.Row{ID: d.ID, Cells: cells})
	}
	return t
}

// allDeals leads to the list of all open deals of the person, as of now.
func (s *sheet) allDeals() templ.Component {
	if s.ask.AsOf != "" {
		return nil
	}
	return ui.LinkButton{Label: "All open deals", Path: dealsOf(s.outlook.Person, false).Path()}
}
