package forecasts

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/people"
)

// until splits the facts of a history at a day.
func (w *tiny) until(day float64) (before, after []told) {
	for _, f := range w.facts {
		if f.Recorded < w.at(day) {
			before = append(before, f)
		} else {
			after = append(after, f)
		}
	}
	return before, after
}

// settle waits until no refit is under way.
func settle(t *testing.T, m *Memory, f *firm, now calendar.Instant) Fitting {
	t.Helper()
	for range 600 {
		is, err := m.Fitting(t.Context(), f.d, f.o, now)
		if err != nil {
			t.Fatal(err)
		}
		if is.Run.Began == 0 || is.Run.Over {
			return is
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the refit never ended")
	return Fitting{}
}

// reproduced looks at a quarter, and works its figures out again from the id.
func reproduced(t *testing.T, m *Memory, f *firm, at calendar.Instant) (*Forecast, Mark) {
	t.Helper()
	day := calendar.DateOf(at, f.o.Place())
	quarter := f.o.Fiscal().Quarter(day)
	said, err := m.Ask(t.Context(), f.d, f.o, at, true, Horizon(day.DaysUntil(quarter.Until)))
	if err != nil {
		t.Fatal(err)
	}
	outlook := LookAhead(said, quarter, Organigram{}, "", "EUR", everyone)
	if err := said.Draw(outlook); err != nil || !outlook.Drawn {
		t.Fatal(outlook.Drawn, err)
	}
	shown, mark, err := said.Document(outlook)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Reproduce(t.Context(), f.d, f.o, mark)
	if err != nil {
		t.Error(err)
	}
	same(t, "worked out again", shown, again)
	return said, mark
}

// hashOf is that of the model behind a forecast.
func hashOf(t *testing.T, f *Forecast) string {
	t.Helper()
	model, _, learned := f.Learned()
	if !learned {
		t.Fatal("nothing has learned")
	}
	return model.Hash()
}

// A deal that ends moves the model that is served by a step, until the refit; opened again
// it leaves no trace. The figures of each moment are worked out again from their id.
func TestWhatEndsIsLearnedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 150)
		before, _ := w.until(120.1)
		record(t, d, before)
		f, m := &firm{d: d, o: o}, &Memory{}
		settle(t, m, f, w.at(120.2))
		first, mark := reproduced(t, m, f, w.at(120.2))
		news := mark.Steps
		var open string
		for _, deal := range first.Deals {
			open = deal.External[1:] // as record names it
		}
		tell := func(day float64, kind Kind, value int64) {
			more := &tiny{place: o.Place()}
			more.tell(open, day, kind, "", value)
			more.facts[0].Sequence = 1 << 40
			record(t, d, more.facts)
		}
		tell(120.3, Outcome, int64(Won))
		won, mark := reproduced(t, m, f, w.at(120.4))
		if mark.Steps != news+1 || hashOf(t, won) == hashOf(t, first) || mark.Learned != 0 {
			t.Errorf("after a win: %d steps, before %d; learned up to %v", mark.Steps, news, mark.Learned)
		}
		if is := settle(t, m, f, w.at(120.4)); is.News.Ended != news+1 || is.At != calendar.Date("2026-05-01").Midnight(o.Place()) || is.Ended < fewestEnded {
			t.Errorf("it is said: %+v", is)
		}
		tell(120.5, Reopened, 0)
		again, mark := reproduced(t, m, f, w.at(120.6))
		if mark.Steps != news || hashOf(t, again) != hashOf(t, first) {
			t.Errorf("opened again: %d steps, before %d", mark.Steps, news)
		}
	})
}

