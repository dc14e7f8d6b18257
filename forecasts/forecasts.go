// Package forecasts says what the open deals of an organization are likely to
// become: won, lost or no action, within so many days, as of any instant, and
// what that adds up to by person and company.
//
// It reads the history of the deals from the ledger, never from today's tables,
// and a forecast as of an instant uses only what was recorded before it (see the
// package history): whoever asks again later, with more in the ledger, gets the same
// answer to the bit.
//
// Several methods work side by side behind one interface, Method; Backtest tells
// which of them can be relied on, by going back in time and asking each.
package forecasts

import (
	"strconv"
	"strings"

	"milepost/forecasts/history"
	"milepost/problem"
)

// Odds are the probabilities that a deal will stand as won, lost or ended in no
// action when a horizon ends. What is missing to 1 is that it is still open.
type Odds struct {
	Won      float64 `json:"won"`
	Lost     float64 `json:"lost"`
	NoAction float64 `json:"no_action"`
}

// of puts a probability in its place.
func (o *Odds) of(c history.Cause) *float64 {
	switch c {
	case history.Won:
		return &o.Won
	case history.Lost:
		return &o.Lost
	default:
		return &o.NoAction
	}
}

// Horizon is how far a forecast looks, in civil days of the organization's zone.
type Horizon int

// String is the form that people type: "7d".
func (h Horizon) String() string { return strconv.Itoa(int(h)) + "d" }

// longestHorizon is a hundred years: beyond it a number is surely a slip.
const longestHorizon = 36525

// ParseHorizons reads a list like "7d,14d,30d": whole days, at least one, each
// horizon once.
func ParseHorizons(text string) ([]Horizon, error) {
	var list []Horizon
	seen := map[Horizon]bool{}
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		number, has := strings.CutSuffix(part, "d")
		days, err := strconv.Atoi(number)
		if !has || err != nil || days < 1 || days > longestHorizon {
			return nil, problem.Invalid("horizons", "%q is not a horizon; write whole days like 7d,14d,30d", part)
		}
		if seen[Horizon(days)] {
			return nil, problem.Invalid("horizons", "the horizon %dd is asked for twice", days)
		}
		seen[Horizon(days)] = true
		list = append(list, Horizon(days))
	}
	return list, nil
}
