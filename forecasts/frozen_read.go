package forecasts

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/people"
)

// RecordPath is where the page is that holds frozen forecasts against what came.
const RecordPath = "/forecasts/record"

// Kept is a frozen forecast, unpacked: what one method said of every deal that was open.
type Kept struct {
	Deals  []KeptDeal  `json:"deals"`
	Ranges *KeptRanges `json:"ranges"` // nil in forecasts from before ranges were kept
}

// KeptDeal is one deal: its owner by id, what its amount was known to be, and its chances
// by method and horizon ("30d").
type KeptDeal struct {
	External string                     `json:"external_id"`
	ID       string                     `json:"id"` // where there is no external one
	Owner    string                     `json:"owner"`
	Amount   string                     `json:"amount"` // as digits, or empty
	Currency string                     `json:"currency"`
	Methods  map[string]map[string]Odds `json:"methods"`
}

// KeptRanges are the ranges of totals, by horizon: of the company and of each owner, by
// id, "" for deals without one.
type KeptRanges struct {
	Company map[string]KeptTotals            `json:"company"`
	Owners  map[string]map[string]KeptTotals `json:"owners"`
}

// KeptTotals are those of the deals that were open, and of these with the deals that did
// not exist yet, which only the company has.
type KeptTotals struct {
	Open    *KeptTotal `json:"open"`
	WithNew *KeptTotal `json:"with_new"`
}

// KeptTotal is a number of wins, and what they come to by currency, in minor units.
type KeptTotal struct {
	Wins       *KeptSpread           `json:"wins"`
	ByCurrency map[string]KeptSpread `json:"by_currency"`
}

// KeptSpread is the median of a total with the ranges that hold half, most and nearly all.
type KeptSpread struct {
	Median float64    `json:"median"`
	Half   [2]float64 `json:"50"`
	Most   [2]float64 `json:"80"`
	Nearly [2]float64 `json:"95"`
}

// Unpack reads what was said.
func (f *Frozen) Unpack() (*Kept, error) {
	text, err := f.JSON()
	if err != nil {
		return nil, err
	}
	k := &Kept{}
	if err := json.Unmarshal(text, k); err != nil {
		return nil, fmt.Errorf("reading the forecast of %s by %s: %w", f.Day, f.Method, err)
	}
	return k, nil
}

// Looks lists the horizons of the forecast, as far as its settings were read.
func (f *FrozenHead) Looks() ([]Horizon, error) {
	s, err := f.settings()
	return s.Horizons, err
}

// Leaned is the number of the table of assumptions that the forecast leaned on; false for
// a method that leans on none, and where it was not noted yet.
func (f *FrozenHead) Leaned() (table int, noted bool, err error) {
	s, err := f.settings()
	if s.Table == nil {
		return 0, false, err
	}
	return *s.Table, true, err
}

func (f *FrozenHead) settings() (s Settings, err error) {
	if f.Settings == "" {
		return s, nil
	}
	if err := json.Unmarshal([]byte(f.Settings), &s); err != nil {
		return s, fmt.Errorf("reading the settings of the forecast of %s by %s: %w", f.Day, f.Method, err)
	}
	return s, nil
}

// EndOf is the instant at which a horizon ends that begins at another.
func EndOf(from calendar.Instant, h Horizon, place *time.Location) calendar.Instant {
	return later(from, h, place)
}

// History is the newest history of an organization, with the sequence of the last entry
// in it, as it is held for the pages.
func (m *Memory) History(ctx context.Context, d *db.DB, o people.Organization) (*history.Log, int64, error) {
	h := m.of(o.ID)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := h.refresh(ctx, d, o); err != nil {
		return nil, 0, err
	}
	return h.log, h.head, nil
}
