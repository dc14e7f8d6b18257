package monday

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
)

// position is how a deal stood at one instant, as far as was known then.
type position struct {
	Exists   bool
	Outcome  deals.Outcome // empty while open
	Owner    people.ID
	Amount   *money.Amount
	Close    calendar.Date
	Stage    string
	Title    string
	Began    calendar.Instant
	ClosedAt calendar.Instant
}

// move is a deal about which something became known, before and after.
type move struct {
	ID        deals.ID
	Then, Now position
}

// scope is whose open deals, expected to close when, a bridge is about.
type scope struct {
	Of     func(people.ID) bool
	Period calendar.Period
	Place  placeOf
}

// placeOf turns an instant into the date that the organization's calendars show.
type placeOf func(calendar.Instant) calendar.Date

// holds tells whether a deal is part of the pipeline: open, in these hands, and
// expected to close in the period.
func (s *scope) holds(p *position) bool {
	return p.Exists && p.Outcome == "" && s.Of(p.Owner) && p.Close != "" && s.Period.Contains(p.Close)
}

// wonIn tells whether a deal was won by these hands in the period.
func (s *scope) wonIn(p *position) bool {
	return p.Exists && p.Outcome == deals.Won && s.Of(p.Owner) && s.Period.Contains(s.Place(p.ClosedAt))
}
