package triad

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/process"
)

const day = calendar.Instant(24 * time.Hour / time.Millisecond)

// answered makes a triad whose criteria were answered; an answer is "part level state
// stale-at", the last in days from zero, 0 for never.
func answered(list ...Asked) *Triad { return &Triad{Process: "p", Number: 1, Asked: list} }

func asked(id string, part process.Part, level int, state State, stale calendar.Instant) Asked {
	a := Asked{Criterion: process.Criterion{ID: process.CriterionID(id), Part: part, Level: level, Question: "Question " + id}, StaleAt: stale}
	if state != "" {
		a.History = []Assessment{{State: state, Sequence: 7}}
	}
	return a
}

func TestLevels(t *testing.T) {
	const f, m, p = process.Functional, process.Financial, process.Political
	for name, c := range map[string]struct {
		asked   []Asked
		level   int
		legs    map[process.Part]int
		missing string // ids
		stale   int
	}{
		"no criteria": {nil, 0, map[process.Part]int{}, "", 0},
		"nothing asked": {[]Asked{asked("f1", f, 1, "", 0), asked("m1", m, 1, "", 0), asked("p1", p, 1, "", 0)},
			0, map[process.Part]int{f: 0, m: 0, p: 0}, "f1 m1 p1", 0},
		"the weakest counts": {[]Asked{asked("f1", f, 1, Met, 0), asked("f2", f, 2, Verified, 0), asked("m1", m, 1, Met, 0), asked("m2", m, 2, Unmet, 0), asked("p1", p, 1, Met, 0)},
			1, map[process.Part]int{f: 3, m: 1, p: 3}, "m2", 0},
		"a gap below holds up what is above": {[]Asked{asked("f1", f, 1, Met, 0), asked("f2", f, 2, Unknown, 0), asked("f3", f, 3, Verified, 0)},
			1, map[process.Part]int{f: 1}, "f2", 0},
		"all criteria of a level": {[]Asked{asked("f1", f, 1, Met, 0), asked("f1b", f, 1, Unmet, 0)},
			0, map[process.Part]int{f: 0}, "f1b", 0},
		"everything": {[]Asked{asked("f1", f, 1, Met, 0), asked("m3", m, 3, Verified, 11*day)},
			3, map[process.Part]int{f: 3, m: 3}, "", 0},
		"stale counts as nothing": {[]Asked{asked("f1", f, 1, Verified, 10*day), asked("f2", f, 2, Met, 20*day)},
			0, map[process.Part]int{f: 0}, "f1", 1},
		"stale from that instant on": {[]Asked{asked("f1", f, 1, Verified, 10*day+1)},
			3, map[process.Part]int{f: 3}, "", 0},
		"a part that is not asked for": {[]Asked{asked("p2", p, 2, Unmet, 0)},
			1, map[process.Part]int{p: 1}, "p2", 0},
		"only what is in the way is missing": {[]Asked{asked("f3", f, 3, Unmet, 0), asked("m1", m, 1, Unmet, 0), asked("p1", p, 1, "", 0)},
			0, map[process.Part]int{f: 2, m: 0, p: 0}, "m1 p1", 0},
		"an unmet answer grows old too": {[]Asked{asked("f1", f, 1, Unmet, 9*day)},
			0, map[process.Part]int{f: 0}, "f1", 1},
	} {
		t.Run(name, func(t *testing.T) {
			q := answered(c.asked...).At(10 * day)
			if q.Level != c.level || q.Stale != c.stale || len(q.Legs) != len(c.legs) {
				t.Errorf("level %d, %d stale, %d legs; want %d, %d, %d", q.Level, q.Stale, len(q.Legs), c.level, c.stale, len(c.legs))
			}
			for part, want := range c.legs {
				if leg, there := q.Leg(part); !there || leg.Level != want {
					t.Errorf("%s is at level %d (%v), want %d", part, leg.Level, there, want)
				}
			}
			var ids []string
			for _, a := range q.Missing {
				ids = append(ids, string(a.ID))
			}
			if got := strings.Join(ids, " "); got != c.missing {
				t.Errorf("missing %q, want %q", got, c.missing)
			}
		})
	}
}

func TestSentence(t *testing.T) {
	const f, m = process.Functional, process.Financial
	for want, asked := range map[string][]Asked{
		"This process asks nothing about need, money and support.":                                                   nil,
		"Level 3 of 3. Everything that the process asks is answered well.":                                           {asked("f1", f, 1, Met, 0)},
		"Level 1 of 3. For level 2: “Question f2” (ask again); “Question m2” (not known yet).":                       {asked("f1", f, 1, Met, 0), asked("f2", f, 2, Met, day), asked("m2", m, 2, "", 0), asked("m3", m, 3, "", 0)},
		"Level 0 of 3. For level 1: “Question a” (not met); “Question b” (not met); “Question c” (not met); 2 more.": {asked("a", f, 1, Unmet, 0), asked("b", f, 1, Unmet, 0), asked("c", f, 1, Unmet, 0), asked("d", f, 1, Unmet, 0), asked("e", f, 1, Unmet, 0)},
	} {
		q := answered(asked...).At(10 * day)
		if got := q.Sentence(); got != want {
			t.Errorf("the sentence is\n%s\nwant\n%s", got, want)
		}
	}
}

// The rows of a deal, at any instant, say what the rule says; the level never rises by
// itself.
func TestSpansSayWhatTheRuleSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		triad := answered()
		for range rapid.IntRange(0, 9).Draw(t, "criteria") {
			triad.Asked = append(triad.Asked, asked("x", rapid.SampledFrom(process.Parts).Draw(t, "part"), rapid.IntRange(1, 3).Draw(t, "level"),
				rapid.SampledFrom(append([]State{""}, States...)).Draw(t, "state"), calendar.Instant(rapid.IntRange(0, 6).Draw(t, "stale"))*day))
		}
		at := calendar.Instant(rapid.Int64Range(0, int64(8*day)).Draw(t, "now"))
		spans, q, within := triad.Spans(), triad.At(at), 0
		for i, s := range spans {
			if i > 0 && (s.From != spans[i-1].Until || s.Level > spans[i-1].Level) {
				t.Fatalf("after %+v comes %+v", spans[i-1], s)
			}
			if s.From <= at && at < s.Until {
				within++
				if s.Level != q.Level || s.Stale != q.Stale {
					t.Fatalf("at %d the row says %+v, the rule %+v", at, s, q)
				}
			}
		}
		if want := min(len(triad.Asked), 1); within != want {
			t.Fatalf("%d rows hold at %d", within, at)
		}
		if q.Level == process.HighestLevel && len(q.Missing) > 0 || len(q.Legs) > 0 && q.Level < process.HighestLevel && len(q.Missing) == 0 {
			t.Fatalf("level %d misses %d", q.Level, len(q.Missing))
		}
	})
}
