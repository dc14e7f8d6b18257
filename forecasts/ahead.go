package forecasts

import (
	"milepost/calendar"
	"milepost/forecasts/history"
)

// Ahead is what a forecast of a period looks at: the civil days from its own day until the
// period begins, 0 where it has begun, and until it ends.
type Ahead struct{ Begins, Ends Horizon }

// AheadOf is how far a period lies ahead of a day.
func AheadOf(day calendar.Date, p calendar.Period) Ahead {
	return Ahead{Begins: Horizon(max(0, day.DaysUntil(p.From))), Ends: Horizon(day.DaysUntil(p.Until))}
}

// Stretch is the same in days of 24 hours.
type Stretch struct{ Begins, Ends float64 }

// Days is how long it lasts.
func (s Stretch) Days() float64 { return s.Ends - s.Begins }

// stretch is what a forecast of a period looks at.
func (f *Forecast) stretch() Stretch {
	s := Stretch{Ends: f.days(0)}
	if f.Begins > 0 {
		s.Begins = daysAhead(f.past, f.Begins)
	}
	return s
}

// sayAhead asks methods about a period. Of one that has not begun, the chances are those of
// ending within it, F(end) - F(begin): a deal that is won before does not count. No chance
// is below nought, which the simple methods, whose chances of longer and of shorter times
// rest on different deals, might say.
func sayAhead(log *history.Log, asOf calendar.Instant, ahead Ahead, methods []Method) *Forecast {
	if ahead.Begins == 0 {
		return Say(log, asOf, []Horizon{ahead.Ends}, methods)
	}
	f := Say(log, asOf, []Horizon{ahead.Ends, ahead.Begins}, methods)
	f.Horizons, f.Begins = f.Horizons[:1], ahead.Begins
	for m := range f.Odds {
		within := f.Odds[m][0]
		for i, before := range f.Odds[m][1] {
			within[i] = within[i].after(before)
		}
		f.Odds[m] = f.Odds[m][:1]
	}
	return f
}

// after are the odds of what comes after an earlier instant.
func (o Odds) after(before Odds) Odds {
	return Odds{Won: max(0, o.Won-before.Won), Lost: max(0, o.Lost-before.Lost), NoAction: max(0, o.NoAction-before.NoAction)}
}
