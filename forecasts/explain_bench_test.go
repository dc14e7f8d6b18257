package forecasts

import (
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// evidenced draws a history in which milestones are shown and criteria met, of so many
// ended and open deals.
func evidenced(ended, open, milestoneCount int) *tiny {
	w := &tiny{place: time.UTC}
	r := rand.New(rand.NewPCG(3, 5))
	stages := []string{"qualified", "proposed", "shortlisted", "negotiating"}
	for i := range ended + open {
		id := fmt.Sprintf("D%06d", i)
		start := r.Float64() * 300
		if i >= ended {
			start = 270 + r.Float64()*30
		}
		cause, far := Cause(1+r.IntN(3)), 1+r.IntN(4)
		w.tell(id, start, Created, "", 0)
		w.tell(id, start, Owner, fmt.Sprintf("rep %d", r.IntN(40)), 0)
		w.tell(id, start, Amount, "EUR", int64(10_000_00+r.IntN(90_000_00)))
		w.tell(id, start, Attribute, "segment="+[]string{"large", "middle", "small"}[r.IntN(3)], 0)
		at := start
		for s := range far {
			w.tell(id, at, Stage, stages[s], 0)
			for range 3 {
				at += r.Float64() * 4
				w.tell(id, at, Activity, []string{"call", "meeting", "mail"}[r.IntN(3)], 0)
				w.tell(id, at, Milestone, fmt.Sprintf("milestone %d", r.IntN(milestoneCount)), int64(1+r.IntN(2)))
			}
			w.tell(id, at, Criterion, fmt.Sprintf("criterion %d", r.IntN(6)), int64(r.IntN(4)))
		}
		if i < ended {
			w.tell(id, at+r.Float64()*10, Outcome, "", int64(cause))
		}
	}
	return w
}

// BenchmarkExplain takes the chance of one deal among two thousand open ones apart, with
// twelve milestones.
func BenchmarkExplain(b *testing.B) {
	w := evidenced(3000, 2000, 12)
	log, now := w.log(), w.at(301)
	m := landmark.Train(log.Before(w.at(301)), landmark.Milestones, landmark.Options{Tell: true})
	f := Say(log, now, []Horizon{60}, []Method{StageWeighted{}, PastYield{}, Served{m}})
	b.Run("bare", func(b *testing.B) { // the chance taken apart, and nothing else
		average := m.Ask(f.past).Average(f.Deals)
		for b.Loop() {
			m.Ask(f.past).Look(&f.Deals[7]).Explain(average, 60)
		}
	})
	b.Run("with ranges", func(b *testing.B) {
		for b.Loop() {
			f.Explain(7)
		}
	})
	b.Run("panel", func(b *testing.B) { // all that the page of a deal shows
		for b.Loop() {
			page := dealChances{until: "2026-12-26", today: "2026-10-28", asOf: now, place: time.UTC, list: []chance{{Method: "x", Won: .4}}}
			page.why, _ = f.Explain(7)
			page.trace = f.Trace(7)
			if err := dealPanel(&page).Render(b.Context(), io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
}
