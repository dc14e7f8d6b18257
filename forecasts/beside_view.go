package forecasts

import (
	"slices"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/money"
)

// yearBefore is what was won in the same period of the year before, by line and in all;
// where history does not reach back so far there is none.
type yearBefore struct{ wins, minor []int64 }

func (s *sheet) lookBack(f *Forecast) {
	first := s.outlook.Period.From.AddMonths(-12)
	if f.past.Reach() < first.DaysUntil(calendar.DateOf(f.AsOf, f.past.Place())) {
		return
	}
	wins, minor := f.earlier(s.outlook)
	s.before = &yearBefore{wins, minor}
}

// besideTable sets what people called, and the simple methods, beside the forecast; false
// where there is nothing to set beside.
func (s *sheet) besideTable() (ui.Table, bool) {
	t := ui.Table{Caption: "Calls and simple methods", Columns: []ui.Column{{Label: s.lineLabel()}, {Label: "Forecast", Numeric: true}}}
	if len(s.calls) > 0 {
		for _, label := range []string{"Commit", "Best case", "Blended"} {
			t.Columns = append(t.Columns, ui.Column{Label: label, Numeric: true})
		}
	}
	var simple []int
	for m, name := range s.outlook.Methods {
		if m != s.method() {
			simple = append(simple, m)
			t.Columns = append(t.Columns, ui.Column{Label: methodLabel(name), Numeric: true})
		}
	}
	if s.before != nil {
		t.Columns = append(t.Columns, ui.Column{Label: "A year before", Numeric: true})
	}
	for i := range s.outlook.Rows {
		l := &s.outlook.Rows[i]
		t.Rows = append(t.Rows, ui.Row{Cells: append([]templ.Component{ui.Text(s.label(l))}, s.besideRow(l, i, simple)...)})
	}
	if len(t.Rows) > 1 {
		t.Foot = append([]templ.Component{ui.Text("All")}, s.besideRow(&s.outlook.Total, len(s.outlook.Rows), simple)...)
	}
	return t, s.outlook.Drawn && len(simple) > 0
}

// calledCells are what somebody called, as given and without its bias, and blended with the
// forecast; of a call in a currency without a rate only what was given.
func (s *sheet) calledCells(l *Line, call *voiced) []templ.Component {
	amount := func(minor int64) templ.Component {
		return ui.MoneyShort(money.Amount{Minor: minor, Currency: s.outlook.Currency})
	}
	given := call.givenWords()
	if call.Currency == "" {
		return []templ.Component{ui.TwoLines(ui.None(), given), ui.None(), ui.None()}
	}
	plain := "without its bias " + ui.ShortAmount(money.Amount{Minor: call.Final, Currency: s.outlook.Currency})
	if given != "" {
		plain = given + "; " + plain
	}
	return []templ.Component{ui.TwoLines(amount(call.Commit), plain), amount(call.Best), amount(Blend(l.Range.Money, call.Correction))}
}

func (s *sheet) besideRow(l *Line, at int, simple []int) []templ.Component {
	cells := []templ.Component{ui.Text(s.interval(l).Median)}
	if len(s.calls) > 0 {
		if call, has := s.called(l); has {
			cells = append(cells, s.calledCells(l, &call)...)
		} else {
			cells = append(cells, slices.Repeat([]templ.Component{ui.None()}, 3)...)
		}
	}
	for _, m := range simple {
		cells = append(cells, s.amount(money.Amount{Minor: l.Booked.Minor + l.Expected[m].Minor, Currency: s.outlook.Currency}, someDeals(float64(l.Wins)+l.ExpectedWins[m])))
	}
	if s.before != nil {
		cells = append(cells, s.amount(money.Amount{Minor: s.before.minor[at], Currency: s.outlook.Currency}, count(int(s.before.wins[at]), "deal", "deals")))
	}
	return cells
}
