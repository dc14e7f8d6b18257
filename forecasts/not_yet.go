package forecasts

import (
	"milepost/forecasts/history"
	"milepost/people"
)

// NotYet is what deals that do not exist yet are expected to bring in a stretch of time to
// the owners of a line: wins, and money in minor units, in the currency of an outlook and at
// its rates. They are shared out as the deals were that came lately. Nothing while no
// generation has learned.
func (f *Forecast) NotYet(o *Outlook, s Stretch, in func(people.ID) bool) (wins, minor float64) {
	if f.taught == nil || f.taught.coming == nil || s.Days() <= 0 {
		return 0, 0
	}
	coming := f.taught.coming
	inside := make([]int, len(coming.recent))
	for i, name := range coming.recent {
		if deal, is := f.past.Named(name); is && in(people.ID(f.past.Person(f.past.Describe(deal).Owner))) {
			inside[i] = 1
		}
	}
	return coming.exchanged(o.exchange).bring(s, func(history.Label) []int { return inside }, false, 1)
}
