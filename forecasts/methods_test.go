package forecasts

import (
	"math"
	"testing"
	"time"

	. "milepost/forecasts/history"
)

func alike(t *testing.T, what string, got, want Odds) {
	t.Helper()
	if math.Abs(got.Won-want.Won)+math.Abs(got.Lost-want.Lost)+math.Abs(got.NoAction-want.NoAction) > 1e-12 {
		t.Errorf("%s = %+v, want %+v", what, got, want)
	}
}

// Two deals at one stage from noon of day 0; one is won at noon of day 3.
func pair() *tiny {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "offer", 3.5, Won)
	w.deal("b", .5, "offer", 0, Open)
	return w
}

func TestPastYieldByHand(t *testing.T) {
	log, w := pair().log(), pair()
	// As of day 5, two days ahead: both were open at midnights 1, 2 and 3, six
	// snapshots; a was won within two days of midnights 2 and 3.
	alike(t, "2 days", chances(t, log, PastYield{}, w.at(5), 2, "b"), Odds{2.5 / 8, .5 / 8, .5 / 8})
	// One day ahead, midnight 4 is old enough too, for b alone: seven snapshots, one win.
	alike(t, "1 day", chances(t, log, PastYield{}, w.at(5), 1, "b"), Odds{1.5 / 9, .5 / 9, .5 / 9})
	// At noon of day 5 the last snapshot two days old is still midnight 3.
	alike(t, "at noon", chances(t, log, PastYield{}, w.at(5.5), 2, "b"), Odds{2.5 / 8, .5 / 8, .5 / 8})
	// As of day 2, no snapshot is five days old: half a case in two.
	alike(t, "too early", chances(t, log, PastYield{}, w.at(2), 5, "b"), Odds{.25, .25, .25})
}

func TestStageWeightedByHand(t *testing.T) {
	w := pair()
	w.deal("c", .5, "offer", 2.5, Lost)
	w.deal("d", .5, "offer", 4.5, Lost)
	w.deal("e", .5, "offer", .75, Lost) // ended before it was ever seen
	log := w.log()
	// From midnight 1, the win took 2.5 days, the losses 1.5 and 3.5: median 2.5.
	alike(t, "2 days", chances(t, log, StageWeighted{}, w.at(6), 2, "b"), Odds{})
	alike(t, "3 days", chances(t, log, StageWeighted{}, w.at(6), 3, "b"), Odds{Won: 1.0 / 3, Lost: 2.0 / 3})
	// A median of exactly the horizon is within it: midnight 1 to midnight 4.
	exact := &tiny{place: time.UTC}
	exact.deal("a", .5, "offer", 4, Won)
	exact.deal("b", .5, "offer", 0, Open)
	alike(t, "exactly", chances(t, exact.log(), StageWeighted{}, w.at(6), 3, "b"), Odds{Won: 1})
	// As of day 4, d was not yet lost.
	alike(t, "as of day 4", chances(t, log, StageWeighted{}, w.at(4), 2, "b"), Odds{Lost: .5})
}

func TestAStageNeverSeenTakesAllStages(t *testing.T) {
	w := pair()
	w.deal("n", 4.5, "new stage", 0, Open)
	log := w.log()
	alike(t, "past yield", chances(t, log, PastYield{}, w.at(5), 2, "n"), Odds{2.5 / 8, .5 / 8, .5 / 8})
	alike(t, "stage-weighted", chances(t, log, StageWeighted{}, w.at(5), 3, "n"), Odds{Won: 1})
	alike(t, "nothing ended", chances(t, log, StageWeighted{}, w.at(2), 3, "b"), Odds{})
}

func TestTheOutcomeAtTheAsOfIsTheFuture(t *testing.T) {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "offer", 3, Won) // at midnight 3 sharp
	log := w.log()
	if n := len(log.Before(w.at(3)).Open()); n != 1 {
		t.Errorf("%d deals open as of the outcome, want 1", n)
	}
	if n := len(log.Before(w.at(3) + 1).Open()); n != 0 {
		t.Errorf("%d deals open a millisecond later, want 0", n)
	}
	if n := len(log.Before(w.at(.5)).Open()); n != 0 {
		t.Errorf("%d deals open as of the creation, want 0", n)
	}
	// Within three days of midnight 0 means before midnight 3: not yet.
	if _, won := log.WonBefore(0, w.at(3)); won {
		t.Error("won at the end of the horizon counts as within it")
	}
	if _, won := log.WonBefore(0, w.at(3)+1); !won {
		t.Error("won before the end of the horizon does not count")
	}
}

func TestReopenedAndCorrected(t *testing.T) {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "offer", 2.5, Lost)
	w.tell("a", 5.5, Reopened, "", int64(Lost)) // whatever was written beside it
	w.tell("a", 8.5, Outcome, "", int64(Won))
	w.deal("b", .5, "offer", 0, Open)
	log := w.log()
	for day, open := range map[float64]int{2: 2, 3: 1, 5: 1, 6: 2, 8: 2, 9: 1} {
		if n := len(log.Before(w.at(day)).Open()); n != open {
			t.Errorf("day %v: %d open, want %d", day, n, open)
		}
	}
	// As of day 10, 4 days ahead: a was open at midnights 1, 2 and 6 (old enough),
	// b at 1 to 6. From 1 a stood as lost on day 5; from 2, on day 6, it was open
	// again; from 6 it was won.
	alike(t, "past yield", chances(t, log, PastYield{}, w.at(10), 4, "b"), Odds{1.5 / 11, 1.5 / 11, .5 / 11})
	// As won now, from the first snapshot: 7.5 days.
	alike(t, "stage-weighted", chances(t, log, StageWeighted{}, w.at(10), 8, "b"), Odds{Won: 1})
	alike(t, "stage-weighted", chances(t, log, StageWeighted{}, w.at(10), 7, "b"), Odds{})
	// As of day 5 it was lost; as of day 7 nothing had ended.
	alike(t, "as of day 5", chances(t, log, StageWeighted{}, w.at(5), 2, "b"), Odds{Lost: 1})
	alike(t, "as of day 7", chances(t, log, StageWeighted{}, w.at(7), 30, "b"), Odds{})
}

func TestABackDatedOutcomeCountsWhenItWasKnown(t *testing.T) {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "offer", 0, Open)
	w.late("a", 6.5, 2.5, Outcome, "", int64(Won)) // true on day 2, recorded on day 6
	log := w.log()
	if n := len(log.Before(w.at(6)).Open()); n != 1 {
		t.Errorf("%d open on day 6, want 1: nobody knew", n)
	}
	if cause, at := log.Before(w.at(7)).End(0); cause != Won || at != w.at(6.5) {
		t.Errorf("ended %v at %v, want won on day 6.5", cause, at)
	}
}

func TestSimultaneousFactsGoBySequence(t *testing.T) {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "first", 0, Open)
	w.tell("a", 1.5, Stage, "second", 0)
	w.tell("a", 1.5, Stage, "third", 0)
	w.late("a", 2.5, 1.25, Stage, "remembered late", 0) // earlier in truth: it changes nothing
	w.tell("a", 3.5, Outcome, "", int64(Lost))
	w.tell("a", 3.5, Reopened, "", 0)
	log := w.log()
	for day, stage := range map[float64]string{1: "first", 2: "third", 3: "third", 4: "third"} {
		open := log.Before(w.at(day)).Open()
		if len(open) != 1 || log.Name(open[0].Stage) != stage {
			t.Errorf("day %v: %+v, want one deal at %s", day, open, stage)
		}
	}
}
