package forecasts

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

var generations = []Method{Generation{landmark.Activities}, Generation{landmark.Milestones}, Generation{landmark.WithCalls}}

// lively is a wild history in which people also work: activities, criteria, attributes,
// competitors, calls and close dates.
func lively(seed uint64) *tiny {
	w := wild(seed, time.UTC, seed%4 != 1)
	r := rand.New(rand.NewPCG(seed, 11))
	for i := range 12 {
		id := string(rune('A' + i))
		for range r.IntN(12) {
			day := r.Float64() * 80
			switch r.IntN(6) {
			case 0:
				w.tell(id, day, Activity, []string{"call", "meeting"}[r.IntN(2)], 0)
			case 1:
				w.tell(id, day, Criterion, []string{"need", "money"}[r.IntN(2)], int64(r.IntN(4)))
			case 2:
				w.tell(id, day, Attribute, []string{"segment=large", "segment=small", "source=fair"}[r.IntN(3)], 0)
			case 3:
				w.tell(id, day, Competitor, "other", int64(r.IntN(2)))
			case 4:
				w.tell(id, day, Call, []string{"commit", "best"}[r.IntN(2)], 1000)
			case 5:
				w.tell(id, day, CloseDate, "", int64(20454+r.IntN(90)))
			}
		}
	}
	return w
}

