package forecasts

import (
	"fmt"
	"math"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
)

// choices is the row of choices above the lists.
func (s *leverSheet) choices() ui.FilterBar {
	span := s.ask.SpanField()
	span.Error = s.wrongOf("period")
	fields := []ui.FormField{span}
	if len(s.lines) > 1 {
		who := ui.FormField{Name: "person", Label: "Whose deals", Type: "select", Value: string(s.ask.Person)}
		if s.viewer.SeesTotalsOfAll() {
			who.Options = append(who.Options, ui.Option{Label: "Everyone’s"})
		}
		for _, person := range s.lines {
			who.Options = append(who.Options, ui.Option{Value: string(person), Label: s.whose(person)})
		}
		fields = append(fields, who)
	}
	if len(s.outlook.Others) > 0 || s.wrongOf("currency") != "" {
		currency := ui.FormField{Name: "currency", Label: "Currency", Type: "select", Value: string(s.outlook.Currency), Short: true, Error: s.wrongOf("currency")}
		for _, c := range append([]money.Currency{s.outlook.Currency}, s.outlook.Others...) {
			currency.Options = append(currency.Options, ui.Option{Value: string(c), Label: string(c)})
		}
		fields = append(fields, currency)
	}
	return ui.FilterBar{Action: leversPage, Fields: fields}
}

func (s *leverSheet) whose(person people.ID) string {
	if below := len(s.line.Chart.Below(person)); below > 0 {
		return s.name(person) + " and " + count(below, "person", "people")
	}
	return s.name(person)
}

// gain is what something adds to the total, or takes away.
func (s *leverSheet) gain(v float64) templ.Component {
	sign := "+"
	if v < 0 {
		sign = "−"
	}
	if !s.hasMoney() {
		return ui.Text(fmt.Sprintf("%s%.1f deals", sign, math.Abs(v)))
	}
	return signed(sign, money.Amount{Minor: int64(math.Round(math.Abs(v))), Currency: s.outlook.Currency})
}

// one is the table of single deals.
func (s *leverSheet) one(list []weighed, caption string) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: "Deal"}, {Label: "Evidence"}, {Label: "Amount", Numeric: true}, {Label: "Chance", Numeric: true}, {Label: "The total", Numeric: true}}}
	f := s.forecast
	for _, l := range list {
		d := &f.Deals[l.Deal]
		name := s.titles[d.ID]
		if name == "" {
			name = d.External
		}
		owner := s.name(people.ID(f.past.Person(d.Owner)))
		p := f.Odds[s.method()][0][l.Deal].Won
		cells := []templ.Component{ui.TwoLines(ui.Link("/deals/"+d.ID, name), owner), ui.Link(s.where[d.ID].of(l.What.Group, l.What.Feature), whatWords(l.What)), ui.None(),
			ui.TwoLines(ui.Text(percent(p)+" → "+percent(p+l.By)), count(l.What.Deals, "past deal", "past deals")), ui.TwoLines(s.gain(l.Gain), points(l.By))}
		if amount, has := f.Money(d); has {
			cells[2] = ui.MoneyShort(amount)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

// many is the table of what many deals lack.
func (s *leverSheet) many(from, to int, caption string) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: "Evidence"}, {Label: "Open deals without it", Numeric: true}, {Label: "Past deals that had it", Numeric: true}, {Label: "Each alone, added up", Numeric: true}}}
	for i := from; i < to; i++ {
		sum := &s.sums[i]
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text("“" + sum.Feature + "”"), ui.Text(thousands(sum.Open)), ui.Text(thousands(sum.Deals)), s.gain(sum.Gain)}})
	}
	return t
}

// So many of each list stand on the page; the rest is one key away, so that a small screen
// shows first what counts most.
const firstRises, firstOthers = 10, 5

// jump is a way down the page.
type jump struct{ id, label string }

// jumps lead to the lists that there are.
func (s *leverSheet) jumps() (list []jump) {
	for _, part := range []struct {
		jump
		any bool
	}{{jump{"rises", "Evidence that would add most"}, len(s.rises) > 0}, {jump{"falls", "Claims that carry the total"}, len(s.falls) > 0}, {jump{"sums", "What many deals lack"}, len(s.sums) > 0}} {
		if part.any {
			list = append(list, part.jump)
		}
	}
	return list
}

// whatWords says what is missing, or what might not hold.
func whatWords(w *What) string {
	if w.Falls() {
		return "“" + w.Feature + "”, claimed"
	}
	return lackWords(w.Group, w.Feature, w.From)
}

// noLevers says why there is nothing to list.
func (s *leverSheet) noLevers() ui.EmptyState {
	e := ui.EmptyState{Icon: "adjustments", Title: "Nothing that would move it"}
	switch {
	case s.nothing():
		e.Sentence = "There is no open deal here whose chance could move."
	case s.forecast.Learning:
		e.Title, e.Sentence = "Still learning", "What the evidence of past deals says is being worked out, which takes seconds, or a minute where there are many deals. Look again in a moment."
	default:
		e.Sentence = "Nothing was shown in past deals, no milestone confirmed and no criterion met, from which one could tell what it goes with. This page fills as evidence is given and deals end."
	}
	return e
}

// untoldWords says what is left out.
func (s *leverSheet) untoldWords() string {
	return fmt.Sprintf("Too few to say: of %s fewer than %d past deals had it.", count(s.untold, "further kind of evidence", "further kinds of evidence"), fewestAlike)
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
