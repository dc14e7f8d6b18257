package forecasts

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	. "milepost/forecasts/history"
)

// newMemoryless draws an organization of so many deals, which began over memorylessSpan
// days; a log of it with more deals shows how the same organization goes on with others.
func newMemoryless(deals, more int, seed uint64) (w *memoryless, learned, asked *Log) {
	w = &memoryless{r: rand.New(rand.NewPCG(seed, 31)), told: &tiny{place: time.UTC}, deals: map[string]*memorylessDeal{}}
	for range 3 + deals/80 {
		w.reps = append(w.reps, .25*w.r.NormFloat64())
	}
	for i := range deals {
		w.deal(fmt.Sprintf("D%05d", i))
	}
	learned = w.told.log()
	for i := range more {
		w.deal(fmt.Sprintf("E%05d", i))
	}
	return w, learned, w.told.log()
}

// deal draws one, and tells of it what became known until the span is over.
func (w *memoryless) deal(id string) {
	d, day, r := &memorylessDeal{}, w.r.Float64()*memorylessSpan, w.r
	w.deals[id] = d
	pick := func(name string, effects []float64, of int) {
		at := r.IntN(of)
		w.told.tell(id, day, Attribute, fmt.Sprintf("%s=%s %d", name, name, at), 0)
		if effects != nil {
			d.good += effects[at]
		}
	}
	w.told.tell(id, day, Created, "", 0)
	pick("segment", tellingSegments, len(tellingSegments))
	pick("source", tellingSources, len(tellingSources))
	pick("region", nil, 4)
	pick("campaign", nil, 9)
	rep := r.IntN(len(w.reps))
	d.good += w.reps[rep]
	w.told.tell(id, day, Owner, fmt.Sprint("rep ", rep), 0)
	w.told.tell(id, day, Amount, "EUR", int64(1e6*math.Exp(r.NormFloat64())))
	for stage, seen := 0, 0; stage < lastStage && day < memorylessSpan; {
		if len(d.moves) == 0 || d.moves[len(d.moves)-1].stage != stage {
			w.told.tell(id, day, Stage, fmt.Sprint("stage ", stage), 0)
		}
		d.moves = append(d.moves, memorylessMove{day, stage, seen})
		until, move := w.next(d.rates(stage, seen), day)
		w.talk(id, day, min(until, memorylessSpan))
		if day = until; day < memorylessSpan {
			stage, seen = w.move(id, day, stage, seen, move)
		}
	}
}

// next draws when a state ends, and by which of its moves.
func (w *memoryless) next(rate [6]float64, day float64) (until float64, move int) {
	all := 0.0
	for _, v := range rate {
		all += v
	}
	until = day + w.r.ExpFloat64()/all
	for u := w.r.Float64() * all; move < 5 && u >= rate[move]; move++ {
		u -= rate[move]
	}
	return until, move
}

// talk tells of conversations that mean nothing.
func (w *memoryless) talk(id string, from, until float64) {
	for at := from + 25*w.r.ExpFloat64(); at < until; at += 25 * w.r.ExpFloat64() {
		w.told.tell(id, at, Activity, []string{"call", "meeting", "mail"}[w.r.IntN(3)], 0)
	}
}

// move makes a move: on to the next stage, an end, or a piece of evidence.
func (w *memoryless) move(id string, day float64, stage, seen, move int) (int, int) {
	switch {
	case move == 0 && stage+1 < lastStage:
		return stage + 1, 0
	case move < 3:
		w.told.tell(id, day, Outcome, "", int64([]Cause{Won, Lost, NoAction}[move]))
		return lastStage, 0
	case move == 5:
		w.told.tell(id, day, Criterion, fmt.Sprint("criterion ", stage), Met+int64(w.r.IntN(2)))
	default:
		w.told.tell(id, day, Milestone, fmt.Sprint("milestone ", stage, move-3), Claimed+int64(w.r.IntN(2)))
	}
	return stage, seen | 1<<(move-3)
}
