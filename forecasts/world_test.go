package forecasts

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
)

// told is a fact with its deal, so that a log can be made again in another order.
type told struct {
	deal string
	kind Kind
	text string
	Fact
}

// tiny is a small history by hand. Days count from 2026-01-01 00:00 in its place;
// .5 is noon.
type tiny struct {
	place *time.Location
	facts []told
}

func (w *tiny) at(day float64) calendar.Instant {
	return calendar.InstantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, w.place)) + calendar.Instant(day*float64(DayMillis))
}

// tell adds a fact that became known when it was true.
func (w *tiny) tell(deal string, day float64, kind Kind, text string, value int64) {
	w.late(deal, day, day, kind, text, value)
}

// late adds a fact that was recorded on one day and true on another.
func (w *tiny) late(deal string, recorded, effective float64, kind Kind, text string, value int64) {
	w.facts = append(w.facts, told{deal, kind, text, Fact{Recorded: w.at(recorded), Effective: w.at(effective), Sequence: int64(len(w.facts)), Value: value}})
}

// deal tells of a deal's creation at a stage, and of its end if there is one.
func (w *tiny) deal(id string, created float64, stage string, ended float64, cause Cause) {
	w.tell(id, created, Created, "", 0)
	if stage != "" {
		w.tell(id, created, Stage, stage, 0)
	}
	if cause != Open {
		w.tell(id, ended, Outcome, "", int64(cause))
	}
}

func (w *tiny) log() *Log { return build(w.place, w.facts) }

func build(in *time.Location, facts []told) *Log {
	b := NewBuilder(in)
	for _, f := range facts {
		fact := f.Fact
		fact.Kind, fact.Label = f.kind, b.Label(f.text)
		if name, value, is := strings.Cut(f.text, "="); is && f.kind == Attribute {
			fact.Label, fact.Value = b.Label(value), int64(b.Label(name))
		}
		b.Deal(f.deal, "x"+f.deal)
		b.Add(f.deal, fact)
	}
	return b.Log()
}

// chances asks one method about one deal.
func chances(t *testing.T, log *Log, m Method, asOf calendar.Instant, h Horizon, deal string) Odds {
	t.Helper()
	f := Say(log, asOf, []Horizon{h}, []Method{m})
	for i := range f.Deals {
		if f.Deals[i].ID == deal {
			return f.Odds[0][0][i]
		}
	}
	t.Fatalf("deal %s is not open", deal)
	return Odds{}
}

func bytesOf(t *testing.T, log *Log, asOf calendar.Instant, horizons ...Horizon) []byte {
	t.Helper()
	out, err := json.Marshal(Say(log, asOf, horizons, Methods()))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same(t *testing.T, what string, a, b []byte) {
	t.Helper()
	if !bytes.Equal(a, b) {
		t.Errorf("%s: the answers differ:\n%.400s\n%.400s", what, a, b)
	}
}

// wild draws a messy history: facts out of order, back-dated, simultaneous, at
// midnight sharp, several outcomes, reopenings, deals that were never created.
func wild(seed uint64, in *time.Location, withStages bool) *tiny {
	r := rand.New(rand.NewPCG(seed, 7))
	w := &tiny{place: in}
	stages := []string{"a", "b", "c", "d"}
	span := 80.0
	if seed%3 == 0 {
		span = 900 // long cycles: the grid is coarser than daily
	}
	for i := range 12 {
		id := string(rune('A' + i))
		start := r.Float64() * span / 2
		if seed%2 == 0 {
			start = float64(int(start))
		}
		if i > 0 {
			w.tell(id, start, Created, "", 0)
		}
		w.tell(id, start, Amount, []string{"EUR", "USD"}[r.IntN(2)], int64(r.IntN(100000)))
		w.tell(id, start, Owner, []string{"ann", "bob"}[r.IntN(2)], 0)
		for range r.IntN(9) {
			effective := start + r.Float64()*span/2
			if r.IntN(3) == 0 {
				effective = float64(int(effective))
			}
			recorded := effective
			if r.IntN(4) == 0 {
				recorded += (r.Float64() - .3) * 8
			}
			switch k := r.IntN(10); {
			case k < 3 && withStages:
				w.late(id, recorded, effective, Stage, stages[r.IntN(4)], 0)
			case k < 6:
				w.late(id, recorded, effective, Milestone, stages[r.IntN(4)], int64(r.IntN(3)))
			case k < 9:
				w.late(id, recorded, effective, Outcome, "", int64(1+r.IntN(3)))
			default:
				w.late(id, recorded, effective, Reopened, "", 0)
			}
		}
	}
	return w
}
