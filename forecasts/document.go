package forecasts

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"milepost/calendar"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
)

// document is an outlook as JSON: everything that the page shows in figures, with ids in
// place of people's names.
type document struct {
	AsOf      calendar.Instant `json:"as_of"`
	Sequence  int64            `json:"sequence"`
	From      calendar.Date    `json:"from"`
	Until     calendar.Date    `json:"until"`
	Person    people.ID        `json:"person,omitempty"`
	By        string           `json:"by,omitempty"`
	Currency  money.Currency   `json:"currency"`
	Method    string           `json:"method"`
	Model     string           `json:"model,omitempty"`           // its hash
	Steps     int              `json:"provisional,omitempty"`     // deals that ended or were opened again since it was fitted, taken in by a step
	Reference int              `json:"reference_table,omitempty"` // the table of assumptions it began with
	Seed      uint64           `json:"seed,omitempty"`
	Draws     int              `json:"draws,omitempty"`
	Lessons   []calendar.Date  `json:"lessons,omitempty"`
	Rates     []rates.Rate     `json:"rates,omitempty"` // by which open deals are counted
	Apart     []Apart          `json:"without_rate,omitempty"`
	Lines     []documentLine   `json:"lines"`
	Total     documentLine     `json:"total"`
}

type documentLine struct {
	Line     string                  `json:"line"` // a person's id, or the value of the attribute
	Open     int                     `json:"open"`
	Amount   int64                   `json:"open_amount"`
	Won      int                     `json:"won"`
	Booked   int64                   `json:"booked"`
	Expected Ordered[documentAmount] `json:"expected"` // by method, of what is open
	New      documentAmount          `json:"not_yet_created"`
	Native   *Native                 `json:"own_currency,omitempty"`
	Wins     *Spread                 `json:"wins,omitempty"` // booked, open and new together
	Money    *Spread                 `json:"money,omitempty"`
}

type documentAmount struct {
	Wins   float64 `json:"wins"`
	Amount int64   `json:"amount"`
}

func (o *Outlook) lineOf(l *Line) documentLine {
	d := documentLine{Line: l.key(o.By), Open: l.Deals, Amount: l.Open.Minor, Won: l.Wins, Booked: l.Booked.Minor, New: documentAmount{l.NewWins, l.New.Minor}, Native: l.Native}
	for m, name := range o.Methods {
		d.Expected = append(d.Expected, Named[documentAmount]{name, documentAmount{l.ExpectedWins[m], l.Expected[m].Minor}})
	}
	if o.Drawn {
		d.Wins, d.Money = &l.Range.Wins, &l.Range.Money
	}
	return d
}

// Document writes an outlook down, and gives the mark by which it can be made again.
func (f *Forecast) Document(o *Outlook) ([]byte, Mark, error) {
	d := document{AsOf: f.AsOf, Sequence: f.sequence, From: o.Period.From, Until: o.Period.Until, Person: o.Person, By: o.By, Currency: o.Currency,
		Method: f.Methods[OfRecord(f.Methods)], Lines: []documentLine{}, Total: o.lineOf(&o.Total), Rates: o.Used()}
	if fit, learned := f.fitted[OfRecord(f.Methods)].(*trained); learned {
		d.Model, d.Reference, d.Steps = fit.model.Hash(), fit.model.Reference.Number, f.news.Ended+f.news.Reopened
	}
	if len(d.Rates) > 0 {
		d.Apart = o.Apart
	}
	if o.Drawn {
		d.Seed, d.Draws, d.Lessons = drawSeed, rangeDraws, f.taught.course.days()
	}
	for i := range o.Rows {
		d.Lines = append(d.Lines, o.lineOf(&o.Rows[i]))
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, Mark{}, fmt.Errorf("writing a forecast down: %w", err)
	}
	m := Mark{AsOf: f.AsOf, Sequence: f.sequence, Zone: f.past.Place().String(), From: o.Period.From, Until: o.Period.Until, Name: o.Period.Name,
		Person: o.Person, By: o.By, Currency: o.Currency, Lessons: packDays(d.Lessons), Sum: sumOf(text)}
	if f.taught != nil {
		m.Method, m.Steps = int(f.taught.of), d.Steps
		if f.taught.sequence != f.sequence {
			m.Known = f.taught.sequence
		}
		if place := f.past.Place(); f.taught.at != calendar.DateOf(f.AsOf, place).Midnight(place) {
			m.Learned = f.taught.at
		}
	}
	if o.Drawn {
		m.Edition = f.taught.course.edition
	}
	return text, m, nil
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}
