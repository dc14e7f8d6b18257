package forecasts

import (
	"cmp"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/money"
	"milepost/people"
)

// summation gathers deals into the lines of an outlook.
type summation struct {
	o      *Outlook
	past   *history.Past
	chart  Organigram
	sees   func(people.ID) bool
	by     history.Label   // of the attribute's name, where lines are its values
	tells  bool            // lines are currencies
	owners map[string]bool // who ever owned a deal
	lines  map[string]*Line
	total  *Line
}

// newSummation starts a line for every report who ever owned a deal, or has someone
// below who did: that a rep has nothing open is worth a line, that an assistant has
// nothing open is not.
func newSummation(f *Forecast, o *Outlook, chart Organigram, sees func(people.ID) bool) *summation {
	s := &summation{o: o, past: f.past, chart: chart, sees: sees, owners: f.owners(), lines: map[string]*Line{}}
	o.sum, s.total = s, s.fresh("", "")
	if o.By != "" {
		s.by = f.past.Labelled(o.By)
		s.tells = o.By == ByCurrency && !f.past.AttributeNames()[s.by]
	}
	if s.tells && f.taught != nil && f.taught.coming != nil { // what is to come has a line as well
		for _, c := range f.taught.coming.currencies() {
			s.lines[f.Name(c)] = s.fresh("", f.Name(c))
		}
	}
	if o.By != "" || o.Person == "" {
		return s
	}
	for _, report := range chart.Chart.Reports(o.Person) {
		sells := func(p people.ID) bool { return s.owners[string(p)] }
		if sells(report) || slices.ContainsFunc(chart.Chart.Below(report), sells) {
			s.lines[string(report)] = s.fresh(report, "")
		}
	}
	return s
}

func (s *summation) fresh(person people.ID, name string) *Line {
	none := money.Amount{Currency: s.o.Currency}
	if s.o.By == "" {
		name = s.chart.Names[person]
	}
	var native *Native
	if s.tells && name != "" {
		native = newNative(money.Currency(name), len(s.o.Methods))
	}
	return &Line{Native: native, Person: person, Name: name, Itself: s.o.By == "" && person == s.o.Person, Open: none, Booked: none, New: none,
		ExpectedWins: make([]float64, len(s.o.Methods)), minor: make([]float64, len(s.o.Methods))}
}

// under is the report of the outlook's person through whom an owner reports; false for
// someone outside.
func (s *summation) under(owner people.ID) (people.ID, bool) {
	at := owner
	for steps := 0; at != s.o.Person; steps++ {
		above := s.chart.Chart.Manager(at)
		if above == s.o.Person || steps > 100 {
			break
		}
		if above == "" {
			return "", false
		}
		at = above
	}
	return at, true
}

// key names the line to which a deal of an owner belongs; false where it belongs to none.
func (s *summation) key(deal int32, owner people.ID) (string, bool) {
	at, inside := s.under(owner)
	if !inside || !s.sees(owner) {
		return "", false
	}
	if s.o.By == "" {
		return string(at), true
	}
	if s.tells {
		return s.past.Name(s.past.Describe(deal).Currency), true
	}
	return s.past.Name(s.past.AttributeOf(deal, s.by)), true
}

// line is where an owner's deal is added, or nil outside.
func (s *summation) line(deal int32, owner people.ID) *Line {
	key, counts := s.key(deal, owner)
	if !counts {
		if _, inside := s.under(owner); inside {
			s.o.Hidden++
		}
		return nil
	}
	if s.lines[key] == nil {
		if s.o.By == "" {
			s.lines[key] = s.fresh(people.ID(key), "")
		} else {
			s.lines[key] = s.fresh("", key)
		}
	}
	return s.lines[key]
}

func (s *summation) open(f *Forecast, l *Line, i int) {
	d := &f.Deals[i]
	l.Deals++
	worth, counts := s.o.Worth(d.Currency, d.Amount)
	if l.Open.Minor += worth; !counts && d.Currency != 0 {
		s.o.leave(money.Currency(f.Name(d.Currency)))
	}
	l.Native.open(f, i)
	for m := range f.Methods {
		p := f.Odds[m][0][i].Won
		l.ExpectedWins[m] += p
		if counts {
			l.minor[m] += p * float64(worth)
		}
	}
}

func (s *summation) win(l *Line, w *history.Win) {
	l.Wins++
	worth, counts := s.o.Booked(w)
	if l.Booked.Minor += worth; !counts && w.Currency != 0 {
		s.o.leave(money.Currency(s.past.Name(w.Currency)))
	}
	if l.Native != nil {
		l.Native.Booked.Minor += w.Amount
	}
}

// finish orders the lines, largest first, own deals last, and adds them up. The
// total is the sum of the lines to the cent.
func (s *summation) finish() {
	for _, l := range s.lines {
		for _, minor := range l.minor {
			l.Expected = append(l.Expected, money.Amount{Minor: int64(math.Round(minor)), Currency: s.o.Currency})
		}
		l.Native.finish()
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
