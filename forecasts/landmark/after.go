package landmark

import (
	"math"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// mostKept is up to how many coefficients a model keeps what it takes to step on: the room
// goes with the square of it.
const mostKept = 2000

// keep keeps the fit, to step on from it.
func (m *Trained) keep(fit *hazard.Fit) {
	if len(fit.Theta) <= mostKept {
		m.fit = fit
	}
}

// AsOf is the instant up to which it learned.
func (m *Trained) AsOf() calendar.Instant { return m.asOf }

// News is what became of deals since a model learned: how many ended, and of how many an
// end was taken back.
type News struct{ Ended, Reopened int }

// Any tells whether there is any.
func (n News) Any() bool { return n.Ended+n.Reopened > 0 }

// After is the model once it knows which deals have ended since it learned, and of which an
// end was taken back: one Newton step from where it was, with the curvature that it was
// fitted with. Then is the past that it learned from, in the log of now. All of the news is
// taken in one step from the fit, deal by deal in their order, whatever came first: what is
// taken back leaves no trace, and the same news give the same model to the last bit.
//
// A deal that has ended tells at once how, from each of its landmarks; the next fit counts
// an interval of time only when it is over (see follow), and takes over from there.
func (m *Trained) After(then, now *history.Past) (*Trained, News) {
	var news News
	if m.fit == nil || !then.Shares(now) {
		return m, news
	}
	more, fewer := newTeller(m, now, then.Today()), newTeller(m, then, then.Today())
	for i := range now.Deals() {
		deal := int32(i)
		before, _ := then.End(deal)
		cause, _ := now.End(deal)
		if before == cause || m.only != nil && !m.only(deal) {
			continue
		}
		if news.Ended++; cause == history.Open {
			news.Ended, news.Reopened = news.Ended-1, news.Reopened+1
		}
		if place(now, deal) < m.limit {
			fewer.tell(deal, false)
			more.tell(deal, cause != history.Open)
		}
	}
	if !news.Any() {
		return m, news
	}
	model, err := m.fit.With(more.rows, fewer.rows)
	if err != nil { // never: the rows are of the model's own making
		return m, News{}
	}
	next := *m
	next.model = model
	return &next, news
}

// teller makes rows of single deals for a model that has been fitted.
type teller struct {
	*Trained
	past   *history.Past
	asking *Asking
	rows   *hazard.Rows
}

// newTeller takes what a past knows, at the landmarks of the day on which the model learned.
func newTeller(m *Trained, p *history.Past, learned history.Day) *teller {
	asking := m.Ask(p)
	asking.sweeper.grid = learned
	return &teller{m, p, asking, &hazard.Rows{}}
}

// tell adds the landmarks of a deal up to when the model learned, with what came after
// them; at once is whether an end counts though its interval is not over yet.
func (t *teller) tell(deal int32, atOnce bool) {
	closings := t.past.AppendClosings(nil, deal)
	t.asking.sweeper.landmarks(deal, t.step, func(s *snapshot) {
		if s.at > t.asOf {
			return
		}
		seen, cause := t.came(s.at, closings, atOnce)
		if seen == 0 {
			return
		}
		is := t.asking.stands(s)
		t.rows.Fixed = append(t.rows.Fixed, is.levels...)
		t.rows.Track = append(t.rows.Track, t.track(is.levels[1], is.class))
		t.rows.Seen, t.rows.Cause = append(t.rows.Seen, uint8(seen)), append(t.rows.Cause, uint8(cause))
		t.rows.Weight = append(t.rows.Weight, t.share*math.Exp2(-days(s.at, t.asOf)/halfLife))
	})
}

// came is follow for a deal of which more is known than was when the model learned.
func (t *teller) came(at calendar.Instant, closings []history.Closing, atOnce bool) (seen int, cause history.Cause) {
	whole := t.cuts.interval(float64(t.asOf-at) / day)
	for _, c := range closings {
		if c.At < at || c.Until < t.past.AsOf() { // taken back since
			continue
		}
		if k := t.cuts.interval(float64(c.At-at) / day); k < whole || atOnce && k < len(t.cuts.ends) {
			return k + 1, c.Cause
		}
		if atOnce { // it outlived all intervals
			return len(t.cuts.ends), history.Open
		}
		break
	}
	return whole, history.Open
}
