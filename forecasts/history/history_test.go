package history

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"milepost/calendar"
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
	w.facts = append(w.facts, told{deal, kind, text, Fact{Recorded: w.at(day), Effective: w.at(day), Sequence: int64(len(w.facts)), Value: value}})
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
		b.Deal(f.deal, "x"+f.deal)
		b.Add(f.deal, fact)
	}
	return b.Log()
}

func TestMilestonesStandForStages(t *testing.T) {
	w := &tiny{place: time.UTC}
	for i, names := range [][]string{{"need", "plan", "offer"}, {"need", "offer"}, {"plan", "offer"}, {"need", "plan"}} {
		id := string(rune('a' + i))
		w.deal(id, .5, "", 0, Open)
		for j, name := range names {
			w.tell(id, 1.5+float64(j), Milestone, name, Achieved)
		}
	}
	for _, id := range []string{"a", "d"} {
		w.tell(id, 1.2, Milestone, "plan", Revoked) // nothing was there to revoke
	}
	w.tell("a", 5.5, Milestone, "offer", Revoked)
	w.tell("b", 5.5, Milestone, "need", Achieved) // again: the first time is what orders
	w.tell("d", 8.5, Stage, "real", 0)
	log := w.log()
	// Need before plan before offer wherever two of them met.
	rank := log.milestoneOrder(w.at(6))
	for label, place := range rank {
		if want := map[string]int{"need": 1, "plan": 2, "offer": 3}[log.Name(label)]; place != want {
			t.Errorf("%s is number %d, want %d", log.Name(label), place, want)
		}
	}
	stages := func(day float64) (list string) {
		for _, d := range log.Before(w.at(day)).Open() {
			list += log.Name(d.Stage) + " "
		}
		return list
	}
	for day, want := range map[float64]string{1: "    ", 5: "offer offer offer plan ", 6: "plan offer offer plan ", 9: "   real "} {
		if got := stages(day); got != want {
			t.Errorf("day %v: %q, want %q", day, got, want)
		}
	}
}

// Pairs that never met count half: a lone milestone goes to the middle.
func TestMilestonesThatNeverMet(t *testing.T) {
	w := &tiny{place: time.UTC}
	for id, names := range map[string][]string{"p": {"x", "y"}, "q": {"a"}} {
		w.tell(id, .5, Created, "", 0)
		for j, name := range names {
			w.tell(id, 1.5+float64(j), Milestone, name, Claimed)
		}
	}
	log := w.log()
	for label, place := range log.milestoneOrder(w.at(6)) {
		if want := map[string]int{"x": 1, "a": 2, "y": 3}[log.Name(label)]; place != want {
			t.Errorf("%s is number %d, want %d", log.Name(label), place, want)
		}
	}
}

func TestCycleIsThatOfDealsThatWereThere(t *testing.T) {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "offer", 200.5, Won)
	w.deal("b", .5, "offer", 100.5, Lost)
	w.deal("c", .5, "offer", 0, Open)
	w.tell("never created", 3, Outcome, "", int64(Lost))
	if p := w.log().Before(w.at(300)); p.MedianCycle() != 150 || p.step != 5 {
		t.Errorf("a cycle of %v days, every %d days; want 150 and 5", p.MedianCycle(), p.step)
	}
}

func TestGrid(t *testing.T) {
	for cycle, step := range map[float64]int{0: 1, 89.9: 1, 90: 3, 100: 3, 900: 30, 1000: 33} {
		if got := stepFor(cycle); got != step {
			t.Errorf("a cycle of %v days: every %d days, want %d", cycle, got, step)
		}
	}
	p := &Past{today: 100, step: 7} // grid days 100, 93, 86, 79, ...
	for _, c := range []struct {
		from, to Day
		n        int
	}{{79, 100, 4}, {80, 100, 3}, {80, 99, 2}, {94, 99, 0}, {93, 93, 1}, {94, 200, 1}, {101, 200, 0}, {90, 80, 0}} {
		if got := p.Snapshots(c.from, c.to); got != c.n {
			t.Errorf("%d to %d: %d snapshots, want %d", c.from, c.to, got, c.n)
		}
	}
	if d, ok := p.FirstSnapshot(80, 99); !ok || d != 86 {
		t.Errorf("first snapshot %d, want 86", d)
	}
}

func TestMedianIsThatOfTheSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := 1; n < 200; n++ {
		values := make([]int64, n)
		for i := range values {
			values[i] = r.Int64N(int64(n))
		}
		sorted := slices.Sorted(slices.Values(values))
		want := float64(sorted[n/2])
		if n%2 == 0 {
			want = float64(sorted[n/2-1]+sorted[n/2]) / 2
		}
		if got := Median(values); got != want {
			t.Errorf("median of %v is %v, want %v", sorted, got, want)
		}
	}
	if got := Median(nil); got != 0 {
		t.Errorf("median of nothing is %v", got)
	}
}

// A past shows nothing that was recorded at or after its as-of: a log that ends there
// gives the same stays, closings, open deals and facts.
func TestAPastShowsNothingLater(t *testing.T) {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "offer", 6.5, Won)
	w.tell("a", 4.5, Stage, "terms", 0)
	w.tell("a", 8.5, Reopened, "", 0)
	w.tell("a", 9.5, Outcome, "", int64(Lost))
	w.deal("b", 2.5, "offer", 5.5, Lost)
	w.deal("c", 7.5, "offer", 0, Open)
	w.tell("c", 8.25, Milestone, "plan", Claimed)
	whole := w.log()
	for _, day := range []float64{0, 1, 2.5, 3, 4.5, 5, 6, 6.5, 7, 8, 8.5, 9, 9.5, 10} {
		var known []told
		for _, f := range w.facts {
			if f.Counts() < w.at(day) {
				known = append(known, f)
			}
		}
		cut := build(time.UTC, known).Before(w.at(day))
		p := whole.Before(w.at(day))
		for i := range int32(p.Deals()) {
			var stays, wantStays []Stay
			var ends, wantEnds []Closing
			var facts, wantFacts []Fact
			stays, ends, facts = p.AppendStays(nil, i), p.AppendClosings(nil, i), p.Facts(i)
			if int(i) < cut.Deals() { // deals are in the order of their names, which is that of their creation
				wantStays, wantEnds, wantFacts = cut.AppendStays(nil, i), cut.AppendClosings(nil, i), cut.Facts(i)
			}
			if !slices.Equal(stays, wantStays) || !slices.Equal(ends, wantEnds) || len(facts) != len(wantFacts) {
				t.Errorf("day %v, deal %d: %+v %+v, and cut off there %+v %+v", day, i, stays, ends, wantStays, wantEnds)
			}
		}
		if got, want := p.Open(), cut.Open(); len(got) != len(want) || p.Ended() != cut.Ended() || p.Reach() != cut.Reach() {
			t.Errorf("day %v: open %v, cut off there %v", day, got, want)
		}
	}
}
