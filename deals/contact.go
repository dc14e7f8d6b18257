package deals

import (
	"milepost/calendar"
	"milepost/internal/ledger"
)

// contacts counts what was done with the buyer. An activity may be corrected or
// withdrawn later, so each is kept by its id until the fold is done.
type contacts map[string]calendar.Instant

// take notes an activity, its correction or its withdrawal.
func (c contacts) take(e *ledger.Entry, f *Fact) {
	switch e.Kind {
	case ActivityLogged:
		id := e.ID
		if f.Planned != "" { // the plan keeps its id when it is carried out
			id = f.Planned
		}
		c[id] = e.EffectiveAt
	case ActivityCorrected:
		if _, logged := c[e.Subject]; logged && f.At != nil {
			c[e.Subject] = *f.At
		}
	case ActivityWithdrawn:
		delete(c, e.Subject)
	}
}

// tell puts the count into the opportunity.
func (c contacts) tell(o *Opportunity) {
	o.Activities = int64(len(c))
	for _, at := range c {
		o.LastActivityAt = max(o.LastActivityAt, at)
	}
}
