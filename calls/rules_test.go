package calls

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
)

var spring = calendar.Fiscal{Start: 1}.Quarter("2026-05-20")

// What a book says as of any instant is what was shown then: the call that was given last
// before it, whatever was given afterwards and in whatever order entries are read.
func TestAsOfAnyInstantIsWhatWasShownThen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := KeyOf("rosa", Own, spring, "EUR")
		var given []Call
		shown := map[calendar.Instant]*Call{}
		at := calendar.Instant(1000)
		for i := range rapid.IntRange(0, 12).Draw(t, "calls") {
			at += calendar.Instant(rapid.IntRange(1, 50).Draw(t, "later"))
			c := Call{Key: k, Commit: rapid.Int64Range(0, 9).Draw(t, "commit"), EffectiveAt: at, RecordedAt: at, Sequence: int64(i + 1)}
			c.Best = c.Commit
			given = append(given, c)
			look := at + calendar.Instant(rapid.IntRange(1, 60).Draw(t, "look"))
			if last, is := NewBook(given).At(k, look); is && last.Sequence != c.Sequence {
				t.Fatalf("at %d the page shows %v, and %v was given last", look, last, c)
			}
			shown[at+1] = &given[len(given)-1]
		}
		shuffled := NewBook(rapid.Permutation(given).Draw(t, "order"))
		for look, want := range shown {
			if got, is := shuffled.At(k, look); !is || got.Sequence != want.Sequence {
				t.Fatalf("as of %d: %v, want %v", look, got, *want)
			}
		}
		if _, is := shuffled.At(k, 1000); is {
			t.Fatal("something was called before the first call")
		}
		if last, is := shuffled.Last(k); is != (len(given) > 0) || is && last != given[len(given)-1] {
			t.Fatalf("the call that stands is %v", last)
		}
	})
}

// A call that became known later than it was true is not known before.
func TestALateCallIsNotKnownBefore(t *testing.T) {
	k := KeyOf("rosa", Own, spring, "EUR")
	b := NewBook([]Call{{Key: k, Commit: 1, EffectiveAt: 10, RecordedAt: 10, Sequence: 1}, {Key: k, Commit: 2, EffectiveAt: 20, RecordedAt: 40, Sequence: 2},
		{Key: k, Commit: 3, EffectiveAt: 5, RecordedAt: 50, Sequence: 3}})
	for asOf, want := range map[calendar.Instant]int64{11: 1, 30: 1, 40: 1, 41: 2, deals.Ever: 2} {
		if got, _ := b.At(k, asOf); got.Commit != want {
			t.Errorf("as of %d: %d, want %d", asOf, got.Commit, want)
		}
	}
}

func TestWhatCannotBeCalled(t *testing.T) {
	o := people.Organization{TimeZone: "UTC", FiscalStart: 1}
	now := calendar.Date("2026-05-20").Midnight(o.Place())
	good := Wish{Scope: Own, Period: spring, Currency: "EUR", Commit: 5, Best: 6}
	if err := good.check(o, now); err != nil {
		t.Errorf("a good call is refused: %v", err)
	}
	month := good
	month.Period = o.Fiscal().Month("2026-05-01")
	if err := month.check(o, now); err != nil {
		t.Errorf("a month is refused: %v", err)
	}
	lastDay := calendar.Date("2026-07-01").Midnight(o.Place()) - 1
	if err := good.check(o, lastDay); err != nil {
		t.Errorf("a call on the last day is refused: %v", err)
	}
	if err := good.check(o, lastDay+1); err == nil {
		t.Error("a call after the end is taken")
	}
	for name, change := range map[string]func(*Wish){
		"an ended quarter": func(w *Wish) { w.Period = o.Fiscal().Quarter("2026-03-31") },
		"a year":           func(w *Wish) { w.Period = o.Fiscal().Year("2026-05-20") },
		"no fiscal quarter": func(w *Wish) {
			w.Period = calendar.Period{Name: "x", From: "2026-05-01", Until: "2026-08-01"}
		},
		"far ahead":        func(w *Wish) { w.Period = o.Fiscal().Quarter("2028-05-20") },
		"best below":       func(w *Wish) { w.Best = 4 },
		"below nothing":    func(w *Wish) { w.Commit = -1 },
		"no scope":         func(w *Wish) { w.Scope = "" },
		"no currency":      func(w *Wish) { w.Currency = "" },
		"a long sentence":  func(w *Wish) { w.Why = string(make([]rune, longestWhy+1)) },
		"broken sentence":  func(w *Wish) { w.Why = "\xff" },
		"more than can be": func(w *Wish) { w.Commit, w.Best = math.MaxInt64, math.MaxInt64 },
	} {
		w := good
		change(&w)
		if w.check(o, now) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestStandingOfCalls(t *testing.T) {
	past := func(called, won int64) Past {
		return Past{Called: map[int]Call{30: {Commit: called}}, Won: won}
	}
	s := StandingOf([]Past{past(120, 100), past(90, 100), past(210, 200), {Called: map[int]Call{7: {Commit: 1}}, Won: 999}}, 30)
	if s.Periods != 3 || !s.TooFew() || math.Abs(s.Bias-.05) > 1e-12 || math.Abs(s.Off-.1) > 1e-12 || s.Close != 2 {
		t.Errorf("standing: %+v", s)
	}
	if s := StandingOf([]Past{past(50, 0)}, 30); !math.IsNaN(s.Bias) || s.Close != 0 || biasText(s) != "nothing was won" {
		t.Errorf("where nothing was won: %+v", s)
	}
	if s := StandingOf(nil, 30); s.Periods != 0 || !s.TooFew() {
		t.Errorf("without periods: %+v", s)
	}
	for _, c := range []struct {
		bias float64
		want string
	}{{.2, "20\u00a0% too high"}, {-.35, "35\u00a0% too low"}, {.001, "level"}} {
		if got := biasText(Standing{Periods: 4, Bias: c.bias}); got != c.want {
			t.Errorf("%v is said %q", c.bias, got)
		}
	}
}
