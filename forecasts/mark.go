package forecasts

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
	"milepost/problem"
)

// Mark says what the figures of a forecast page rest on: enough to work them out again,
// byte for byte, from the ledger and the kept forecasts, at any later time. Its id is
// what the page shows.
type Mark struct {
	AsOf     calendar.Instant `json:"a"`
	Sequence int64            `json:"q"` // of the newest entry that was known
	Zone     string           `json:"z"`
	From     calendar.Date    `json:"f"` // the period
	Until    calendar.Date    `json:"u"`
	Name     string           `json:"n"`
	Person   people.ID        `json:"p,omitempty"`
	By       string           `json:"b,omitempty"`
	Currency money.Currency   `json:"c"`
	Method   int              `json:"g,omitempty"` // the generation
	Lessons  []byte           `json:"l,omitempty"` // of the days whose kept forecasts taught ranges: weeks and days between them
	Edition  int64            `json:"e,omitempty"` // how often rehearsed ones among them had been replaced
	Sum      string           `json:"s"`           // the first bytes of the document's SHA-256
}

// markPrefix begins every id, so that another text is known as none.
const markPrefix = "mp1-"

// ID is the mark as it is shown and typed.
func (m Mark) ID() string {
	text, _ := json.Marshal(m) // strings and numbers never fail
	var packed bytes.Buffer
	out, _ := flate.NewWriter(&packed, flate.BestCompression)
	out.Write(text)
	out.Close()
	return markPrefix + base64.RawURLEncoding.EncodeToString(packed.Bytes())
}

// ParseMark reads an id.
func ParseMark(id string) (Mark, error) {
	var m Mark
	rest, is := strings.CutPrefix(strings.TrimSpace(id), markPrefix)
	packed, err := base64.RawURLEncoding.DecodeString(rest)
	if err == nil {
		packed, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), 1<<16))
	}
	if err == nil {
		err = json.Unmarshal(packed, &m)
	}
	if !is || err != nil || m.AsOf == 0 || m.From == "" || m.Until <= m.From || m.Sum == "" {
		return m, problem.Invalid("id", "This is not the id of a forecast: it begins with %s and stands at the foot of the forecast page. Copy all of it.", markPrefix)
	}
	return m, nil
}

// packDays writes days as the numbers of days between them, the first from 1970.
func packDays(days []calendar.Date) (list []byte) {
	before := calendar.Date("1970-01-01")
	for _, day := range days {
		n := before.DaysUntil(day)
		for ; n > 127; n >>= 7 {
			list = append(list, byte(n&127|128))
		}
		list, before = append(list, byte(n)), day
	}
	return list
}

func unpackDays(list []byte) []calendar.Date {
	days, before, n, shift := []calendar.Date{}, calendar.Date("1970-01-01"), 0, 0
	for _, b := range list {
		if n |= int(b&127) << shift; b > 127 {
			shift += 7
			continue
		}
		before, n, shift = before.AddDays(n), 0, 0
		days = append(days, before)
	}
	return days
}

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
		d.Model, d.Reference = fit.model.Hash(), fit.model.Reference.Number
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
		m.Method = int(f.taught.of)
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

// Reproduce works the figures of a mark out again. It fails where they come to anything
// else than what was shown.
func Reproduce(ctx context.Context, d *db.DB, o people.Organization, m Mark) ([]byte, error) {
	o.TimeZone = m.Zone
	log, err := history.ReadUpTo(ctx, d, o, m.Sequence)
	if err != nil {
		return nil, err
	}
	day := calendar.DateOf(m.AsOf, o.Place())
	k := newKeeper(d, o, log, m.Sequence, day.Midnight(o.Place()))
	k.edition = m.Edition
	is, err := k.teach(ctx, day, landmark.Generation(m.Method), unpackDays(m.Lessons), nil)
	if err != nil {
		return nil, err
	}
	f := sayTaught(log, m.Sequence, m.AsOf, Horizon(day.DaysUntil(m.Until)), is)
	line, err := organigram(ctx, d, o.ID, m.AsOf)
	if err != nil {
		return nil, err
	}
	period := calendar.Period{Name: m.Name, From: m.From, Until: m.Until}
	outlook := LookAheadBy(f, period, line, m.Person, m.By, m.Currency, func(people.ID) bool { return true })
	if err := f.Draw(outlook); err != nil {
		return nil, err
	}
	text, again, err := f.Document(outlook)
	if err != nil {
		return nil, err
	}
	if again.Sum != m.Sum {
		return text, problem.Conflict("id", "Worked out again these figures come to %s, and they were %s when they were shown: the ledger, or what was kept, is not what it was. Verify the ledger.", again.Sum, m.Sum)
	}
	return text, nil
}
