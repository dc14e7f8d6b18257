package forecasts

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// models are what a generation has learned from one log. Nothing of them is stored, since
// the ledger up to an instant makes the same ones again, to the last bit.
type models struct {
	by       map[calendar.Instant]*taught // by the midnight up to which they did
	learning map[calendar.Instant]bool
	failed   error // of the last who learned
	stale    bool  // more was kept since, from which ranges learn

	latest  *taught          // the newest that serves whoever asks about now; nil where none has learned
	refit   *refit           // that is under way, or was the last
	refused calendar.Instant // the day whose refit was called off or failed: only a person begins another
}

// mostModels is how many days' models are kept beside a log.
const mostModels = 4

// learned gives what the generation of record has learned as of the day of an instant.
// Where it has not yet, it lets it begin, beside whoever asks, and tells that it is at it.
// Who asks about now is served what learned last, until the refit of the day is there.
func (m *Memory) learned(d *db.DB, o people.Organization, h *held, asOf calendar.Instant, now bool) (is *taught, learning bool) {
	date := calendar.DateOf(asOf, h.log.Place())
	day := date.Midnight(h.log.Place())
	if last := h.models.latest; now && (last == nil || last.at <= asOf) {
		return m.serves(d, o, h, day)
	}
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
		quick, err := k.teachFirst(context.Background(), date)
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

// serves gives what has learned last, for who asks about now, and lets the fit of the day
// begin where there is none.
func (m *Memory) serves(d *db.DB, o people.Organization, h *held, day calendar.Instant) (is *taught, learning bool) {
	is, has := h.models.by[day]
	at := day
	if last := h.models.latest; last != nil && (!has || last.at > day) {
		is, has, at = last, last.at >= day, max(day, last.at)
	}
	if has && !h.models.stale || h.models.refused == day {
		return is, false
	}
	m.begin(d, o, h, at, "")
	return is, is == nil && !has
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
	h.models.put(day, is)
}

// put keeps what was learned up to a midnight.
func (m *models) put(day calendar.Instant, is *taught) {
	if m.by == nil {
		m.by, m.learning = map[calendar.Instant]*taught{}, map[calendar.Instant]bool{}
	}
	if _, has := m.by[day]; !has && len(m.by) >= mostModels {
		clear(m.by)
	}
	m.by[day] = is
	if is != nil && (m.latest == nil || m.latest.at <= is.at) {
		m.latest = is
	}
}

// forget lets all go, and calls off what is under way: the log is read anew.
func (m *models) forget() {
	if m.refit != nil && !m.refit.Over {
		m.refit.stop()
	}
	*m = models{}
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
	h.forecasts, h.newest = map[question]*Forecast{}, map[Ahead]*Forecast{}
}

// teachFirst says what a model is to those who wait, before anything that the record adds to
// it: the generation that looks at most of what the history has.
func (k *keeper) teachFirst(ctx context.Context, day calendar.Date) (*taught, error) {
	return k.teach(ctx, day, furthest(k.log, []calendar.Instant{k.now}).(Generation).Of, []calendar.Date{}, nil)
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
	t := &taught{of: g, at: k.now, sequence: k.sequence, ended: past.Ended(), course: newCourse(k.log)}
	if quick != nil && quick.of == g {
		t.methods, t.coming, t.cautions = quick.methods, quick.coming, quick.cautions
	} else {
		model, err := landmark.TrainUnder(ctx, past, g, landmark.Options{Tell: true, Told: k.told})
		if err != nil {
			return nil, fmt.Errorf("learning from past deals: %w", err)
		}
		t.methods = []Method{Served{model}}
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
