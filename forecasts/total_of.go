package forecasts

import (
	"fmt"

	"milepost/calendar"
	"milepost/money"
	"milepost/people"
)

// TotalOf is what a period comes to for some owners together: what they booked, what is
// expected of their open deals and of those that they will be given, and the ranges of all
// of it. Whose deals may count is the asker's to know: pass only owners whom whoever is
// shown the total may see (people.Viewer).
//
// It is false without ranges: while no generation has learned, or where too few deals have
// ended. What it needs is drawn once for a forecast, so that it costs little after anybody
// has looked at the forecast page, or asked here.
func (f *Forecast) TotalOf(period calendar.Period, currency money.Currency, owns func(people.ID) bool) (total Line, drawn bool, err error) {
	o := LookAhead(f, period, Organigram{}, "", currency, owns)
	l := &o.Total
	if f.taught == nil || o.TooFew() {
		return *l, false, nil
	}
	one := func(owner people.ID) int {
		if owns(owner) {
			return 1
		}
		return 0
	}
	err = f.drawn(func(w *ways) error {
		is, err := w.at(f, o.exchange, f.Horizons[0], rangeDraws, nil)
		if err != nil {
			return err
		}
		ways := is.sum(w, o.exchange, 1, one)
		like := anyCurrency(w.like(f, func(_ int32, owner people.ID) int { return one(owner) }))
		if err := w.addComing(f, ways, f.Horizons[0], o.exchange, like); err != nil {
			return err
		}
		f.expectNew(o, []*Line{l}, like)
		l.Range = l.together(ways.wins[0], ways.minor[0])
		return nil
	})
	if err != nil {
		return *l, false, fmt.Errorf("adding up what a period comes to: %w", err)
	}
	return *l, true, nil
}
