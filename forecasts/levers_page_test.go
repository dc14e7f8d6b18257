package forecasts

import (
	"fmt"
	"net/http"
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

// show lets the won deals of the firm have shown a budget, and claims one for the first
// open deal of each rep.
func (f *firm) show(t testing.TB, ended int) {
	w := &tiny{place: f.o.Place()}
	for i := range ended {
		id := fmt.Sprintf("%04d", i)
		if i%3 == 0 {
			w.tell(id, 3.5+float64(i), Milestone, "Budget confirmed", Achieved)
		}
		if i%10 == 1 {
			w.tell(id, 3.5+float64(i), Milestone, "Seldom seen", Achieved)
		}
	}
	for i := range 3 {
		w.tell(fmt.Sprintf("%04d", ended+3*i), 97.5, Milestone, "Budget confirmed", Claimed)
	}
	record(t, f.d, w.facts)
}

// learned asks for a page until the model behind it has learned.
func (f *firm) learned(t testing.TB, memory *Memory, who, path string) (int, string) {
	t.Helper()
	s := Slice(slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}, memory)
	for range 200 {
		status, page := f.ask(s, t, who, httptest.NewRequest("GET", path, nil))
		if !strings.Contains(page, "Still learning") {
			return status, page
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the model does not learn")
	return 0, ""
}

// Each person is shown levers of the deals that they see, and the sums of those that they
// may read totals of; an observer sums only.
func TestWhoSeesWhichLevers(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		f.show(t, 60)
		memory := &Memory{}
		all := []string{"x0060", "x0063", "x0066"} // the first of Ria, Rob and Ray
		for who, c := range map[string]struct {
			sees []string
			sum  string // open deals without a budget
		}{
			"Ria One":         {all[:1], ">3<"},
			"Mia North":       {all[:2], ">6<"},
			"Hanna Head":      {all, ">9<"},
			"Opal Operations": {all, ">9<"},
			"Ola Observer":    {nil, ">9<"},
		} {
			status, page := f.learned(t, memory, who, "/forecasts/levers")
			if status != http.StatusOK || !strings.Contains(page, "What many deals lack") || !strings.Contains(page, c.sum) {
				t.Errorf("%s: status %d, and no sum of %s", who, status, c.sum)
			}
			for _, deal := range all {
				if has := strings.Contains(page, deal); has != contains(c.sees, deal) {
					t.Errorf("%s sees %s: %v", who, deal, has)
				}
			}
			if has := strings.Contains(page, `href="/deals/`); has != (len(c.sees) > 0) {
				t.Errorf("%s is led to deals: %v", who, has)
			}
			if !strings.Contains(page, "Too few to say: of 1 further kind") || strings.Contains(page, "“Seldom seen”") {
				t.Errorf("%s: what six past deals had is not left out", who)
			}
		}
		if status, _ := f.learned(t, memory, "Adam Admin", "/forecasts/levers"); status != http.StatusForbidden {
			t.Errorf("an administrator who sees no deals: status %d", status)
		}
		for _, ask := range [][2]string{{"Ria One", "Rob Two"}, {"Mia North", "Ray Three"}, {"Mia North", "Hanna Head"}} {
			if status, _ := f.learned(t, memory, ask[0], "/forecasts/levers?person="+string(f.ids[ask[1]])); status != http.StatusNotFound {
				t.Errorf("%s asks for %s: status %d", ask[0], ask[1], status)
			}
		}
		status, page := f.learned(t, memory, "Hanna Head", "/forecasts/levers?period=month&person="+string(f.ids["Rob Two"]))
		if status != http.StatusOK || !strings.Contains(page, "x0063") || strings.Contains(page, "x0060") || !strings.Contains(page, "What moves the month") {
			t.Errorf("of Rob alone: status %d", status)
		}
		if _, page := f.learned(t, memory, "Ria One", "/forecasts"); !strings.Contains(page, `href="/forecasts/levers?`) {
			t.Error("the forecast page does not lead to what moves it")
		}
	})
}

// Where there is nothing to tell the page says why.
func TestLeversSayWhyThereAreNone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(100.4))
		if status, page := f.learned(t, &Memory{}, "Ria One", "/forecasts/levers"); status != http.StatusOK || !strings.Contains(page, "0 deals have ended so far") {
			t.Errorf("without any deal: status %d", status)
		}
		f.sell(t, 60)
		if status, page := f.learned(t, &Memory{}, "Ria One", "/forecasts/levers"); status != http.StatusOK || !strings.Contains(page, "from which one could tell") {
			t.Errorf("without any evidence: status %d", status)
		}
	})
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 7)
		if status, page := f.learned(t, &Memory{}, "Mia North", "/forecasts/levers"); status != http.StatusOK || !strings.Contains(page, "7 deals have ended so far") {
			t.Errorf("with seven ended deals: status %d", status)
		}
	})
}
