package forecasts

import (
	"fmt"
	"math"

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

func someDeals(n float64) string { return fmt.Sprintf("%.1f deals", n) }

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

// said is a figure of the page in words: money, or deals.
func (s *sheet) said(v int64) string {
	if s.hasMoney() {
		return round(money.Amount{Minor: v, Currency: s.outlook.Currency}).String()
	}
	return thousands(int(v))
}

func (s *sheet) goalText(v int64) templ.Component {
	if s.hasMoney() {
		return ui.MoneyShort(money.Amount{Minor: v, Currency: s.outlook.Currency})
	}
	return ui.Text(s.said(v))
}

// median is the total that is as likely exceeded as not.
func (s *sheet) median() string {
	if s.hasMoney() {
		return s.said(s.outlook.Total.Range.Money.Median)
	}
	return s.said(s.outlook.Total.Range.Wins.Median)
}

// rangeWords says how the width of ranges was found.
func (s *sheet) rangeWords() string {
	text := "Thousands of ways how the open deals, and those that do not exist yet, may turn out are drawn; good and bad times move all deals at once, as they did before. “8 in 10” says that the end lies within in eight cases of ten. "
	if s.outlook.Lessons == 0 {
		text += "How wide that must be is assumed so far: no forecast over as many days is over yet that could teach it. "
	} else {
		text += "How wide that must be was learnt from " + count(s.outlook.Lessons, "earlier forecast that is over", "earlier forecasts that are over") + ". "
	}
	return text + "In every way the lines add up to the whole; the median of a whole is not the sum of its parts' medians, and no mistake."
}

// fanChart draws how the total came here, and the ranges of where it goes.
func (s *sheet) fanChart() ui.Chart {
	c := ui.Chart{Title: "The way to the end of " + s.outlook.Period.Name, XLabel: "By the end of", Unit: string(s.outlook.Currency), Summary: s.fanWords()}
	if !s.hasMoney() {
		c.Unit = "deals"
	}
	n, at := len(s.fan.Booked), len(s.fan.Booked)-1
	total := n + len(s.fan.Ahead) - 1 // today is in both
	gaps := func() []float64 {
		list := make([]float64, total)
		for i := range list {
			list[i] = math.NaN()
		}
		return list
	}
	booked := ui.Series{Name: "Booked", Kind: ui.Curve, Tone: ui.Good, Stepped: true, Values: gaps()}
	median := ui.Series{Name: "As likely more as less", Kind: ui.Curve, Tone: ui.Accent, Values: gaps()}
	bands := []ui.Series{{Name: "95 in 100", Kind: ui.Band, Tone: ui.Accent, Low: gaps(), High: gaps()}, {Name: "8 in 10", Kind: ui.Band, Tone: ui.Accent, Low: gaps(), High: gaps()},
		{Name: "Half", Kind: ui.Band, Tone: ui.Accent, Low: gaps(), High: gaps()}}
	for i, b := range s.fan.Booked {
		c.Categories = append(c.Categories, b.Day.Short())
		booked.Values[i] = s.scaled(b.Money, b.Wins)
	}
	for k, a := range s.fan.Ahead {
		if k > 0 {
			c.Categories = append(c.Categories, a.Day.Short())
		}
		w, m := a.Wins, a.Money
		median.Values[at+k] = s.scaled(m.Median, w.Median)
		for b, ends := range [][2][2]int64{{m.Nearly, w.Nearly}, {m.Most, w.Most}, {m.Half, w.Half}} {
			bands[b].Low[at+k], bands[b].High[at+k] = s.scaled(ends[0][0], ends[1][0]), s.scaled(ends[0][1], ends[1][1])
		}
	}
	c.Series = append(bands, booked, median)
	if goal, set := s.goal(); set {
		c.Marks = []ui.Mark{{Label: "Target", Value: s.scaled(goal, goal), Tone: ui.Warn}}
	}
	return c
}

// scaled is a figure in the unit of the charts.
func (s *sheet) scaled(minor, wins int64) float64 {
	if s.hasMoney() {
		return money.Amount{Minor: minor, Currency: s.outlook.Currency}.Float()
	}
	return float64(wins)
}

// fanWords says what the fan shows.
func (s *sheet) fanWords() string {
	i := s.interval(&s.outlook.Total)
	text := fmt.Sprintf("By %s as likely more than %s as less; eight times in ten between %s and %s.", s.outlook.Period.Until.AddDays(-1).Long(), i.Median, i.Low, i.High)
	if goal, set := s.goal(); set {
		p, _ := s.reach(&s.outlook.Total, goal)
		text += fmt.Sprintf(" The target of %s is reached in %s of the ways how things may turn out.", s.said(goal), percent(p))
	}
	return text
}

func (s *sheet) mostWords() string {
	i := s.interval(&s.outlook.Total)
	return "8 in 10: " + i.Low + " to " + i.High
}

func (s *sheet) chanceOf(goal int64) string {
	p, _ := s.reach(&s.outlook.Total, goal)
	return percent(p)
}

// newWords says what deals that do not exist yet are expected to bring.
func (s *sheet) newWords() string {
	total := &s.outlook.Total
	if total.NewWins < .05 {
		return fmt.Sprintf("about %.0f of %s", total.ExpectedWins[s.method()], count(total.Deals, "open deal", "open deals"))
	}
	return "and " + s.figure(total.New, total.NewWins) + " of deals still to be created"
}

// leads is where a caution's deals are, for who may see them.
func (s *sheet) leads(c *Caution) (path, label string) {
	switch {
	case c.Deal != "" && s.mayListLines():
		return "/deals/" + c.Deal, "Open the deal"
	case c.Kind == NoNoAction || c.Kind == BulkEnds:
		if !s.viewer.SeesNoDeals() {
			return "/forecasts/idle", "Idle deals"
		}
	}
	return "", ""
}
