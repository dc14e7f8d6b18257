package forecasts

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// planted is a busy year in which one more attribute, dated back to each deal's creation,
// says how the deal ended: for those that ended as of a day, and nothing of the others.
func planted(w *tiny, asOf float64, says func(Cause) string) *tiny {
	with := &tiny{place: w.place, facts: slices.Clone(w.facts)}
	began := map[string]calendar.Instant{}
	for _, f := range w.facts {
		if f.kind == Created {
			began[f.deal] = f.Recorded
		}
		if f.kind == Outcome && f.Recorded < w.at(asOf) {
			if text := says(Cause(f.Value)); text != "" {
				with.facts = append(with.facts, told{f.deal, Attribute, text, Fact{Recorded: began[f.deal], Effective: began[f.deal], Sequence: int64(len(with.facts))}})
			}
		}
	}
	return with
}

// A feature that says how deals ended is refused, in a sentence that names it, and the
// chances are those without it; one that says it of some and errs of others is not.
func TestAFeatureThatKnowsTheEndIsRefused(t *testing.T) {
	const day = 250
	w := busy(200)
	r, third := rand.New(rand.NewPCG(1, 1)), []Method{Generation{landmark.Milestones}}
	clean := Say(w.log(), w.at(day), []Horizon{30}, third)
	for what, c := range map[string]struct {
		says    func(Cause) string
		refused bool
	}{
		"the outcome":        {func(c Cause) string { return "result=" + []string{"", "won", "lost", "none"}[c] }, true},
		"won or not":         {func(c Cause) string { return map[bool]string{true: "result=yes", false: "result=no"}[c == Won] }, true},
		"a reason of losses": {func(c Cause) string { return map[bool]string{true: "result=price"}[c == Lost] }, true},
		"one in two hundred": {func(c Cause) string {
			return "result=" + []string{"", "won", "lost", "none", "won"}[int(c)+r.IntN(200)/199%2]
		}, true},
		"one in five is wrong": {func(c Cause) string {
			return map[bool]string{true: "result=yes", false: "result=no"}[(c == Won) != (r.IntN(5) == 0)]
		}, false},
		"nothing": {func(Cause) string { return "result=" + []string{"a", "b"}[r.IntN(2)] }, false},
	} {
		log := planted(w, day, c.says).log()
		m := landmark.Train(log.Before(w.at(day)), landmark.Milestones, landmark.Options{})
		said := slices.ContainsFunc(m.Warnings, func(s string) bool {
			return strings.Contains(s, "“result”") && strings.Contains(s, "leaves it out")
		})
		if said != c.refused {
			t.Errorf("%s: refused is %v, want %v: %q", what, said, c.refused, m.Warnings)
		}
		if !c.refused {
			continue
		}
		with := Say(log, w.at(day), []Horizon{30}, third)
		for i := range clean.Deals {
			if a, b := clean.Odds[0][0][i], with.Odds[0][0][i]; math.Abs(a.Won-b.Won) > 1e-9 {
				t.Errorf("%s, %s: without it %v, with it %v", what, clean.Deals[i].ID, a, b)
			}
		}
		if list := with.Warnings(); len(list) != 1 || !strings.Contains(list[0], "“result”") {
			t.Errorf("%s: the forecast says %q", what, list)
		}
	}
	if m := landmark.Train(w.log().Before(w.at(day)), landmark.WithCalls, landmark.Options{}); len(m.Warnings) > 0 {
		t.Errorf("of a plain history: %q", m.Warnings)
	}
}

