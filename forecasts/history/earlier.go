package history

import "milepost/calendar"

// Earlier is the past cut off at an instant before: what was known of each deal then. What
// was learned from all deals together stays that of the whole: the grid, and the order of
// milestones where they stand for stages. It costs nothing, so that a single deal can be
// asked about at many instants.
func (p *Past) Earlier(at calendar.Instant) *Past {
	cut := *p
	cut.asOf = min(at, p.asOf)
	cut.today = dayOf(cut.asOf, p.log.place)
	return &cut
}

// Stood is a deal as it stood as of then, if it was open.
func (p *Past) Stood(deal int32) (OpenDeal, bool) {
	rows := p.stays(deal)
	n := len(rows)
	if n == 0 || rows[n-1].ToAt < p.asOf {
		return OpenDeal{}, false
	}
	d := p.describe(deal)
	d.Stage = rows[n-1].Stage
	return d, true
}
