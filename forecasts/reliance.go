package forecasts

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// OfRecord is the place, among some methods, of the one whose figures stand for "the
// forecast" wherever one figure is shown: the generation that looks at most, and past
// yield while none has learned.
func OfRecord(methods []string) int {
	for _, name := range []string{Generation{landmark.Milestones}.Name(), Generation{landmark.Triad}.Name(), Generation{landmark.Activities}.Name(), PastYieldName} {
		if at := slices.Index(methods, name); at >= 0 {
			return at
		}
	}
	return 0
}

// MethodLabel is what a method is called on pages.
func MethodLabel(name string) string { return methodLabel(name) }

// Basis is what a forecast rests on.
type Basis struct {
	Ended int     // deals that had ended by then
	Reach int     // days of history before then
	Days  Horizon // how far it looks
}

// Basis says what the forecast rests on, for its first horizon.
func (f *Forecast) Basis() Basis {
	return Basis{Ended: f.past.Ended(), Reach: f.past.Reach(), Days: f.Horizons[0]}
}

// TooFew tells whether the history is too thin to say what comes of open deals.
func (b Basis) TooFew() bool { return b.Ended < fewestEnded || b.Reach < int(b.Days) }

// Why says what is missing where that is too few, and what brings it.
func (b Basis) Why() string {
	if b.Ended < fewestEnded {
		return fmt.Sprintf("A forecast learns from deals that have ended: won, lost or no action. %s so far; from %d on it says what is likely. Recording how each deal ended, the lost ones too, is what brings it here.",
			count(b.Ended, "deal has ended", "deals have ended"), fewestEnded)
	}
	return fmt.Sprintf("The period ends in %s, and the history goes back %s only: nobody has seen yet what becomes of deals in so long a time. Choose a shorter period, or import older deals.",
		count(int(b.Days), "day", "days"), count(b.Reach, "day", "days"))
}

// Backtest goes back to some instants with the history that is held for the pages, and
// scores the simple methods and the generation of record at one horizon.
func (m *Memory) Backtest(ctx context.Context, d *db.DB, o people.Organization, asOfs []calendar.Instant, horizon Horizon) (*Report, error) {
	h := m.of(o.ID)
	h.turn.Lock()
	err := h.refresh(ctx, d, o)
	log := h.log // never changes; it is replaced by the next refresh
	h.turn.Unlock()
	if err != nil {
		return nil, fmt.Errorf("reading the history for a backtest: %w", err)
	}
	r, _, err := goBack(ctx, log, asOfs, 0, []Horizon{horizon}, append(Methods(), furthest(log, asOfs)), nil) // without ranges, which the pages do not show
	return r, err
}

// Starts is the instant at which the history that is held begins; false without deals.
func (m *Memory) Starts(ctx context.Context, d *db.DB, o people.Organization) (calendar.Instant, bool, error) {
	h := m.of(o.ID)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := h.refresh(ctx, d, o); err != nil {
		return 0, false, err
	}
	at, any := h.log.Starts()
	return at, any, nil
}

// furthest is the generation that looks at most of what a log has.
func furthest(log *history.Log, asOfs []calendar.Instant) Method {
	for _, of := range []landmark.Generation{landmark.Milestones, landmark.Triad} {
		if g := (Generation{of}); len(asOfs) > 0 && g.Lacks(log, slices.Max(asOfs)) == "" {
			return g
		}
	}
	return Generation{landmark.Activities}
}
