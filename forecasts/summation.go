package forecasts

import (
	"cmp"
	"math"
	"slices"

	"milepost/money"
	"milepost/people"
)

// summation gathers deals into the lines of an outlook.
type summation struct {
	o     *Outlook
	chart Organigram
	lines map[people.ID]*Line
	total *Line
}

// newSummation starts a line for every report who ever owned a deal, or has someone
// below who did: that a rep has nothing open is worth a line, that an assistant has
// nothing open is not.
func newSummation(o *Outlook, chart Organigram, owners map[string]bool) *summation {
	s := &summation{o: o, chart: chart, lines: map[people.ID]*Line{}}
	s.total = s.fresh("")
	if o.Person == "" {
		return s
	}
	for _, report := range chart.Chart.Reports(o.Person) {
		sells := func(p people.ID) bool { return owners[string(p)] }
		if sells(report) || slices.ContainsFunc(chart.Chart.Below(report), sells) {
			s.lines[report] = s.fresh(report)
		}
	}
	return s
}

func (s *summation) fresh(person people.ID) *Line {
	none := money.Amount{Currency: s.o.Currency}
	return &Line{Person: person, Name: s.chart.Names[person], Itself: person == s.o.Person, Open: none, Booked: none,
		ExpectedWins: make([]float64, len(s.o.Methods)), minor: make([]float64, len(s.o.Methods))}
}

// line is where an owner's deals are added: the line of the report of the outlook's
// person through whom the owner reports, or nil outside.
func (s *summation) line(owner people.ID, sees func(people.ID) bool) *Line {
	at := owner
	for steps := 0; at != s.o.Person; steps++ {
		above := s.chart.Chart.Manager(at)
		if above == s.o.Person || steps > 100 {
			break
		}
		if above == "" {
			return nil
		}
		at = above
	}
	if !sees(owner) {
		s.o.Hidden++
		return nil
	}
	if s.lines[at] == nil {
		s.lines[at] = s.fresh(at)
	}
	return s.lines[at]
}

func (s *summation) open(f *Forecast, l *Line, i int) {
	d := &f.Deals[i]
	l.Deals++
	counts := d.Currency != 0 && f.Name(d.Currency) == string(s.o.Currency)
	if counts {
		l.Open.Minor += d.Amount
	}
	for m := range f.Methods {
		p := f.Odds[m][0][i].Won
		l.ExpectedWins[m] += p
		if counts {
			l.minor[m] += p * float64(d.Amount)
		}
	}
}

// finish orders the lines, largest first, own deals last, and adds them up. The
// total is the sum of the lines to the cent.
func (s *summation) finish() {
	for _, l := range s.lines {
		for _, minor := range l.minor {
			l.Expected = append(l.Expected, money.Amount{Minor: int64(math.Round(minor)), Currency: s.o.Currency})
		}
		s.o.Rows = append(s.o.Rows, *l)
	}
	weight := func(l Line) int64 { return l.Booked.Minor + l.Open.Minor }
	slices.SortFunc(s.o.Rows, func(a, b Line) int {
		if a.Itself != b.Itself {
			return map[bool]int{true: 1, false: -1}[a.Itself]
		}
		return cmp.Or(cmp.Compare(weight(b), weight(a)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Person, b.Person))
	})
	for range s.o.Methods {
		s.total.Expected = append(s.total.Expected, money.Amount{Currency: s.o.Currency})
	}
	for i := range s.o.Rows {
		s.total.take(&s.o.Rows[i])
	}
	s.o.Total = *s.total
}

func (l *Line) take(part *Line) {
	l.Deals += part.Deals
	l.Open.Minor += part.Open.Minor
	l.Wins += part.Wins
	l.Booked.Minor += part.Booked.Minor
	for m := range l.ExpectedWins {
		l.ExpectedWins[m] += part.ExpectedWins[m]
		l.Expected[m].Minor += part.Expected[m].Minor
	}
}
