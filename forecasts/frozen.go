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
