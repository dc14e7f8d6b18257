package forecasts

import (
	"context"

	"milepost/calendar"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// models are what a generation has learned from one log, by the midnight up to which it
// did: a model holds for a day. Nothing of them is stored, since the ledger up to
// that midnight makes the same ones again, to the last bit.
type models struct {
	by       map[calendar.Instant]*taught
	learning map[calendar.Instant]bool
	failed   error // of the last who learned
	stale    bool  // more was kept since, from which ranges learn
}

// mostModels is how many days' models are kept beside a log.
const mostModels = 4

// learned gives what the generation of record has learned as of the day of an instant.
// Where it has not yet, it lets it begin, beside whoever asks, and tells that it is at it.
func (m *Memory) learned(d *db.DB, o people.Organization, h *held, asOf calendar.Instant) (is *taught, learning bool) {
	date := calendar.DateOf(asOf, h.log.Place())
	day := date.Midnight(h.log.Place())
	is, has := h.models.by[day]
	if has && !h.models.stale || h.models.learning[day] {
		return is, !has
	}
	if h.models.by == nil {
		h.models.by, h.models.learning = map[calendar.Instant]*taught{}, map[calendar.Instant]bool{}
	}
	h.models.learning[day], h.models.stale = true, false
	k, zone := &keeper{d, o, h.log, h.head, day}, h.zone
	go func() {
		m.learn.Lock() // one at a time, so that serving has a core
		is, err := k.teach(context.Background(), date, 0, nil)
		m.learn.Unlock()
		h.turn.Lock()
		defer h.turn.Unlock()
		if h.zone != zone || h.models.by == nil { // all was read anew meanwhile
			return
		}
		delete(h.models.learning, day)
		if h.models.failed = err; err != nil { // whoever asks next is told, and tries again
			return
		}
		if len(h.models.by) >= mostModels {
			clear(h.models.by)
		}
		h.models.by[day] = is
	}()
	return is, !has
}

// Renew lets the generation of record learn again from what was kept meanwhile; until it
// has, what it learned before is served.
func (m *Memory) Renew(org db.Org) {
	m.turn.Lock()
	h := m.held[org]
	m.turn.Unlock()
	if h == nil {
		return
	}
	h.turn.Lock()
	defer h.turn.Unlock()
	h.models.stale = len(h.models.by) > 0
	h.forecasts, h.newest = map[question]*Forecast{}, nil
}

// teach lets the generation of record learn, where enough deals have ended; nil where
// not. Generation 0 is the one that the record supports; its ranges learn from the forecasts
// kept on some days, nil being those that there are.
func (k *keeper) teach(ctx context.Context, day calendar.Date, g landmark.Generation, lessons []calendar.Date) (*taught, error) {
	past := k.log.Before(k.now)
	if past.Ended() < fewestEnded {
		return nil, nil
	}
	if g == 0 {
		var err error
		if g, err = k.supported(ctx, day); err != nil {
			return nil, err
		}
	}
	of := Generation{g}
	t := &taught{of: g, methods: []Method{Served{landmark.Train(past, of.Of, landmark.Options{Tell: true})}}, course: newCourse(k.log)}
	t.coming, _ = NewArrivals(past)
	t.cautions = cautionsOf(past)
	days, err := k.lessons(ctx, of.Name(), day)
	if lessons != nil {
		days, err = lessons, nil
	}
	if err == nil {
		err = k.recallDays(ctx, t.course, of.Name(), days)
	}
	if err != nil {
		return nil, err
	}
	return t, t.course.hear(k.now)
}
