package forecasts

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// Memory keeps the logs of organizations that are being looked at, so that a page
// reads from the ledger only what is new since the page before. What nobody looked
// at for a while is let go.
type Memory struct {
	turn  sync.Mutex
	held  map[db.Org]*held
	learn sync.Mutex // held by the one that learns
	shelf shelf
}

// keepFor is how long a log is kept after the last look at it.
const keepFor = 2 * time.Hour

// muchNew is how many entries at once are taken for an import.
const muchNew = 1000

// mostForecasts is how many forecasts of one log are kept beside it.
const mostForecasts = 16

type held struct {
	turn      sync.Mutex
	log       *history.Log
	head      int64
	zone      string
	reached   atomic.Pointer[reached]
	forecasts map[question]*Forecast
	newest    map[Ahead]*Forecast // as of some "now"
	models    models
	letGo     *time.Timer
}

// reached is how far a log goes. It is kept apart from the log, so that whoever asks
// whether there is much to read need not wait for the one who is reading it.
type reached struct {
	head int64
	zone string
}

// question is what a kept forecast answers.
type question struct {
	asOf  calendar.Instant
	ahead Ahead
}

// nowLasts is for how long a forecast passes for one of now, as long as nothing is recorded:
// in that time chances hardly move, and what was drawn of it serves everyone who looks.
const nowLasts = 10 * time.Minute

// Ask gives every method's forecast from the newest ledger, as of an instant. When
// that is now, one of some minutes ago will do as long as nothing was recorded since:
// the forecast says as of when it is.
func (m *Memory) Ask(ctx context.Context, d *db.DB, o people.Organization, asOf calendar.Instant, now bool, horizon Horizon) (*Forecast, error) {
	return m.AskAhead(ctx, d, o, asOf, now, Ahead{Ends: horizon})
}

// AskAhead does so about a period that may not have begun.
func (m *Memory) AskAhead(ctx context.Context, d *db.DB, o people.Organization, asOf calendar.Instant, now bool, ahead Ahead) (*Forecast, error) {
	h := m.of(o.ID)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := h.refresh(ctx, d, o); err != nil {
		return nil, err
	}
	if err := h.models.failed; err != nil {
		h.models.failed = nil
		return nil, fmt.Errorf("learning from past deals: %w", err)
	}
	learned, learning := m.learned(d, o, h, asOf, now)
	if last := h.newest[ahead]; now && last != nil && asOf >= last.AsOf && asOf.Sub(last.AsOf) < nowLasts && last.Learning == learning && last.taught == learned {
		return last, nil
	}
	q := question{asOf, ahead}
	f, kept := h.forecasts[q]
	if !kept || f.Learning != learning || f.taught != learned {
		f = sayTaught(h.log, h.head, asOf, ahead, learned, true)
		f.Learning, f.shelf = learning, &m.shelf
		if len(h.forecasts) >= mostForecasts {
			clear(h.forecasts)
		}
		h.forecasts[q] = f
	}
	if now {
		if len(h.newest) >= mostForecasts {
			clear(h.newest)
		}
		h.newest[ahead] = f
	}
	return f, nil
}

// sayTaught asks the simple methods, and the generation of record where it has learned,
// about a log up to an entry. Where it steps on, it knows of what ended since it learned.
func sayTaught(log *history.Log, sequence int64, asOf calendar.Instant, ahead Ahead, is *taught, steps bool) *Forecast {
	methods, news := Methods(), landmark.News{}
	switch {
	case is != nil && steps:
		var own []Method
		own, news = is.after(log, asOf)
		methods = append(methods, own...)
	case is != nil:
		methods = append(methods, is.methods...)
	}
	f := sayAhead(log, asOf, ahead, methods)
	f.taught, f.sequence, f.news = is, sequence, news
	return f
}

// Behind is how many entries of the ledger a question would have to read first. It
// answers at once, also while someone reads them.
func (m *Memory) Behind(ctx context.Context, d *db.DB, o people.Organization) (int64, error) {
	head, err := ledger.Head(ctx, d, o.ID)
	if err != nil {
		return 0, fmt.Errorf("finding the end of the ledger: %w", err)
	}
	at := m.of(o.ID).reached.Load()
	if at == nil || head < at.head || at.zone != o.TimeZone {
		return head, nil
	}
	return head - at.head, nil
}

func (m *Memory) of(org db.Org) *held {
	m.turn.Lock()
	defer m.turn.Unlock()
	if m.held == nil {
		m.held = map[db.Org]*held{}
	}
	h := m.held[org]
	if h == nil {
		h = &held{}
		h.letGo = time.AfterFunc(keepFor, func() {
			m.turn.Lock()
			defer m.turn.Unlock()
			delete(m.held, org)
		})
		m.held[org] = h
	}
	h.letGo.Reset(keepFor)
	return h
}

// refresh reads what the ledger has gained. A restored backup has a ledger that is
// shorter than what is held; then all is read anew.
func (h *held) refresh(ctx context.Context, d *db.DB, o people.Organization) error {
	head, err := ledger.Head(ctx, d, o.ID)
	if err != nil {
		return fmt.Errorf("finding the end of the ledger: %w", err)
	}
	if h.log != nil && head == h.head && h.zone == o.TimeZone {
		return nil
	}
	log, after := h.log, h.head
	if head <= h.head || h.zone != o.TimeZone {
		h.models.forget()
		log, after = nil, 0
	}
	if log, err = history.ReadOn(ctx, d, o, log, after, head); err != nil {
		return err
	}
	if after > 0 && head-after > muchNew {
		h.models.stale = len(h.models.by) > 0 // an import tells of the past, from which models learned
	}
	h.log, h.head, h.zone = log, head, o.TimeZone
	h.reached.Store(&reached{head, o.TimeZone})
	h.forecasts, h.newest = map[question]*Forecast{}, map[Ahead]*Forecast{}
	return nil
}
