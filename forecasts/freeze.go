package forecasts

import (
	"bytes"
	"compress/gzip"
	"context"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/people"
)

// Schema holds the table of frozen forecasts.
//
//go:embed schema
var Schema embed.FS

// Frozen is a forecast as it was given on a day by one method. It is kept for good:
// what was said is scored when the period ends, and may be made again from the
// ledger up to Sequence, byte for byte.
type Frozen struct {
	Day      calendar.Date    `db:"day"`
	Method   string           `db:"method"`
	AsOf     calendar.Instant `db:"as_of"`     // the day's midnight in the organization's zone
	FrozenAt calendar.Instant `db:"frozen_at"` // when the job ran
	Sequence int64            `db:"sequence"`  // of the newest entry that it knew
	Settings string           `db:"settings"`  // JSON of Settings
	Open     int              `db:"open_deals"`
	Document string           `db:"document"` // JSON of the forecast with people's ids for their names, gzip, base64
	// Rehearsed is 1 for a forecast that was made later than its day, from what was
	// recorded before it, as it would have been said.
	Rehearsed int `db:"rehearsed"`
}

// Settings are what else a frozen forecast depended on.
type Settings struct {
	TimeZone string    `json:"time_zone"`
	Horizons []Horizon `json:"horizons"` // in days; the ends of the fiscal month, quarter and year are among them
	// Lessons are the days of the kept forecasts of the same method from which its ranges
	// could learn, and Draws how often each total was drawn; nil and 0 without ranges.
	Lessons []calendar.Date `json:"lessons,omitempty"`
	Draws   uint32          `json:"draws,omitempty"`
	// Edition is how often rehearsed forecasts had been replaced when ranges learned from them.
	Edition int64 `json:"edition,omitempty"`
	// Table is the number of the table of assumptions that the method leaned on, 0 for the one
	// that ships; nil for a method that leans on none, and before it was noted.
	Table *int `json:"table,omitempty"`
}

// steadyHorizons are frozen every day, beside those to the ends of the periods, so
// that days can be compared and ranges can learn.
var steadyHorizons = []Horizon{7, 14, 30, 60, 90, 180, 365}

