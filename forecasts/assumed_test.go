package forecasts

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/forecasts/reference"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/people"
)

// gloomy is a table by which hardly anything is won.
func gloomy() reference.Table {
	t := reference.Shipped()
	for i := range t.Rungs {
		t.Rungs[i].Won, t.Rungs[i].NoAction = .02, .6
	}
	return t
}

// assume sets a table, at an instant that lies between those of the deals.
func assume(t testing.TB, d *db.DB, at calendar.Instant, table reference.Table, seen int) {
	t.Helper()
	err := ledger.Record(t.Context(), d, ledger.By{Actor: "olga", Via: ledger.ViaWeb, At: at}, func(w *ledger.Writer) error {
		_, err := reference.Replace(t.Context(), w, table, "We looked at what we knew", seen)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A forecast of then, made again, leans on the table of then: one that is set later
// changes no byte before, and every byte that it should after. So it is however the log
// is read: at once, piece by piece, up to an entry.
func TestATableSetLaterChangesNothingBefore(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := wild(2, o.Place(), true)
		record(t, d, w.facts)
		plain := readLog(t, d, o)
		days := []float64{20, 35, 40, 40.001, 45, 52, 60}
		before := map[float64][]byte{}
		for _, day := range days {
			before[day] = spoken(t, plain, w.at(day))
		}
		assume(t, d, w.at(40), gloomy(), 0)
		once, head, err := Read(t.Context(), d, o)
		if err != nil {
			t.Fatal(err)
		}
		assume(t, d, w.at(50), reference.Shipped(), 1)
		twice := readLog(t, d, o)
		onward, err := ReadOn(t.Context(), d, o, once, head, head+1)
		if err != nil {
			t.Fatal(err)
		}
		upTo, err := ReadUpTo(t.Context(), d, o, head)
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range days {
			gloom := spoken(t, once, w.at(day))
			same(t, fmt.Sprintf("day %v, up to the first entry", day), gloom, spoken(t, upTo, w.at(day)))
			if changed := !bytes.Equal(before[day], gloom); changed != (day > 40) {
				t.Errorf("day %v: a table set on day 40 changes the forecast: %v", day, changed)
			}
			now, want := spoken(t, twice, w.at(day)), gloom
			if day > 50 {
				want = before[day]
			}
			same(t, fmt.Sprintf("day %v, set on day 50", day), want, now)
			same(t, fmt.Sprintf("day %v, read on", day), now, spoken(t, onward, w.at(day)))
			for number, from := range []float64{40, 50} {
				if is := twice.Before(w.at(day)).Reference().Number > number; is != (day > from) {
					t.Errorf("day %v: table %d counts: %v", day, number+1, is)
				}
			}
		}
		if twice.Known() != plain.Known() || onward.Known() != plain.Known() {
			t.Error("a table is taken for news of deals")
		}
		if m := landmark.Train(twice.Before(w.at(45)), landmark.Milestones, landmark.Options{}); m.Reference.Number != 1 || m.Reference.Reason != "We looked at what we knew" {
			t.Errorf("the model leans on %+v", m.Reference)
		}
		shipped := reference.Shipped()
		if m := landmark.Train(twice.Before(w.at(45)), landmark.Milestones, landmark.Options{Reference: &shipped}); m.Reference.Number != 0 || !m.Reference.Same(shipped) {
			t.Errorf("told to lean on another, the model leans on %+v", m.Reference)
		}
	})
}

// What is shown is the model that serves the forecasts of the day: it leans on the table
// that was in force at midnight, and learned from what was known then.
func TestWhatIsTaughtIsOfTheDay(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		assume(t, f.d, f.now-2*calendar.Instant(DayMillis), gloomy(), 0)
		assume(t, f.d, f.now-1, reference.Shipped(), 1)
		memory := &Memory{}
		told, learning, err := memory.Taught(t.Context(), f.d, o, f.now)
		if err != nil || !learning || told.Fitted || told.Leans.Number != 1 || told.Ended != 60 || len(told.Stages) != 1 || told.Stages[0].Ended.Won != 20 {
			t.Fatalf("at first: %+v, %v, %v", told, learning, err)
		}
		for learning {
			if told, learning, err = memory.Taught(t.Context(), f.d, o, f.now); err != nil {
				t.Fatal(err)
			}
		}
		if s := told.Stages[0]; !told.Fitted || told.Leans.Number != 1 || s.Name != "offer" || s.Assumed.Won != .02 || s.Own.Won < .1 || s.Moved < .3 {
			t.Errorf("learned: %+v", told)
		}
		site := Slice(slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}, memory)
		for who, link := range map[string]bool{"Mia North": true, "Ria One": false} {
			_, page := f.ask(site, t, who, httptest.NewRequest("GET", "/forecasts", nil))
			if !strings.Contains(page, "Table 1 is in force.") || strings.Contains(page, `href="`+reference.Path+`"`) != link {
				t.Errorf("%s is not told on which table the forecast leans, or led where they may not go", who)
			}
		}
	})
}

func TestTooFewDealsTeachNothing(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 5)
		memory := &Memory{}
		told, learning, err := memory.Taught(t.Context(), f.d, o, f.now)
		for learning && err == nil {
			told, learning, err = memory.Taught(t.Context(), f.d, o, f.now)
		}
		if err != nil || told.Fitted || told.Ended != 5 || told.Stages[0].Ended.Deals != 5 {
			t.Errorf("%+v, %v", told, err)
		}
	})
}

// Forecasts say which table they used: a kept one names it, whenever it was made, and the
// page of assumptions tells on which days.
func TestForecastsSayWhichTableTheyUsed(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 150)
		record(t, d, w.facts)
		assume(t, d, w.at(100.2), gloomy(), 0)
		assume(t, d, w.at(140.2), reference.Shipped(), 1)
		for _, day := range []float64{100.4, 101.3, 140.9, 141.2} {
			if err := Freeze(t.Context(), d, o, w.at(day)); err != nil {
				t.Fatal(err)
			}
		}
		for day, table := range map[float64]int{100.4: 0, 101.3: 1, 140.9: 1, 141.2: 2} {
			for _, f := range frozen(t, d, o, calendar.DateOf(w.at(day), o.Place())) {
				head := FrozenHead{Day: f.Day, Method: f.Method, Settings: f.Settings}
				got, noted, err := head.Leaned()
				if simple := f.Method == PastYieldName || f.Method == StageWeightedName; err != nil || noted == simple || noted && got != table {
					t.Errorf("%s on day %v: table %d, noted %v, %v", f.Method, day, got, noted, err)
				}
			}
		}
		leant, err := KeptByTable(t.Context(), d, o.ID)
		if err != nil || len(leant) != 3 || leant[1].Days != 2 || leant[1].First != calendar.DateOf(w.at(101.3), o.Place()) || leant[1].Last != calendar.DateOf(w.at(140.9), o.Place()) {
			t.Errorf("%+v, %v", leant, err)
		}
	})
}
