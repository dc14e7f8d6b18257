package forecasts

import (
	"encoding/json"
	"fmt"
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
