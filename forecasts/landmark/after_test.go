package landmark

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// learnedDay is the day, in the history of a million, up to which the models here learn.
var learnedDay = calendar.Date("2024-02-09")

// taughtBy trains on a small history, and gives what it knew then.
func taughtBy(t testing.TB, log *history.Log) (*Trained, *history.Past) {
	t.Helper()
	past := log.Before(learnedDay.Midnight(log.Place()))
	m := Train(past, Milestones, Options{})
	if m.Problem != nil {
		t.Fatal(m.Problem)
	}
	return m, past
}

// newsOf gives the coefficients once a log tells more, half a day after the model learned.
func newsOf(t testing.TB, m *Trained, log *history.Log) ([]float64, News) {
	t.Helper()
	next, news := m.After(log.Before(m.AsOf()), log.Before(m.AsOf()+calendar.Instant(history.DayMillis/2)))
	return next.model.Theta, news
}

// says adds endings and openings of deals to a log, minutes after the model learned.
type says struct {
	id    string
	after int
	kind  history.Kind
	cause history.Cause
}

func told(m *Trained, log *history.Log, list ...says) *history.Log {
	b := history.Resume(log)
	for i, s := range list {
		at := m.AsOf() + calendar.Instant(s.after)*60_000
		b.Add(s.id, history.Fact{Recorded: at, Effective: at, Sequence: int64(1e9 + i), Kind: s.kind, Value: int64(s.cause)})
	}
	return b.Log()
}

