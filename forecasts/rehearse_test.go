package forecasts

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/people"
)

// stream is a company into which deals keep coming for so many days; two in five of those
// whose need is agreed are won, one in ten of the others, after three weeks or so.
func stream(in *time.Location, days int) *tiny {
	r := rand.New(rand.NewPCG(3, 5))
	w := &tiny{place: in}
	for n := range days {
		id := fmt.Sprintf("S%03d", n)
		at := float64(n) + r.Float64()
		w.deal(id, at, "talks", 0, Open)
		w.tell(id, at, Owner, []string{"ann", "bob"}[r.IntN(2)], 0)
		w.tell(id, at, Amount, []string{"EUR", "EUR", "USD"}[r.IntN(3)], int64(1+r.IntN(20))*10_000)
		odds := .1
		if r.IntN(2) == 0 {
			odds = .4
			w.tell(id, at+2, Milestone, "need agreed", Achieved)
		}
		end, cause := at+8+25*r.Float64(), []Cause{Lost, NoAction}[r.IntN(2)]
		if r.Float64() < odds {
			cause = Won
		}
		if end < float64(days) {
			w.tell(id, end, Outcome, "", int64(cause))
		}
	}
	return w
}

func kept(t *testing.T, f *Frozen) []byte {
	t.Helper()
	text, err := f.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A forecast is kept with the ranges that earlier ones have taught, of all methods, and
// every one of them can be made again to the byte.
func TestKeptForecastsTeachRangesAndAreMadeAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 150)
		record(t, d, w.facts)
		now := w.at(150.3)
		for pass := range 3 {
			left := 7 * pass // the second stops in the midst, the third goes on
			done, err := Rehearse(t.Context(), d, o, now, func() bool { left--; return pass < 2 && left < 0 })
			if err != nil || done != (pass == 2) {
				t.Fatalf("pass %d: done %v, %v", pass, done, err)
			}
		}
		if err := Freeze(t.Context(), d, o, now); err != nil {
			t.Fatal(err)
		}
		for _, method := range []string{"past-yield", "generation-3"} {
			days, err := keptDays(t.Context(), d, o.ID, method, "2026-12-31")
			if err != nil || len(days) < 15 {
				t.Fatalf("%s was kept on %v, %v", method, days, err)
			}
			for _, day := range []calendar.Date{days[0], days[len(days)/2], days[len(days)-1]} {
				f, err := FrozenOne(t.Context(), d, o.ID, day, method)
				if err != nil {
					t.Fatal(err)
				}
				if today := day == days[len(days)-1]; (f.Rehearsed == 0) != today || f.AsOf != day.Midnight(o.Place()) {
					t.Errorf("%s of %s: %d, as of %v", method, day, f.Rehearsed, f.AsOf)
				}
				made, err := f.Again(t.Context(), d, o)
				if err != nil {
					t.Fatal(err)
				}
				same(t, method+" of "+string(day), kept(t, &f), made)
			}
		}
		mustHaveRanges(t, d, o, calendar.DateOf(now, o.Place()))
	})
}

// mustHaveRanges checks the ranges of the generation that knows the milestones.
func mustHaveRanges(t *testing.T, d *db.DB, o people.Organization, day calendar.Date) {
	t.Helper()
	f, err := FrozenOne(t.Context(), d, o.ID, day, "generation-3")
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Totals Totals
		Ranges *Ranges
	}
	if err := json.Unmarshal(kept(t, &f), &said); err != nil {
		t.Fatal(err)
	}
	var settings Settings
	if err := json.Unmarshal([]byte(f.Settings), &settings); err != nil || len(settings.Lessons) < 8 || !slices.IsSorted(settings.Lessons) {
		t.Errorf("it learned from %v, %v", settings.Lessons, err)
	}
	if said.Ranges == nil || len(said.Ranges.Company) != len(settings.Horizons) || len(said.Ranges.Owners) != 3 {
		t.Fatalf("ranges: %+v", said.Ranges)
	}
	month := said.Ranges.Company.Get("30d")
	expected := said.Totals.Company.Get("generation-3").Get("30d")
	wins := month.Open.Wins
	if !(wins.Nearly[0] <= wins.Most[0] && wins.Most[0] <= wins.Half[0] && wins.Half[0] <= wins.Median && wins.Median <= wins.Half[1] && wins.Half[1] <= wins.Most[1] && wins.Most[1] <= wins.Nearly[1]) {
		t.Errorf("ranges out of order: %+v", wins)
	}
	if float64(wins.Nearly[0]) > expected.Wins || float64(wins.Nearly[1]) < expected.Wins || wins.Most[0] == wins.Most[1] {
		t.Errorf("%v wins are expected, the ranges are %+v", expected.Wins, wins)
	}
	if month.WithNew == nil || month.WithNew.Wins.Median <= wins.Median {
		t.Errorf("with what is new %+v, without %+v", month.WithNew, wins)
	}
	euro := expected.ByCurrency.Get("EUR").Amount * 100
	if all := month.Open.ByCurrency.Get("EUR"); euro < float64(all.Nearly[0]) || euro > float64(all.Nearly[1]) || len(month.Open.ByCurrency) != 2 {
		t.Errorf("%v cents are expected, the ranges are %+v", euro, month.Open.ByCurrency)
	}
}

