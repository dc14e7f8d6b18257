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
	k, zone := newKeeper(d, o, h.log, h.head, day), h.zone
	go func() {
		m.learn.Lock() // one at a time, so that serving has a core
		defer m.learn.Unlock()
		// First what a model is, for those who wait; then what the record adds to it.
		quick, err := k.teach(context.Background(), date, furthest(k.log, []calendar.Instant{day}).(Generation).Of, []calendar.Date{}, nil)
		last := err != nil || quick == nil
		if last || !has {
			h.keep(day, zone, quick, err, last)
		}
		if !last {
			is, err := k.teach(context.Background(), date, 0, nil, quick)
			h.keep(day, zone, is, err, true)
		}
	}()
	return is, !has
}

// keep takes in what was learned of a day, unless all was read anew meanwhile.
func (h *held) keep(day calendar.Instant, zone string, is *taught, err error, last bool) {
	h.turn.Lock()
	defer h.turn.Unlock()
	if h.zone != zone || h.models.by == nil {
		return
	}
	if last {
		delete(h.models.learning, day)
	}
	if h.models.failed = err; err != nil { // whoever asks next is told, and tries again
		return
	}
	if _, has := h.models.by[day]; !has && len(h.models.by) >= mostModels {
		clear(h.models.by)
	}
	h.models.by[day] = is
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
// kept on some days, nil being those that there are. What is known quickly is not learned
// again.
func (k *keeper) teach(ctx context.Context, day calendar.Date, g landmark.Generation, lessons []calendar.Date, quick *taught) (*taught, error) {
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
	t := &taught{of: g, course: newCourse(k.log)}
	if quick != nil && quick.of == g {
		t.methods, t.coming, t.cautions = quick.methods, quick.coming, quick.cautions
	} else {
		t.methods = []Method{Served{landmark.Train(past, g, landmark.Options{Tell: true})}}
		t.coming, _ = NewArrivals(past)
		t.cautions = cautionsOf(past)
	}
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
