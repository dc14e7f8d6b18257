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
}

// Settings are what else a frozen forecast depended on.
type Settings struct {
	TimeZone string    `json:"time_zone"`
	Horizons []Horizon `json:"horizons"` // in days; the ends of the fiscal month, quarter and year are among them
}

// steadyHorizons are frozen every day, beside those to the ends of the periods, so
// that days can be compared.
var steadyHorizons = []Horizon{7, 14, 30, 90}

// freezeHorizons lists the horizons that are frozen on a day, shortest first.
func freezeHorizons(day calendar.Date, year calendar.Fiscal) []Horizon {
	list := slices.Clone(steadyHorizons)
	for _, p := range []calendar.Period{year.Month(day), year.Quarter(day), year.Year(day)} {
		list = append(list, Horizon(day.DaysUntil(p.Until)))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Freeze keeps today's forecast of every method, as of the midnight with which the
// day began. A day that is frozen already stays as it is.
func Freeze(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant) error {
	day := calendar.DateOf(now, o.Place())
	done, err := frozenMethods(ctx, d, o.ID, day)
	if err != nil {
		return fmt.Errorf("looking for today's frozen forecasts: %w", err)
	}
	missing := slices.DeleteFunc(Methods(), func(m Method) bool { return slices.Contains(done, m.Name()) })
	if len(missing) == 0 {
		return nil
	}
	log, sequence, err := history.Read(ctx, d, o)
	if err != nil {
		return err
	}
	settings := Settings{TimeZone: o.TimeZone, Horizons: freezeHorizons(day, o.Fiscal())}
	packed, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	asOf := day.Midnight(o.Place())
	for _, method := range missing {
		said := Say(log, asOf, settings.Horizons, []Method{method})
		said.ids = true
		document, err := pack(said)
		if err != nil {
			return err
		}
		if err := insertFrozen(ctx, d, Frozen{Day: day, Method: method.Name(), AsOf: asOf, FrozenAt: now, Sequence: sequence,
			Settings: string(packed), Open: len(said.Deals), Document: document}); err != nil {
			return fmt.Errorf("freezing the forecast of %s: %w", day, err)
		}
	}
	return nil
}

// Again makes a frozen forecast's JSON anew from the ledger, as far as it knew it.
func (f *Frozen) Again(ctx context.Context, d *db.DB, o people.Organization) ([]byte, error) {
	var settings Settings
	if err := json.Unmarshal([]byte(f.Settings), &settings); err != nil {
		return nil, fmt.Errorf("reading the settings of a frozen forecast: %w", err)
	}
	at := slices.IndexFunc(Methods(), func(m Method) bool { return m.Name() == f.Method })
	if at < 0 {
		return nil, fmt.Errorf("the method %s is no longer here", f.Method)
	}
	o.TimeZone = settings.TimeZone
	log, err := history.ReadUpTo(ctx, d, o, f.Sequence)
	if err != nil {
		return nil, err
	}
	said := Say(log, f.AsOf, settings.Horizons, Methods()[at:at+1])
	said.ids = true
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
