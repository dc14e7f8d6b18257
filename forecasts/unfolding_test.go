package forecasts

import (
	"math"
	"strings"
	"testing"

	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// What becomes of a deal begins with nothing, only grows, never comes to more than one, and
// says of the end of the horizon what the headline says; the wins of which half have come
// by a day have come by half at it.
func TestWhatBecomesOfADealGrowsToOne(t *testing.T) {
	looked := 0
	for seed := range uint64(6) {
		w := lively(seed)
		f := Say(w.log(), w.at(45), []Horizon{Horizon(1 + 13*seed)}, []Method{PastYield{}, Generation{landmark.Milestones}})
		for i := range f.Deals {
			x, is := f.Explain(i)
			if !is {
				t.Fatal("a generation that learned gives no reasons")
			}
			looked++
			c := x.Unfold()
			var before Odds
			for j, o := range c.Odds {
				if rest := 1 - o.Won - o.Lost - o.NoAction; o.Won < before.Won || o.Lost < before.Lost || o.NoAction < before.NoAction || rest < -1e-12 {
					t.Errorf("seed %d, %s, after %.1f days: %+v after %+v", seed, f.Deals[i].ID, c.Days[j], o, before)
				}
				before = o
			}
			if c.Odds[0] != (Odds{}) || c.Odds[c.End] != x.Odds || math.Abs(c.Days[c.End]-x.days) > 1e-9 {
				t.Errorf("seed %d, %s: it begins with %+v, and at the end of the horizon it is %+v, not %+v", seed, f.Deals[i].ID, c.Odds[0], c.Odds[c.End], x.Odds)
			}
			if last := len(c.Days) - 1; last <= c.End || last > 2*unfoldingParts || c.Days[last] < 1.4*x.days {
				t.Errorf("seed %d, %s: %d places, of which %d until the end of the horizon", seed, f.Deals[i].ID, last, c.End)
			}
			for n, day := range x.WinDays {
				share := []float64{.1, .5, .9}[n]
				if got := x.sight.Within(day)[Won] / x.sight.Within(1e7)[Won]; math.Abs(got-share) > 1e-3 {
					t.Errorf("seed %d, %s: of the wins %.3f have come by the day of %.1f", seed, f.Deals[i].ID, got, share)
				}
			}
		}
	}
	if looked < 10 {
		t.Errorf("only %d deals were looked at", looked)
	}
}

// A trace says of each morning what the model says of the log as it was known then, and
// what came to be known in between.
func TestATraceIsWhatWasKnownThen(t *testing.T) {
	w := evidenced(200, 12, 5)
	w.deal("T", 210, "qualified", 0, Open)
	w.tell("T", 226, Stage, "proposed", 0)
	w.tell("T", 240.5, Milestone, "milestone 3", Claimed)
	w.tell("T", 241, Milestone, "milestone 3", Achieved)
	w.late("T", 262, 220, Amount, "EUR", 70_000_00) // true long before it was known
	w.tell("T", 290, Activity, "call", 0)
	log, now := w.log(), w.at(300.4)
	m := landmark.Train(log.Before(now), landmark.Milestones, landmark.Options{})
	f := Say(log, now, []Horizon{30}, []Method{PastYield{}, Served{m}})
	for i := range f.Deals {
		trace := f.Trace(i)
		if f.Deals[i].ID == "T" {
			mustTell(t, trace)
		}
		for _, s := range trace {
			then := log.Before(s.At)
			deal, is := then.Stood(f.Deals[i].Deal)
			days := float64(w.at(330.4)-s.At) / float64(DayMillis)
			if want := m.Ask(then).Look(&deal).Within(days)[Won]; !is || want != s.Won {
				t.Errorf("%s on day %v: %.12f, and the log of then says %.12f", f.Deals[i].ID, int64(s.At-w.at(0))/DayMillis, s.Won, want)
			}
		}
		if last := trace[len(trace)-1]; last.At != now || last.Won != f.Odds[1][0][i].Won {
			t.Errorf("%s: the trace ends at %+v, the chance is %v", f.Deals[i].ID, last, f.Odds[1][0][i].Won)
		}
	}
}

func mustTell(t *testing.T, trace []Sighting) {
	t.Helper()
	var told []string
	for _, s := range trace {
		told = append(told, strings.Join(s.Happened, "; "))
	}
	// From day 230 on, a week apart: 237, 244, ... 300 and now.
	want := []string{"", "", "“milestone 3” was confirmed", "", "", "its amount became EUR 70,000", "", "", "", "1 activity", ""}
	if strings.Join(told, "|") != strings.Join(want, "|") {
		t.Errorf("it tells\n%q, not\n%q", told, want)
	}
}
