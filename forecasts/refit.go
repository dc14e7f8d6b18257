package forecasts

import (
	"context"
	"errors"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// Refit is how far the fitting of the model is that is under way, or how the last one ended.
type Refit struct {
	landmark.Progress
	Began  calendar.Instant
	By     people.ID // who asked for it; nobody where it came by itself
	Over   bool
	Halted bool   // it was called off
	Wrong  string // why it did not come to anything
}

// refit is one with what it takes to call it off. Its progress is guarded by the turn of
// who holds it.
type refit struct {
	Refit
	stop context.CancelFunc
}

// begin fits the model of record up to an instant, beside whoever asks. What served before
// goes on serving until it is there, or for good where it is called off or fails. It gives
// false where one is under way.
func (m *Memory) begin(d *db.DB, o people.Organization, h *held, at calendar.Instant, by people.ID) bool {
	if r := h.models.refit; r != nil && !r.Over {
		return false
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &refit{Refit{Began: at, By: by}, stop}
	h.models.refit, h.models.stale = r, false
	k, zone := newKeeper(d, o, h.log, h.head, at), h.zone
	k.told = func(p landmark.Progress) {
		h.turn.Lock()
		defer h.turn.Unlock()
		r.Progress = p
	}
	first, date := h.models.latest == nil, calendar.DateOf(at, h.log.Place())
	go func() {
		m.learn.Lock() // one at a time, so that serving has a core
		defer m.learn.Unlock()
		defer stop()
		var is *taught
		err := ctx.Err()
		if err == nil && first {
			is, err = k.teachFirst(ctx, date)
			h.first(r, zone, is)
		}
		if err == nil && (!first || is != nil) {
			is, err = k.teach(ctx, date, 0, nil, is)
		}
		h.end(r, zone, is, err)
	}()
	return true
}

// first serves what was learned quickly, where nothing did before.
func (h *held) first(r *refit, zone string, is *taught) {
	h.turn.Lock()
	defer h.turn.Unlock()
	if h.zone == zone && h.models.refit == r && is != nil {
		h.models.latest = is
	}
}

// end takes in what a refit came to.
func (h *held) end(r *refit, zone string, is *taught, err error) {
	h.turn.Lock()
	defer h.turn.Unlock()
	r.Over = true
	day := calendar.DateOf(r.Began, h.log.Place()).Midnight(h.log.Place())
	switch first := h.models.latest == nil; {
	case h.zone != zone || h.models.refit != r:
		return
	case first && is == nil && err == nil:
		h.models.put(day, nil) // too few deals have ended, and will not be more for a day
		return
	case first && err != nil && !errors.Is(err, context.Canceled):
		r.Wrong, h.models.failed = "The history could not be read.", err // whoever asks next is told, and tries again
		return
	case errors.Is(err, context.Canceled):
		r.Halted, h.models.refused = true, day
		return
	case err != nil:
		r.Wrong = "Something went wrong on our side while the history was read. Try again in a while."
	case is == nil:
		r.Wrong = "Too few deals have ended to learn from."
	case is.problem() != nil && !first:
		r.Wrong = "Past deals do not determine a model: what is recorded of them is contradictory or too thin."
	}
	if r.Wrong != "" {
		h.models.refused = day
		return
	}
	h.models.refused = 0
	if r.Began == day {
		h.models.put(day, is)
	} else {
		h.models.latest = is
	}
	h.forecasts, h.newest = map[question]*Forecast{}, map[Ahead]*Forecast{}
}

// problem is why a model could not be fitted.
func (t *taught) problem() error {
	if s, is := t.methods[0].(Served); is {
		return s.Model.Problem
	}
	return nil
}

// StartRefit lets the model be fitted anew up to now, for somebody who asks for it; false
// where one is under way.
func (m *Memory) StartRefit(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, by people.ID) (bool, error) {
	h := m.of(o.ID)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := h.refresh(ctx, d, o); err != nil {
		return false, err
	}
	return m.begin(d, o, h, now, by), nil
}

// StopRefit calls off the one that is under way, if there is one. Nothing changes then.
func (m *Memory) StopRefit(org db.Org) {
	h := m.of(org)
	h.turn.Lock()
	defer h.turn.Unlock()
	if r := h.models.refit; r != nil && !r.Over {
		r.stop()
	}
}

// Fitting is what the model that serves rests on, and what goes on with it.
type Fitting struct {
	At    calendar.Instant // up to when it learned; 0 where none has
	Ended int              // deals that had ended by then
	News  landmark.News    // what ended since, which it knows by one step
	Run   Refit            // Began is 0 where there was none
}

// Fitting tells it as of now.
func (m *Memory) Fitting(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant) (is Fitting, err error) {
	h := m.of(o.ID)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := h.refresh(ctx, d, o); err != nil {
		return is, err
	}
	learned, _ := m.learned(d, o, h, now, true)
	if h.models.refit != nil {
		is.Run = h.models.refit.Refit
	}
	if learned != nil {
		is.At, is.Ended = learned.at, learned.ended
		_, is.News = learned.after(h.log, now)
	}
	return is, nil
}

// after are the methods once they know what ended since they learned.
func (t *taught) after(log *history.Log, asOf calendar.Instant) (methods []Method, news landmark.News) {
	then, now := log.Before(t.at), log.Before(asOf)
	for _, method := range t.methods {
		if s, is := method.(Served); is && t.at < asOf {
			s.Model, news = s.Model.After(then, now)
			method = s
		}
		methods = append(methods, method)
	}
	return methods, news
}