// freezeHorizons lists the horizons that are frozen on a day, shortest first.
func freezeHorizons(day calendar.Date, year calendar.Fiscal) []Horizon {
	list := slices.Clone(steadyHorizons)
	for _, p := range []calendar.Period{year.Month(day), year.Quarter(day), year.Year(day)} {
		list = append(list, Horizon(day.DaysUntil(p.Until)))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// keeper freezes forecasts of one organization.
type keeper struct {
	db       *db.DB
	org      people.Organization
	log      *history.Log
	sequence int64
	now      calendar.Instant
	edition  int64 // of the rehearsed forecasts to learn from
}

func newKeeper(d *db.DB, o people.Organization, log *history.Log, sequence int64, now calendar.Instant) *keeper {
	return &keeper{d, o, log, sequence, now, newestEdition}
}

// Freeze keeps today's forecast of every method, as of the midnight with which the
// day began; or that of some methods only. A day that is frozen already stays as it is.
func Freeze(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, only ...string) error {
	day := calendar.DateOf(now, o.Place())
	done, err := frozenMethods(ctx, d, o.ID, day)
	if err != nil {
		return fmt.Errorf("looking for today's frozen forecasts: %w", err)
	}
	if len(done) == len(Backtested()) {
		return nil
	}
	log, sequence, err := history.Read(ctx, d, o)
	if err != nil {
		return err
	}
	k := newKeeper(d, o, log, sequence, now)
	for _, method := range k.able(day) {
		if slices.Contains(done, method.Name()) || len(only) > 0 && !slices.Contains(only, method.Name()) {
			continue
		}
		c := newCourse(log)
		if err := k.recall(ctx, c, method.Name(), day); err != nil {
			return err
		}
		if err := k.keep(ctx, c, day, method, rangeDraws); err != nil {
			return err
		}
	}
	return nil
}

// able are the methods that have what sets them apart by the beginning of a day.
func (k *keeper) able(day calendar.Date) []Method {
	asOf := day.Midnight(k.org.Place())
	list, _ := able(k.log, []calendar.Instant{asOf}, Backtested())
	if k.log.Before(asOf).Ended() < fewestEnded {
		return list[:len(Methods())]
	}
	return list
}

// keep freezes what one method says as of the beginning of a day, with the ranges that the
// course has taught by then, and adds it to the course.
func (k *keeper) keep(ctx context.Context, c *course, day calendar.Date, method Method, draws uint32) error {
	settings := Settings{TimeZone: k.org.TimeZone, Horizons: freezeHorizons(day, k.org.Fiscal()), Lessons: c.days(), Draws: draws, Edition: c.edition}
	said, err := k.say(c, day.Midnight(k.org.Place()), method, settings)
	if err != nil {
		return err
	}
	document, err := pack(said)
	if err != nil {
		return err
	}
	if table, leans := said.Leans(); leans {
		settings.Table = &table
	}
	packed, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	f := Frozen{Day: day, Method: method.Name(), AsOf: said.AsOf, FrozenAt: k.now, Sequence: k.sequence,
		Settings: string(packed), Open: len(said.Deals), Document: document}
	if day < calendar.DateOf(k.now, k.org.Place()) {
		f.Rehearsed = 1
	}
	if err := insertFrozen(ctx, k.db, f); err != nil {
		return fmt.Errorf("freezing the forecast of %s: %w", day, err)
	}
	if f.Rehearsed == 1 {
		if c.edition, err = replace(ctx, k.db, &f); err != nil {
			return fmt.Errorf("making the forecast of %s again: %w", day, err)
		}
	}
	if len(apart(c.days(), []calendar.Date{day})) > 0 { // as whoever reads them again does
		c.keep(said, 0, k.now)
	}
	return nil
}

// say asks a method, and adds up what it says.
func (k *keeper) say(c *course, asOf calendar.Instant, method Method, s Settings) (*Forecast, error) {
	said := Say(k.log, asOf, s.Horizons, []Method{method})
	said.ids = true
	if s.Draws == 0 {
		return said, nil
	}
	if err := c.hear(asOf); err != nil {
		return nil, err
	}
	coming, _ := NewArrivals(said.past)
	var err error
	said.Ranges, err = said.ranges(0, c, coming, s.Draws)
	return said, err
}

// Again makes a frozen forecast's JSON anew from the ledger, as far as it knew it, and
// from the kept forecasts that its ranges learned from.
func (f *Frozen) Again(ctx context.Context, d *db.DB, o people.Organization) ([]byte, error) {
	var settings Settings
	if err := json.Unmarshal([]byte(f.Settings), &settings); err != nil {
		return nil, fmt.Errorf("reading the settings of a frozen forecast: %w", err)
	}
	at := slices.IndexFunc(Backtested(), func(m Method) bool { return m.Name() == f.Method })
	if at < 0 {
		return nil, fmt.Errorf("the method %s is no longer here", f.Method)
	}
	o.TimeZone = settings.TimeZone
	log, err := history.ReadUpTo(ctx, d, o, f.Sequence)
	if err != nil {
		return nil, err
	}
	k, c := newKeeper(d, o, log, f.Sequence, f.FrozenAt), newCourse(log)
	k.edition = settings.Edition
	if err := k.recallDays(ctx, c, f.Method, settings.Lessons); err != nil {
		return nil, err
	}
	said, err := k.say(c, f.AsOf, Backtested()[at], settings)
	if err != nil {
		return nil, err
	}
	return json.Marshal(said)
}

// JSON is the forecast as it was given.
func (f *Frozen) JSON() ([]byte, error) {
	in, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader([]byte(f.Document))))
	if err != nil {
		return nil, fmt.Errorf("unpacking a frozen forecast: %w", err)
	}
	return io.ReadAll(in)
}

func pack(f *Forecast) (string, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return "", err
	}
	var packed bytes.Buffer
	out := gzip.NewWriter(&packed)
	if _, err := out.Write(text); err != nil {
		return "", err
	}
	if err := out.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}
