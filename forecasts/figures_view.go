package forecasts

import (
	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
)

// lineLabel is what the lines of the outlook are.
func (s *sheet) lineLabel() string {
	if s.outlook.By == "" {
		return "Person"
	}
	return initial(s.outlook.By)
}

// people is the table of the line, one row a person, or a value of what the page is by.
func (s *sheet) people() ui.Table {
	t := ui.Table{Caption: "Booked and expected by " + s.lineLabel(), Columns: []ui.Column{{Label: s.lineLabel()}, {Label: "Booked", Numeric: true}, {Label: "Open", Numeric: true}}}
	if s.outlook.Drawn {
		t.Columns = append(t.Columns, ui.Column{Label: "Likely of it", Numeric: true}, ui.Column{Label: "Not yet created", Numeric: true}, ui.Column{Label: "Together", Numeric: true})
		if len(s.target) > 0 {
			t.Columns = append(t.Columns, ui.Column{Label: "Target", Numeric: true}, ui.Column{Label: "Chance to reach it", Numeric: true})
		}
	} else {
		for _, m := range s.outlook.Methods {
			t.Columns = append(t.Columns, ui.Column{Label: methodLabel(m), Numeric: true})
		}
		t.Columns = append(t.Columns, ui.Column{Label: "Booked and likely", Numeric: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Deals", Quiet: true})
	for i := range s.outlook.Rows {
		l := &s.outlook.Rows[i]
		t.Rows = append(t.Rows, ui.Row{ID: "line-" + l.key(s.outlook.By), Cells: append(append([]templ.Component{s.who(l)}, s.figures(l)...), s.toDeals(l))})
	}
	if len(t.Rows) > 1 {
		t.Foot = append(append([]templ.Component{ui.Text("All")}, s.figures(&s.outlook.Total)...), nil)
	}
	return t
}

// figures are the cells of a line: booked, open, and what is likely.
func (s *sheet) figures(l *Line) []templ.Component {
	won, open := count(l.Wins, "deal", "deals"), count(l.Deals, "deal", "deals")
	cells := []templ.Component{s.amount(l.Booked, won), s.amount(l.Open, open)}
	if l.Native != nil {
		cells = []templ.Component{s.inOwn(l, l.Booked, l.Native.Booked, won), s.inOwn(l, l.Open, l.Native.Open, open)}
	}
	cells[0] = linked(s.wonPath(l), cells[0])
	if s.outlook.Drawn {
		return append(cells, s.drawnFigures(l)...)
	}
	for m := range s.outlook.Methods {
		if s.outlook.TooFew() {
			cells = append(cells, ui.Interval{TooFew: true, Cases: s.outlook.Ended})
			continue
		}
		cells = append(cells, s.likely(l, m))
	}
	if s.outlook.TooFew() || s.standsApart(l) {
		return append(cells, ui.None())
	}
	return append(cells, s.amount(s.together(l), ""))
}

// likely is what is likely of a line's open deals, as a method sees it.
func (s *sheet) likely(l *Line, m int) templ.Component {
	if l.Native != nil {
		return s.inOwn(l, l.Expected[m], l.Native.Expected[m], someDeals(l.ExpectedWins[m]))
	}
	return s.amount(l.Expected[m], someDeals(l.ExpectedWins[m]))
}

// drawnFigures are a line's figures with their ranges.
func (s *sheet) drawnFigures(l *Line) []templ.Component {
	at := s.method()
	cells := []templ.Component{s.likely(l, at), s.amount(l.New, someDeals(l.NewWins)), s.interval(l)}
	if s.standsApart(l) {
		cells[1], cells[2] = ui.Text(someDeals(l.NewWins)), ui.None()
	}
	if len(s.target) == 0 {
		return cells
	}
	target, set := s.target[l.Person]
	if l == &s.outlook.Total {
		target, set = s.goal()
	}
	if !set || l.Itself && l != &s.outlook.Total && len(s.outlook.Rows) > 1 {
		return append(cells, ui.None(), ui.None())
	}
	p, _ := s.reach(l, target)
	return append(cells, s.goalText(target), ui.Odds{P: p})
}

// interval is a line's median with the range that holds eight in ten.
func (s *sheet) interval(l *Line) ui.Interval {
	r := l.Range.Wins
	if s.hasMoney() {
		r = l.Range.Money
	}
	short := func(v int64) string { return s.said(v) }
	if s.hasMoney() {
		short = func(v int64) string { return ui.ShortAmount(money.Amount{Minor: v, Currency: s.outlook.Currency}) }
	}
	return ui.Interval{Low: short(r.Most[0]), Median: short(r.Median), High: short(r.Most[1])}
}