// A kept forecast teaches only once its horizon has ended: what came later does not change
// what was said.
func TestRehearsalsDoNotSeeTheFuture(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 120)
		record(t, d, w.facts)
		other := found(t, d.Everywhere(), "Fictitious Foghorns", "Europe/Amsterdam")
		cut := w.at(95)
		short := &tiny{place: w.place}
		for _, f := range w.facts {
			if f.Recorded < cut {
				short.facts = append(short.facts, f)
			}
		}
		record(t, d.For(other.ID), short.facts)
		for _, org := range []people.Organization{o, other} {
			if _, err := Rehearse(t.Context(), d.For(org.ID), org, w.at(120), func() bool { return false }); err != nil {
				t.Fatal(err)
			}
		}
		compared := 0
		days, err := keptDays(t.Context(), d, o.ID, "generation-3", calendar.DateOf(cut, o.Place()))
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range days {
			all, err := FrozenOne(t.Context(), d, o.ID, day, "generation-3")
			if err != nil {
				t.Fatal(err)
			}
			some, err := FrozenOne(t.Context(), d.For(other.ID), other.ID, day, "generation-3")
			if err != nil {
				t.Fatalf("%s: %v", day, err)
			}
			same(t, string(day), kept(t, &all), kept(t, &some))
			compared++
		}
		if compared < 4 {
			t.Errorf("only %d days were compared", compared)
		}
	})
}

func TestRehearsalsBeginWithWhatIsHeldAgainst(t *testing.T) {
	var names []string
	for _, m := range inTurn(Backtested()) {
		names = append(names, m.Name())
	}
	if want := []string{StageWeightedName, PastYieldName, "generation-3", "generation-1", "generation-2", "with-calls"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	if two := inTurn(Methods()); len(two) != 2 {
		t.Errorf("%v", two)
	}
}

func TestRehearsalDays(t *testing.T) {
	list := rehearsalDays("2026-11-22", calendar.Fiscal{Start: 1})
	for _, day := range []calendar.Date{"2026-10-03", "2026-11-02", "2026-09-24", "2026-09-01", "2024-12-25", "2026-11-16", "2026-08-03"} {
		if !slices.Contains(list, day) {
			t.Errorf("%s is not among %v", day, list)
		}
	}
	if !slices.IsSorted(list) || list[len(list)-1] >= "2026-11-22" || list[0] < "2024-07-01" {
		t.Errorf("%v", list)
	}
}

// History that is imported later outdates what was rehearsed without it, and nothing that was
// frozen on its day. What was rehearsed is made again, as it would have been made with all
// of it, once; and what had learned from it is still made again as it was.
func TestAnImportOutdatesRehearsals(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w, later := stream(o.Place(), 80), &tiny{}
		w.facts = slices.DeleteFunc(w.facts, func(f told) bool {
			late := f.deal > "S030" && f.deal[len(f.deal)-1]%3 == 0
			if late {
				later.facts = append(later.facts, f)
			}
			return late
		})
		record(t, d, w.facts)
		rehearse := func(d *db.DB, o people.Organization, now float64, days int) {
			t.Helper()
			if _, err := Rehearse(t.Context(), d, o, w.at(now), func() bool { days--; return days < 0 }); err != nil {
				t.Fatal(err)
			}
		}
		rehearse(d, o, 79.3, 999)
		if err := Freeze(t.Context(), d, o, w.at(79.4)); err != nil {
			t.Fatal(err)
		}
		before := keptAll(t, d, o)
		record(t, d, later.facts)
		rehearse(d, o, 80.3, 4) // cut off in the midst
		rehearse(d, o, 80.4, 999)
		after := keptAll(t, d, o)
		rehearse(d, o, 80.5, 999)
		if days, err := Outdated(t.Context(), d); err != nil || days != 0 || !maps.Equal(keptAll(t, d, o), after) {
			t.Errorf("%d days are outdated still, or were made once more; %v", days, err)
		}
		other := found(t, d.Everywhere(), "Fictitious Foghorns", "Europe/Amsterdam")
		record(t, d.For(other.ID), append(w.facts, later.facts...))
		rehearse(d.For(other.ID), other, 80.4, 999)
		once, again := keptAll(t, d.For(other.ID), other), 0
		for key, was := range before {
			is, frozen := after[key], was.Rehearsed == 0
			if early := was.AsOf <= w.at(30); (frozen || early) && is != was {
				t.Errorf("%v was changed: frozen on its day %v, before what was imported %v", key, frozen, early)
			} else if !frozen {
				knows := once[key]
				same(t, fmt.Sprint(key), kept(t, &is), kept(t, &knows))
			}
			if is != was {
				again++
			}
			if frozen || is != was && is.Day.Time().Day()%3 == 0 {
				for _, f := range []Frozen{was, is} {
					made, err := f.Again(t.Context(), d, o)
					if err != nil {
						t.Fatal(err)
					}
					same(t, fmt.Sprint(key, " from the ledger"), kept(t, &f), made)
				}
			}
		}
		if again < 20 {
			t.Errorf("only %d were made again", again)
		}
	})
}