func spoken(t *testing.T, log *Log, asOf calendar.Instant) []byte {
	t.Helper()
	out, err := json.Marshal(Say(log, asOf, []Horizon{7, 30}, generations))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What was recorded at or after the as-of, scrambled or deleted, changes no byte of what
// the generations say; nor does the order in which facts arrive.
func TestGenerationsCannotSeeTheFuture(t *testing.T) {
	for seed := range uint64(4) {
		w := lively(seed)
		for _, day := range []float64{20.7, 45, 90} {
			asOf := w.at(day)
			var kept, scrambled []told
			r := rand.New(rand.NewPCG(seed, uint64(day)))
			for _, f := range w.facts {
				if f.Recorded < asOf {
					kept = append(kept, f)
					scrambled = append(scrambled, f)
					continue
				}
				f.kind, f.Value, f.Effective = Kind(r.IntN(13)), int64(r.IntN(4)), w.at(r.Float64()*900)
				f.text, f.deal = "scrambled", string(rune('A'+r.IntN(30)))
				scrambled = append(scrambled, f)
			}
			want := spoken(t, w.log(), asOf)
			same(t, "erased", want, spoken(t, build(w.place, kept), asOf))
			same(t, "scrambled", want, spoken(t, build(w.place, scrambled), asOf))
			r.Shuffle(len(kept), func(i, j int) { kept[i], kept[j] = kept[j], kept[i] })
			same(t, "shuffled", want, spoken(t, build(w.place, kept), asOf))
		}
	}
}

// All dates moved by a year of weeks, or all amounts times ten, change no probability.
func TestGenerationsKnowNoCalendarAndNoCurrency(t *testing.T) {
	for seed := range uint64(4) {
		w := lively(seed)
		moved, dearer := append([]told(nil), w.facts...), append([]told(nil), w.facts...)
		span := calendar.Instant(364 * DayMillis)
		for i := range moved {
			moved[i].Recorded, moved[i].Effective = moved[i].Recorded+span, moved[i].Effective+span
			if moved[i].kind == CloseDate {
				moved[i].Value += 364
			}
			if dearer[i].kind == Amount {
				dearer[i].Value *= 10
			}
		}
		here := Say(w.log(), w.at(50), []Horizon{7, 30}, generations)
		for what, there := range map[string]*Forecast{
			"moved":  Say(build(w.place, moved), w.at(50)+span, []Horizon{7, 30}, generations),
			"dearer": Say(build(w.place, dearer), w.at(50), []Horizon{7, 30}, generations),
		} {
			for m := range here.Odds {
				for j := range here.Odds[m] {
					for i := range here.Odds[m][j] {
						if here.Odds[m][j][i] != there.Odds[m][j][i] {
							t.Errorf("seed %d, %s: %+v became %+v", seed, what, here.Odds[m][j][i], there.Odds[m][j][i])
						}
					}
				}
			}
		}
	}
}

// Chances are chances: between 0 and 1, together no more than 1, growing with time.
func TestGenerationsGiveChances(t *testing.T) {
	histories := map[string]*tiny{"nothing": {place: time.UTC}, "one deal": {place: time.UTC}, "all won": {place: time.UTC}, "all lost": {place: time.UTC}, "lively": lively(2)}
	histories["one deal"].deal("A", 1, "", 0, Open)
	for i := range 40 {
		id := fmt.Sprint("D", i)
		histories["all won"].deal(id, float64(i%20), "a", float64(i%20+10), Won)
		histories["all lost"].deal(id, float64(i%20), "", float64(i%20+3), Lost)
	}
	histories["all won"].deal("open", 3, "a", 0, Open)
	histories["all lost"].deal("open", 3, "", 0, Open)
	for name, w := range histories {
		f := Say(w.log(), w.at(50), []Horizon{1, 7, 30, 90, 3650, longestHorizon}, generations)
		for m := range f.Methods {
			for i := range f.Deals {
				var before Odds
				for j, h := range f.Horizons {
					o := f.Odds[m][j][i]
					sum := o.Won + o.Lost + o.NoAction
					if !(o.Won >= before.Won && o.Lost >= before.Lost && o.NoAction >= before.NoAction && sum <= 1+1e-12) || math.IsNaN(sum) {
						t.Errorf("%s, %s: %s within %d days has the chances %+v, after %+v", name, f.Methods[m], f.Deals[i].ID, h, o, before)
					}
					before = o
				}
			}
		}
	}
}

// What was shown tells the third generation, and only that, who wins.
func TestMilestonesTellTheThirdGeneration(t *testing.T) {
	w := &tiny{place: time.UTC}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 300 {
		id, start := fmt.Sprint("D", i), float64(r.IntN(200))
		shown := i%2 == 0
		cause := Lost
		if shown == (r.IntN(10) > 0) {
			cause = Won
		}
		w.deal(id, start, "talks", start+10+float64(r.IntN(20)), cause)
		w.tell(id, start+2, Milestone, map[bool]string{true: "budget", false: "visit"}[shown], Achieved)
	}
	for _, id := range []string{"budget", "visit"} {
		w.deal(id, 230, "talks", 0, Open)
		w.tell(id, 232, Milestone, id, Achieved)
	}
	third := func(deal string) float64 {
		return chances(t, w.log(), Generation{landmark.Milestones}, w.at(240), 30, deal).Won
	}
	first := func(deal string) float64 {
		return chances(t, w.log(), Generation{landmark.Activities}, w.at(240), 30, deal).Won
	}
	if third("budget") < .6 || third("visit") > .35 {
		t.Errorf("with the budget shown %.2f, with a visit only %.2f", third("budget"), third("visit"))
	}
	if math.Abs(first("budget")-first("visit")) > .001 {
		t.Errorf("the first generation sees milestones: %.3f and %.3f", first("budget"), first("visit"))
	}
}

// A method that a history has nothing for says so, and gives no figures of another.
func TestAMethodThatLacksSomethingSaysSo(t *testing.T) {
	w := wild(2, time.UTC, true)
	r, err := Backtest(t.Context(), w.log(), []calendar.Instant{w.at(40)}, []Horizon{7}, Backtested(), nil)
	if err != nil {
		t.Fatal(err)
	}
	notes := map[string]string{}
	for _, m := range r.Methods {
		notes[m.Name] = m.Note
		if m.Note != "" && len(m.Horizons) > 0 {
			t.Errorf("%s lacks something and has scores", m.Name)
		}
	}
	if notes["generation-2"] == "" || notes["with-calls"] == "" || notes["generation-3"] != "" || notes["generation-1"] != "" {
		t.Errorf("the notes are %v", notes)
	}
}

func atMost(t *testing.T, what string, got *float64, most float64) {
	t.Helper()
	if got == nil || !(*got <= most) {
		t.Errorf("%s = %s, want at most %.4f", what, show(got), most)
	}
}

func between(t *testing.T, what string, got *float64, low, high float64) {
	t.Helper()
	if got == nil || !(low <= *got && *got <= high) {
		t.Errorf("%s = %s, want %.4f to %.4f", what, show(got), low, high)
	}
}

// full tells whether the long tests were asked for.
func full() bool { return os.Getenv("MILEPOST_TEST_FULL") == "1" }

// The third generation on the bank's log: eleven weeks, or three of them in short.
func TestFullGenerationsOnBPI2012(t *testing.T) {
	log := readHistory(t, "bpic2012_history.csv.gz", "Europe/Amsterdam")
	asOfs := midnightsOf("2011-11-30", 7, 11, log.Place())
	if !full() {
		asOfs = []calendar.Instant{asOfs[3], asOfs[7]}
	}
	r, err := Backtest(t.Context(), log, asOfs, []Horizon{7, 14, 30}, []Method{StageWeighted{}, Generation{landmark.Milestones}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tell(t, r)
	for j := range 3 {
		weighted, mine := r.Methods[0].Horizons[j], r.Methods[1].Horizons[j]
		better := []float64{.85, .75, .85}[j]
		atMost(t, "Brier against stage-weighted", mine.Brier, better**weighted.Brier)
		if !full() {
			continue
		}
		atMost(t, "Brier", mine.Brier, []float64{.0795, .1415, .1750}[j])
		between(t, "calibration slope", mine.CalibrationSlope, .85, 1.10)
		if mine.NoActionAUC == nil || *mine.NoActionAUC < .78 {
			t.Errorf("no-action AUC = %s at %d days, want at least .78", show(mine.NoActionAUC), mine.Days)
		}
	}
	if full() {
		atMost(t, "WAPE of wins", r.Methods[1].Horizons[2].WAPEWins, .10)
		atMost(t, "WAPE of amounts", r.Methods[1].Horizons[2].WAPEAmount, .11)
		atMost(t, "WAPE of wins with those of new deals", r.Methods[1].Horizons[2].WithNew.WAPEWins, .12)
	}
}

// And on the register of projects that take years: nine yearly as-ofs, or two in short.
func TestFullGenerationsOnREPD2021(t *testing.T) {
	log := readHistory(t, "repd2021_history.csv.gz", "Europe/London")
	var asOfs []calendar.Instant
	for year := 2010; year <= 2018; year++ {
		if full() || year == 2011 || year == 2014 {
			asOfs = append(asOfs, calendar.NewDate(year, 1, 1).Midnight(log.Place()))
		}
	}
	r, err := Backtest(t.Context(), log, asOfs, []Horizon{182, 365, 730}, []Method{PastYield{}, Generation{landmark.Milestones}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tell(t, r)
	for j := range 3 {
		yield, mine := r.Methods[0].Horizons[j], r.Methods[1].Horizons[j]
		atMost(t, "Brier against past yield", mine.Brier, *yield.Brier)
		if full() {
			atMost(t, "Brier", mine.Brier, []float64{.0750, .1020, .1530}[j])
			between(t, "calibration slope", mine.CalibrationSlope, .75, 1.30)
		}
		if full() && mine.Days == 365 { // what past misses taught at least halves the bias
			most := math.Abs(*mine.BiasWins) / 2
			between(t, "bias of medians", mine.BiasMedian, -most, most)
		}
	}
}

// The reasons lead from the average open deal to this one, and add up exactly; evidence
// that others won with is what is missing.
func TestReasonsAddUp(t *testing.T) {
	for seed := range uint64(5) {
		w := lively(seed)
		past := w.log().Before(w.at(45))
		m := landmark.Train(past, landmark.WithCalls, landmark.Options{})
		asking, open := m.Ask(past), past.Open()
		average := asking.Average(open)
		for i := range open {
			base, reasons := asking.Look(&open[i]).Explain(average, 30)
			sum := base
			for _, r := range reasons {
				sum += r.Points
			}
			if want := m.Within(asking.Curve(&open[i]), 30)[Won]; math.Abs(sum-want) > 1e-12 {
				t.Errorf("seed %d, %s: the reasons add up to %.15f, the chance is %.15f", seed, open[i].ID, sum, want)
			}
		}
	}
}

// A model keeps its answers when the log is read on: it is asked by the same names.
func TestAModelIsAskedAboutALaterPast(t *testing.T) {
	w := lively(3)
	early := w.log()
	m := landmark.Train(early.Before(w.at(40)), landmark.Milestones, landmark.Options{})
	before := m.Ask(early.Before(w.at(45)))
	w.deal("0", 30, "quite new", 0, Open) // sorts before the others, with a stage never seen
	w.tell("0", 31, Milestone, "also new", Achieved)
	later := w.log()
	after := m.Ask(later.Before(w.at(45)))
	open := early.Before(w.at(45)).Open()
	then := later.Before(w.at(45)).Open()
	if len(then) != len(open)+1 {
		t.Fatalf("%d deals were open, now %d", len(open), len(then))
	}
	for i := range open {
		a, b := m.Within(before.Curve(&open[i]), 30), m.Within(after.Curve(&then[i+1]), 30)
		if open[i].ID != then[i+1].ID || a != b {
			t.Errorf("%s had %v, and %s has %v", open[i].ID, a, then[i+1].ID, b)
		}
	}
}
