package testworld

import "milepost/calendar"

// moreStream is where everything is drawn that came to the company later: deals go on
// as they did, whatever is added here.
const moreStream = 50

// furnish adds what people keep beside the course of their deals: notes, next steps
// and plans; and, where the rooms for it are there, whom they know, what is known of
// accounts, targets, and the products of deals.
func (w *world) furnish() {
	w.acquaint()
	for _, p := range w.deals {
		if p.created < w.time.today {
			w.keepNotes(p)
			w.keepSteps(p)
		}
	}
	if w.options.Furnished {
		w.meet()
		w.giveParts()
		w.describe()
		w.plan()
		w.fill()
		w.adopt()
		w.agree()
		w.audit()
		w.call()
		w.assume()
		w.exchange()
	}
}

// hour is an instant of a working day, where the deal's team is.
func (w *world) hour(p *plan, day int) calendar.Instant {
	return w.time.at(day, w.more.between(8*60+10, 17*60+20)+p.team.offset)
}