// The job makes rehearsals again after an import, however small, and leaves them alone after
// a day's work; while an import is under way it waits.
func TestTheJobRehearsesAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := &tiny{place: o.Place()}
		for i := range 8 {
			w.deal(fmt.Sprintf("A%d", i), float64(i), "talks", float64(30+3*i), []Cause{Won, Lost}[i%2])
		}
		record(t, d, w.facts)
		now := w.at(80.3)
		r := &rehearsing{clock: calendar.Stopped(now), memory: &Memory{}, done: map[db.Org]upTo{}, seen: map[db.Org]int64{}}
		run := func(facts func(*tiny)) map[[2]string]Frozen {
			t.Helper()
			more := &tiny{place: o.Place()}
			facts(more)
			record(t, d, more.facts)
			if err := r.run(t.Context(), d, now); err != nil {
				t.Fatal(err)
			}
			return keptAll(t, d, o)
		}
		first := run(func(w *tiny) {})
		live := run(func(w *tiny) {
			w.deal("live", 80.2, "talks", 0, Open)
			w.late("A1", 80.2, 10, Stage, "talks", 0) // true since long, known since today
		})
		busy := run(func(w *tiny) {
			for i := range muchNew {
				w.tell("A1", 80.1+float64(i)/1e6, Activity, "call", 0)
			}
			w.deal("old", 35, "talks", 50, Won)
		})
		if len(first) < 20 || !maps.Equal(first, live) || !maps.Equal(live, busy) {
			t.Fatalf("%d are kept; a day's work changed some: %v; made again amid an import: %v", len(first), !maps.Equal(first, live), !maps.Equal(live, busy))
		}
		after, again := run(func(w *tiny) {}), 0
		for key, was := range first {
			if was != after[key] {
				again++
			}
			if changed := was != after[key]; changed != (was.AsOf > w.at(35)) {
				t.Errorf("%v was made again: %v", key, changed)
			}
		}
		if small := run(func(w *tiny) { w.deal("one", 36, "talks", 0, Open) }); again == 0 || maps.Equal(small, after) {
			t.Errorf("%d were made again; a single deal changed nothing", again)
		}
	})
}

// keptAll reads all that is kept, by day and method.
func keptAll(t *testing.T, d *db.DB, o people.Organization) map[[2]string]Frozen {
	t.Helper()
	heads, err := FrozenHeads(t.Context(), d, o.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	list := map[[2]string]Frozen{}
	for _, h := range heads {
		f, err := FrozenOne(t.Context(), d, o.ID, h.Day, h.Method)
		if err != nil {
			t.Fatal(err)
		}
		list[[2]string{string(h.Day), h.Method}] = f
	}
	return list
}
