package forecasts

import (
	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// models are what a generation has learned from one log, by the midnight up to which it
// did: a model holds for a day. Nothing of them is stored, since the ledger up to
// that midnight makes the same ones again, to the last bit.
type models struct {
	by       map[calendar.Instant][]Method
	learning map[calendar.Instant]bool
}

// mostModels is how many days' models are kept beside a log.
const mostModels = 4

// learned gives the generation of record as of the day of an instant. Where it has not
// learned yet it lets it begin, beside whoever asks, and tells that it is at it.
func (m *Memory) learned(h *held, asOf calendar.Instant) (methods []Method, learning bool) {
	day := calendar.DateOf(asOf, h.log.Place()).Midnight(h.log.Place())
	if methods, has := h.models.by[day]; has {
		return methods, false
	}
	if h.models.learning[day] {
		return nil, true
	}
	if h.models.by == nil {
		h.models.by, h.models.learning = map[calendar.Instant][]Method{}, map[calendar.Instant]bool{}
	}
	h.models.learning[day] = true
	log, zone := h.log, h.zone
	go func() {
		m.learn.Lock() // one at a time, so that serving has a core
		list := generationOf(log, day)
		m.learn.Unlock()
		h.turn.Lock()
		defer h.turn.Unlock()
		if h.zone != zone || h.models.by == nil { // all was read anew meanwhile
			return
		}
		if len(h.models.by) >= mostModels {
			clear(h.models.by)
		}
		h.models.by[day] = list
		delete(h.models.learning, day)
	}()
	return nil, true
}

// generationOf lets the generation of record learn, where enough deals have ended.
func generationOf(log *history.Log, day calendar.Instant) []Method {
	past := log.Before(day)
	if past.Ended() < fewestEnded {
		return []Method{}
	}
	of := furthest(log, []calendar.Instant{day}).(Generation).Of
	return []Method{Served{landmark.Train(past, of, landmark.Options{Tell: true})}}
}