// A refit on demand serves from then on, and what it serves is worked out again too. One
// that is called off changes nothing; while one is under way there is no second.
func TestARefitOnDemand(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 150)
		before, _ := w.until(120.45)
		record(t, d, before)
		f, m := &firm{d: d, o: o}, &Memory{}
		settle(t, m, f, w.at(120.5))
		first, _ := reproduced(t, m, f, w.at(120.5))
		m.learn.Lock() // as if it took long
		for i, want := range []bool{true, false} {
			if began, err := m.StartRefit(t.Context(), d, o, w.at(120.6), "somebody"); err != nil || began != want {
				t.Fatalf("start %d: %v, %v", i, began, err)
			}
		}
		if said, _ := reproduced(t, m, f, w.at(120.65)); said.Learning || hashOf(t, said) != hashOf(t, first) {
			t.Error("the model is not served while it is fitted anew")
		}
		m.StopRefit(o.ID)
		m.learn.Unlock()
		if is := settle(t, m, f, w.at(120.7)); !is.Run.Halted || is.At != calendar.Date("2026-05-01").Midnight(o.Place()) {
			t.Errorf("called off: %+v", is)
		}
		if began, err := m.StartRefit(t.Context(), d, o, w.at(120.7), "somebody"); err != nil || !began {
			t.Fatal(began, err)
		}
		if is := settle(t, m, f, w.at(120.75)); is.Run.Halted || is.Run.Wrong != "" || is.At != w.at(120.7) || is.Run.Steps == 0 || is.Run.By != "somebody" {
			t.Errorf("fitted anew: %+v", is)
		}
		if _, mark := reproduced(t, m, f, w.at(120.8)); mark.Learned != w.at(120.7) {
			t.Errorf("learned up to %v", mark.Learned)
		}
		if _, err := m.Ask(t.Context(), d, o, w.at(121.2), true, 60); err != nil { // the next day begins its own
			t.Fatal(err)
		}
		if is := settle(t, m, f, w.at(121.2)); is.At != calendar.Date("2026-05-02").Midnight(o.Place()) || is.Run.By != "" {
			t.Errorf("the next day: %+v", is)
		}
	})
}

// Where a fit fails, what was learned before goes on serving.
func TestAFitThatFailsLeavesTheOldOne(t *testing.T) {
	old := &taught{at: 5}
	h := &held{log: (&tiny{place: time.UTC}).log(), models: models{latest: old}}
	for name, c := range map[string]struct{ err error }{"an error": {errStub{}}, "nothing": {nil}} {
		r := &refit{}
		h.models.refit = r
		h.end(r, "", nil, c.err)
		if h.models.latest != old || r.Wrong == "" || !r.Over {
			t.Errorf("%s: %+v", name, r.Refit)
		}
	}
}

// The page says what serves, and lets who leads others fit it anew and call that off.
func TestTheModelHasAPage(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(120.4))
		f.busy(t, 120)
		m := &Memory{}
		settle(t, m, f, f.now)
		see := func(who, method, path string, want int) string {
			t.Helper()
			status, page := f.ask(Slice(slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}, m), t, who, httptest.NewRequest(method, path, nil))
			if status != want {
				t.Fatalf("%s, %s %s: %d, want %d", who, method, path, status, want)
			}
			return page
		}
		for _, want := range []string{"What serves now", "Fit it anew now", "Deals that had ended by then", "It began by itself"} {
			if page := see("Hanna Head", "GET", modelPath, 200); !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if page := see("Ola Observer", "GET", modelPath, 200); strings.Contains(page, "Fit it anew") {
			t.Error("an observer may fit it anew")
		}
		m.learn.Lock()
		see("Hanna Head", "POST", modelPath, 303)
		if page := see("Hanna Head", "GET", modelPath, 200); !strings.Contains(page, "Call it off") || !strings.Contains(page, "Hanna Head began it") || !strings.Contains(page, "load delay:1s") {
			t.Error("the page does not show the fit that is under way")
		}
		see("Hanna Head", "POST", modelPath+"/stop", 303)
		m.learn.Unlock()
		settle(t, m, f, f.now)
		if page := see("Hanna Head", "GET", modelPath, 200); !strings.Contains(page, "Nothing was changed") {
			t.Error("it is not said that it was called off")
		}
		if page := see("Hanna Head", "GET", "/forecasts", 200); !strings.Contains(page, "It was last fitted on what was known until 1 May 2026, 00:00") {
			t.Error("the forecast page does not say when the model was fitted")
		}
	})
}

type errStub struct{}

func (errStub) Error() string { return "the disk is gone" }