// A stage of which only the last one was kept says how deals ended too.
func TestAStageThatKnowsTheEndIsRefused(t *testing.T) {
	w, r := &tiny{place: time.UTC}, rand.New(rand.NewPCG(3, 3))
	for i := range 120 {
		id, cause := string(rune('A'+i%26))+string(rune('a'+i/26)), Cause(1+r.IntN(3))
		start := 100 * r.Float64()
		w.deal(id, start, []string{"", "closed won", "closed lost", "dormant"}[cause], start+5+20*r.Float64(), cause)
	}
	w.deal("open", 120, "talks", 0, Open)
	f := Say(w.log(), w.at(130), []Horizon{30, 3650}, generations)
	if list := f.Warnings(); len(list) != 1 || !strings.Contains(list[0], "“stage”") {
		t.Errorf("the forecast says %q", list)
	}
	for m := range generations {
		if o := f.Odds[m][1][0]; o.Won < .15 || o.Won > .55 { // a third of all were won
			t.Errorf("%s gives %+v", f.Methods[m], o)
		}
	}
}

// Deals that came so lately that little can have become of them change no rate: neither
// past yield's, whoever of them has ended already, nor, while they are open, a
// generation's.
func TestYoungDealsChangeNoRate(t *testing.T) {
	const day = 250
	w := busy(120)
	young, quick := &tiny{place: w.place, facts: slices.Clone(w.facts)}, &tiny{place: w.place, facts: slices.Clone(w.facts)}
	for i := range 200 {
		id := "Y" + string(rune('A'+i%26)) + string(rune('a'+i/26))
		young.deal(id, day-1-float64(i%3)/2, "offer", 0, Open)
		quick.deal(id, day-20+float64(i%9), "offer", day-10+float64(i%9), Lost)
	}
	methods := []Method{PastYield{}, Generation{landmark.Milestones}}
	plain := Say(w.log(), w.at(day), []Horizon{30}, methods)
	for m, log := range map[string]*Log{"young": young.log(), "quick": quick.log()} {
		with := Say(log, w.at(day), []Horizon{30}, methods)
		at := map[string]int{}
		for i := range with.Deals {
			at[with.Deals[i].ID] = i
		}
		for i := range plain.Deals {
			for method := range methods[:map[string]int{"young": 2, "quick": 1}[m]] {
				if a, b := plain.Odds[method][0][i], with.Odds[method][0][at[plain.Deals[i].ID]]; a != b {
					t.Errorf("%s, %s: %+v became %+v", m, plain.Methods[method], a, b)
				}
			}
		}
	}
}

// Deals belong to whom they belonged to then: in totals, and in what is learned of people.
func TestOwnersAreThoseOfThen(t *testing.T) {
	w := &tiny{place: time.UTC}
	for i := range 80 {
		id, owner, cause := string(rune('A'+i%26))+string(rune('a'+i/26)), "ann", Won
		if i%2 == 1 {
			owner, cause = "bob", Lost
		}
		if i%10 < 2 { // not all of them
			cause = Won + Lost - cause
		}
		start := float64(i)
		w.deal(id, start, "talks", start+12, cause)
		w.tell(id, start, Owner, owner, 0)
		w.tell(id, start, Amount, "EUR", 1000)
		w.tell(id, start+12.5, Owner, map[string]string{"ann": "bob", "bob": "ann"}[owner], 0) // handed over when all is done
	}
	for _, id := range []string{"1", "2"} {
		w.deal(id, 95, "talks", 0, Open)
		w.tell(id, 95, Owner, map[string]string{"1": "ann", "2": "bob"}[id], 0)
		w.tell(id, 105, Owner, "cem", 0)
	}
	f := Say(w.log(), w.at(100), []Horizon{30}, []Method{Generation{landmark.Activities}})
	if ann, bob := f.Odds[0][0][0].Won, f.Odds[0][0][1].Won; len(f.Deals) != 2 || ann < bob+.02 {
		t.Errorf("ann's deal has %.3f, bob's %.3f", ann, bob)
	}
	for day, want := range map[float64]string{100: "ann bob ", 110: "cem "} {
		got := ""
		for _, owner := range Say(w.log(), w.at(day), []Horizon{30}, Methods()).Totals().Owners {
			got += owner.Name + " "
		}
		if got != want {
			t.Errorf("day %v: the owners are %q, want %q", day, got, want)
		}
	}
}
