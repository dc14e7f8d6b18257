package forecasts

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"milepost/calendar"
	"milepost/forecasts/reference"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
)

// sheet is what the forecast page shows to one viewer.
type sheet struct {
	ask      Asking
	viewer   *people.Viewer
	today    calendar.Date
	wrong    error // what was not understood of the address
	line     Organigram
	outlook  *Outlook
	deals    []dealOdds
	more     int // deals that are not listed
	titles   map[string]string
	learning bool                  // a better method will be there in a moment
	by       []string              // attributes by which the deals may be told apart
	fan      *Fan                  // nil without ranges
	target   map[people.ID]int64   // of whom the viewer sees, in the outlook's currency, or wins
	whole    *int64                // the organization's target, for who may see it
	calls    map[people.ID]*voiced // of whom the viewer sees
	id       string                // by which the figures can be worked out again; empty while it learns
	leans    string                // on which table of assumptions; empty for on none
	fitted   string                // up to when the model learned, and what it knows of since
	cautions []Caution
	before   *yearBefore // nil where history does not reach back so far
	warnings []string    // what of the history could not be taken as it is
}

// dealOdds is an open deal with its chance to be won by the period's end.
type dealOdds struct {
	ID, External, Stage string
	Amount              money.Amount
	HasAmount           bool
	Won                 []float64 // by method
}

// mostDeals is how many deals the page lists; the list of deals has all.
const mostDeals = 50

// look adds up. Where the whole company reports to one person, that person's line is
// what to look at.
func (s *sheet) look(f *Forecast, period calendar.Period) {
	s.learning, s.warnings, s.fitted = f.Learning, f.Warnings(), f.fittedWords()
	if number, leans := f.Leans(); leans {
		s.leans = reference.Name(number)
	}
	sees := s.viewer.Sees
	if s.viewer.SeesTotalsOfAll() {
		sees = func(people.ID) bool { return true }
	}
	add := func(person people.ID) *Outlook {
		return LookAheadBy(f, period, s.line, person, s.ask.By, s.ask.Currency, sees)
	}
	s.outlook = add(s.ask.Person)
	if rows := s.outlook.Rows; s.ask.Person == "" && s.ask.By == "" && len(rows) == 1 && len(s.line.Chart.Reports(rows[0].Person)) > 0 {
		s.outlook = add(rows[0].Person)
	}
	s.misread(Elsewhere(s.ask.Currency, s.outlook.Currency, s.viewer.Organization.Currency))
}

// pick chooses the deals to list: the largest expected amounts first.
func (s *sheet) pick(f *Forecast) {
	at := s.method()
	own := slices.Clone(s.outlook.Own)
	if s.ask.Lists {
		own = s.outlook.listed(f, s.ask.Only)
	}
	weight := func(i int) float64 { return f.Odds[at][0][i].Won * float64(f.Deals[i].Amount) }
	slices.SortStableFunc(own, func(a, b int) int {
		return cmp.Or(cmp.Compare(weight(b), weight(a)), cmp.Compare(f.Odds[at][0][b].Won, f.Odds[at][0][a].Won))
	})
	s.more = max(0, len(own)-mostDeals)
	for _, i := range own[:len(own)-s.more] {
		d := dealOdds{ID: f.Deals[i].ID, External: f.Deals[i].External, Stage: f.Name(f.Deals[i].Stage)}
		d.Amount, d.HasAmount = f.Money(&f.Deals[i])
		for m := range f.Methods {
			d.Won = append(d.Won, f.Odds[m][0][i].Won)
		}
		s.deals = append(s.deals, d)
	}
}

// listed are the deals of one line.
func (o *Outlook) listed(f *Forecast, key string) (list []int) {
	for _, i := range o.Listed {
		if at, _ := o.sum.key(f.Deals[i].Deal, people.ID(f.past.Person(f.Deals[i].Owner))); at == key {
			list = append(list, i)
		}
	}
	return list
}

// method is the place of the method that the big figures and the chart are drawn from.
func (s *sheet) method() int { return OfRecord(s.outlook.Methods) }

func (s *sheet) title() string {
	switch person := s.outlook.Person; {
	case person == "":
		return "Forecast"
	case person == s.viewer.ID:
		return "Your forecast"
	default:
		return "Forecast of " + s.name(person)
	}
}

func (s *sheet) name(person people.ID) string {
	if name := s.line.Names[person]; name != "" {
		return name
	}
	return "someone"
}

// crumbs are the way up the reporting line, as far as the viewer may look.
func (s *sheet) crumbs() []ui.Crumb {
	var up []ui.Crumb
	if s.ask.Person == "" {
		return nil
	}
	for at, steps := s.outlook.Person, 0; at != "" && at != s.viewer.ID && steps < 100; steps++ {
		at = s.line.Chart.Manager(at)
		switch {
		case at == "":
			if s.viewer.SeesTotalsOfAll() {
				up = append(up, ui.Crumb{Label: "Company", Path: s.ask.path("")})
			}
		case at == s.viewer.ID || s.viewer.IsAbove(at) || s.viewer.SeesTotalsOfAll():
			up = append(up, ui.Crumb{Label: s.name(at), Path: s.ask.path(at)})
		default:
			at = ""
		}
	}
	slices.Reverse(up)
	return up
}

// together is what is booked and what is expected on top.
func (s *sheet) together(l *Line) money.Amount {
	return money.Amount{Minor: l.Booked.Minor + l.Expected[s.method()].Minor, Currency: s.outlook.Currency}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// thousands writes a count with its thousands parted, as amounts are.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// round drops from an amount what a big figure need not say: cents, and from a
// million on what is below a thousand.
func round(a money.Amount) money.Amount {
	unit := int64(math.Pow10(a.Currency.Decimals()))
	if a.Minor >= 1_000_000*unit {
		unit *= 1000
	}
	a.Minor = (a.Minor + unit/2) / unit * unit
	return a
}
