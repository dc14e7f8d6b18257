package forecasts

import (
	"milepost/calendar"
	"milepost/money"
	"milepost/people"
)

// fewestEnded is how many deals must have ended before a forecast is shown: below
// it, a win rate is an accident.
const fewestEnded = 20

// Outlook is a fiscal period as it looked at one instant: what was booked by then,
// and what was expected on top by its end, for each person down the reporting line.
type Outlook struct {
	Period   calendar.Period
	AsOf     calendar.Instant
	Person   people.ID // whose line it is; empty for the whole company
	By       string    // what the lines are: "" for people, else the name of an attribute such as "segment"
	Currency money.Currency
	Others   []money.Currency // of further deals, which are in the amounts as far as there are rates
	Apart    []Apart          // deals that are not
	Rows     []Line
	Total    Line
	Methods  []string
	Ended    int     // deals that had ended by then
	Reach    int     // days of history before then
	Days     Horizon // from then to the period's end
	Begins   Horizon // from then until it begins; 0 where it has
	Hidden   int     // deals of people whom the viewer no longer sees
	Own      []int   // places in the forecast of the deals that Person owned
	Listed   []int   // places of all deals of the lines
	Drawn    bool    // there are ranges
	Lessons  int     // earlier forecasts that taught how wide they are
	sum      *summation
	exchange *exchange
}

// Line is one person with everyone below, or one value of an attribute, added up.
type Line struct {
	Person       people.ID
	Name         string
	Itself       bool // the person's own deals only: those below have their lines
	Deals        int  // open
	Open         money.Amount
	Wins         int
	Booked       money.Amount
	ExpectedWins []float64      // by method
	Expected     []money.Amount // by method
	minor        []float64      // expected, before rounding
	// NewWins and New are what deals that do not exist yet are expected to bring by the
	// period's end, and Range is all together: booked, open and new, in wins and in money.
	NewWins float64
	New     money.Amount
	Range   Together
	// Native is what lines by currency hold in their own.
	Native *Native
}

// TooFew tells whether the history is too thin to say what comes of open deals.
func (o *Outlook) TooFew() bool { return o.Ended < fewestEnded || o.Reach < int(o.Days) }

// Organigram is who reported to whom, and how people are called.
type Organigram struct {
	Chart people.Chart
	Names map[people.ID]string
}

// LookAhead adds up what a forecast says about a period for the line below a person,
// or for the whole company. Amounts are added up in one currency, as far as there are
// rates; sees decides whose deals count at all.
func LookAhead(f *Forecast, period calendar.Period, line Organigram, person people.ID, currency money.Currency, sees func(people.ID) bool) *Outlook {
	return LookAheadBy(f, period, line, person, "", currency, sees)
}

// LookAheadBy does so with a line for each value of an attribute, where one is named.
func LookAheadBy(f *Forecast, period calendar.Period, line Organigram, person people.ID, by string, currency money.Currency, sees func(people.ID) bool) *Outlook {
	place := f.past.Place()
	o := &Outlook{Period: period, AsOf: f.AsOf, Person: person, By: by, Methods: f.Methods,
		Ended: f.past.Ended(), Reach: f.past.Reach(), Days: f.Horizons[0], Begins: f.Begins}
	wins := f.past.Wins(period.From.Midnight(place), period.Until.Midnight(place))
	o.Currency, o.Others = f.currencies(wins, currency)
	o.exchange = f.exchange(o.Currency)
	sum := newSummation(f, o, line, sees)
	for i := range f.Deals {
		owner := people.ID(f.past.Person(f.Deals[i].Owner))
		if l := sum.line(f.Deals[i].Deal, owner); l != nil {
			o.Listed = append(o.Listed, i)
			sum.open(f, l, i)
			if owner == person && person != "" {
				o.Own = append(o.Own, i)
			}
		}
	}
	for _, win := range wins {
		if l := sum.line(win.Deal, people.ID(f.past.Person(win.Owner))); l != nil {
			sum.win(l, &win)
		}
	}
	sum.finish()
	return o
}