// openThen are deals that were open when the model learned and for half a day after it.
func openThen(log *history.Log, m *Trained) (ids []string) {
	then := log.Before(m.AsOf() + calendar.Instant(history.DayMillis/2))
	for _, d := range log.Before(m.AsOf()).Open() {
		if later, open := then.Stood(d.Deal); open && later.Created < m.AsOf()-calendar.Instant(20*history.DayMillis) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

// What single deals tell is, row by row, what the fit was made of.
func TestDealsTellWhatTheFitWasMadeOf(t *testing.T) {
	log := million(400)
	past := log.Before(learnedDay.Midnight(log.Place()))
	m, study := TrainOpenly(past, Milestones, Options{})
	again := newTeller(m, past, past.Today())
	for i := range past.Deals() {
		again.tell(int32(i), false)
	}
	if !slices.Equal(again.rows.Fixed, study.Rows.Fixed) || !slices.Equal(again.rows.Track, study.Rows.Track) || !slices.Equal(again.rows.Seen, study.Rows.Seen) || !slices.Equal(again.rows.Cause, study.Rows.Cause) {
		t.Fatalf("%d rows, the fit was made of %d others", again.rows.Len(), study.Rows.Len())
	}
	for i, w := range again.rows.Weight {
		if math.Abs(w-study.Rows.Weight[i]) > 1e-15 {
			t.Fatalf("row %d weighs %v, in the fit %v", i, w, study.Rows.Weight[i])
		}
	}
}

// A deal that ends moves the model about as a fit does of the same rows; opened again it
// leaves no trace; and several in any order come to the same.
func TestADealThatEndsMovesTheModel(t *testing.T) {
	log := million(1000)
	m, _ := taughtBy(t, log)
	base, news := newsOf(t, m, told(m, log))
	ids := openThen(log, m)
	if len(ids) < 4 {
		t.Fatal("too few deals were open")
	}
	won := func(i, after int) says { return says{ids[i], after, history.Outcome, history.Won} }
	lost := func(i, after int) says { return says{ids[i], after, history.Outcome, history.Lost} }
	again := func(i, after int) says { return says{ids[i], after, history.Reopened, 0} }
	is := func(what string, want []float64, ended int, list ...says) {
		t.Helper()
		got, after := newsOf(t, m, told(m, log, list...))
		if after.Ended != news.Ended+ended {
			t.Errorf("%s: %d deals ended, want %d more than %d", what, after.Ended, ended, news.Ended)
		}
		for j := range got {
			if math.Abs(got[j]-want[j]) > 1e-12 {
				t.Fatalf("%s: coefficient %d is %v, want %v", what, j, got[j], want[j])
			}
		}
	}
	is("closed and opened again", base, 0, won(0, 5), again(0, 9))
	three, _ := newsOf(t, m, told(m, log, won(0, 5), lost(1, 6), won(2, 7)))
	is("in another order", three, 3, won(2, 5), lost(1, 6), won(0, 7))
	is("with one that was taken back", three, 3, lost(3, 1), won(2, 5), again(3, 6), lost(1, 6), won(0, 7))
	moved := 0.0
	for j := range three {
		moved = math.Max(moved, math.Abs(three[j]-base[j]))
	}
	if moved < 1e-6 {
		t.Errorf("three deals that ended moved nothing by more than %g", moved)
	}
	full := refitted(t, m, told(m, log, won(0, 5), lost(1, 6), won(2, 7)))
	all, off := 0.0, 0.0
	for j := range full {
		all, off = math.Max(all, math.Abs(full[j]-m.model.Theta[j])), math.Max(off, math.Abs(full[j]-three[j]))
	}
	if off > .1*all {
		t.Errorf("a fit of the same rows moves a coefficient by %g, and the step is off by %g", all, off)
	}
}

// refitted gives the coefficients of a fit of all that deals tell at once.
func refitted(t *testing.T, m *Trained, log *history.Log) []float64 {
	t.Helper()
	then, now := log.Before(m.AsOf()), log.Before(m.AsOf()+calendar.Instant(history.DayMillis/2))
	before, after, rows := newTeller(m, then, then.Today()), newTeller(m, now, then.Today()), &hazard.Rows{}
	before.rows, after.rows = rows, rows
	for i := range now.Deals() {
		was, _ := then.End(int32(i))
		if is, _ := now.End(int32(i)); is != was {
			after.tell(int32(i), is != history.Open)
		} else {
			before.tell(int32(i), false)
		}
	}
	shape := m.fit.Shape
	shape.Fixed, shape.Moving = slices.Clone(shape.Fixed), slices.Clone(shape.Moving)
	for _, blocks := range [][]hazard.Block{shape.Fixed, shape.Moving} {
		for i := range blocks {
			blocks[i].Most = 0 // deviations stay as they were learnt
		}
	}
	fit, err := hazard.Estimate(shape, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	return fit.Theta
}

// A deal that had ended before the model learned is taken out of it when it is opened
// again, about as a fit without its end would.
func TestADealThatIsOpenedAgainIsTakenOut(t *testing.T) {
	log := million(1000)
	m, past := taughtBy(t, log)
	base, before := newsOf(t, m, told(m, log))
	for i := range past.Deals() {
		cause, at := past.End(int32(i))
		if cause != history.Won || m.AsOf()-at < calendar.Instant(400*history.DayMillis) || m.AsOf()-at > calendar.Instant(600*history.DayMillis) {
			continue
		}
		opened, news := newsOf(t, m, told(m, log, says{past.Describe(int32(i)).ID, 5, history.Reopened, 0}))
		if news.Reopened != before.Reopened+1 {
			t.Fatalf("%+v, before %+v", news, before)
		}
		off := 0.0
		for j := range base {
			off = math.Max(off, math.Abs(base[j]-opened[j]))
		}
		if off < 1e-7 {
			t.Error("a win that was taken back goes on teaching")
		}
		return
	}
	t.Fatal("no deal was won then")
}

// A training that is called off ends, wherever it is, and what it told until then grows.
func TestTrainingCanBeCalledOff(t *testing.T) {
	log := million(1200)
	past := log.Before(learnedDay.Midnight(log.Place()))
	var all []Progress
	if _, err := TrainUnder(t.Context(), past, Milestones, Options{Told: func(p Progress) { all = append(all, p) }}); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(all); i++ {
		if a, b := all[i-1], all[i]; b.Deals < a.Deals || b.Steps < a.Steps || b.Of != past.Deals() {
			t.Errorf("it told %+v, and then %+v", a, b)
		}
	}
	last := all[len(all)-1]
	if last.Steps < 3 || last.Rows == 0 || len(all) < 8 {
		t.Fatalf("it told %d times, in the end %+v", len(all), last)
	}
	for _, at := range []int{0, len(all) / 2, len(all) - 1} {
		ctx, stop := context.WithCancel(t.Context())
		n := 0
		m, err := TrainUnder(ctx, past, Milestones, Options{Told: func(Progress) {
			if n == at {
				stop()
			}
			n++
		}})
		if m != nil || !errors.Is(err, context.Canceled) || n > at+1 {
			t.Errorf("called off at %d of %d it told %d times: %v", at, len(all), n, err)
		}
	}
}

// BenchmarkAfter is what a closed deal costs whoever looks next.
func BenchmarkAfter(b *testing.B) {
	log := million(20_000)
	m, past := taughtBy(b, log)
	now := log.Before(m.AsOf() + calendar.Instant(history.DayMillis/2))
	b.Logf("%d coefficients", len(m.model.Theta))
	for b.Loop() {
		if _, news := m.After(past, now); !news.Any() {
			b.Fatal("nothing ended")
		}
	}
}
