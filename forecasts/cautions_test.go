package forecasts

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// plain is a history in which nothing calls for care: sixty deals of each end, one a day,
// and twelve that are open at a stage that all went through.
func plain() *tiny {
	w := &tiny{place: time.UTC}
	for i := range 180 {
		w.deal(fmt.Sprintf("P%03d", i), float64(i), "talks", float64(i)+20.5, Cause(1+i%3))
	}
	for i := range 12 {
		w.deal(fmt.Sprintf("O%02d", i), 195+float64(i)/2, "talks", 0, Open)
	}
	return w
}

// Each thing that forecasts suffer from is seen where it is, and nowhere else.
func TestCautionsOfAHistory(t *testing.T) {
	for what, c := range map[string]struct {
		want  CautionKind
		spoil func(w *tiny)
	}{
		"nothing": {},
		"a new stage": {NewStages, func(w *tiny) {
			for i := range 5 {
				w.tell(fmt.Sprintf("O%02d", i), 205, Stage, "discovery", 0)
			}
		}},
		"a new stage for few": {"", func(w *tiny) { w.tell("O00", 205, Stage, "discovery", 0) }},
		"tidied up": {BulkEnds, func(w *tiny) {
			for i := range 40 {
				w.deal(fmt.Sprintf("B%02d", i), float64(i), "talks", 150.2, Lost)
			}
		}},
		"many wins in a day": {"", func(w *tiny) {
			for i := range 40 {
				w.deal(fmt.Sprintf("B%02d", i), float64(i), "talks", 150.2, Won)
			}
		}},
		"no no action": {NoNoAction, func(w *tiny) {
			for i := range w.facts {
				if w.facts[i].kind == Outcome && w.facts[i].Value == int64(NoAction) {
					w.facts[i].Value = int64(Lost)
				}
			}
		}},
		"claims that say nothing": {IdleClaims, func(w *tiny) {
			for i := range 90 {
				id, cause := fmt.Sprintf("C%02d", i), Lost
				level := Claimed
				if i%2 == 0 {
					level = Achieved
				}
				if i%2 == 0 && i%4 == 0 || i == 1 {
					cause = Won
				}
				w.deal(id, float64(i), "talks", float64(i)+20.2, cause)
				w.tell(id, float64(i)+1, Milestone, "need", level)
			}
		}},
		"claims that say as much": {"", func(w *tiny) {
			for i := range 90 {
				id := fmt.Sprintf("C%02d", i)
				w.deal(id, float64(i), "talks", float64(i)+20.2, Cause(1+i/2%3))
				w.tell(id, float64(i)+1, Milestone, "need", Claimed+int64(i%2))
			}
		}},
		"ends that do not last": {Reopenings, func(w *tiny) {
			for i := range 15 {
				w.tell(fmt.Sprintf("P%03d", 150+i), 195, Reopened, "", 0)
				w.tell(fmt.Sprintf("P%03d", 150+i), 202, Outcome, "", int64(Lost))
			}
		}},
	} {
		w := plain()
		if c.spoil != nil {
			c.spoil(w)
		}
		var kinds []CautionKind
		for _, is := range cautionsOf(w.log().Before(w.at(210))) {
			kinds = append(kinds, is.Kind)
			if is.Title == "" || is.Words == "" || is.Do == "" || strings.Contains(is.Words, "%!") {
				t.Errorf("%s: %+v", what, is)
			}
		}
		want := []CautionKind{c.want}
		if c.want == "" {
			want = nil
		}
		if !slices.Equal(kinds, want) {
			t.Errorf("%s: cautions %v, want %v", what, kinds, want)
		}
	}
}

// A whale, missing amounts and a move of people are seen in what is looked at.
func TestCautionsOfAnOutlook(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := &tiny{place: o.Place()}
		f := hire(t, d, o, w.at(120.4))
		f.busy(t, 120)
		f.move(t, "Ria One", "Max South", 2)
		f.move(t, "Ria One", "Mia North", w.at(100))
		w.deal("W", 110, "talks", 0, Open)
		w.tell("W", 110, Owner, string(f.ids["Ria One"]), 0)
		w.tell("W", 110, Amount, "EUR", 900_000_00)
		for i := range 4 {
			id := fmt.Sprintf("N%d", i)
			w.deal(id, 111, "talks", 0, Open)
			w.tell(id, 111, Owner, string(f.ids["Ria One"]), 0)
		}
		record(t, f.d, w.facts)
		_, said := learnedMemory(t, f, f.now, 61)
		line, period := chartOf(t, f.d, o, f.now), o.Fiscal().Quarter("2026-05-01")
		see := func(person string, before Organigram) (kinds []CautionKind) {
			outlook := LookAhead(said, period, line, f.ids[person], "EUR", everyone)
			if err := said.Draw(outlook); err != nil {
				t.Fatal(err)
			}
			for _, c := range said.cautions(outlook, before) {
				kinds = append(kinds, c.Kind)
				if c.Kind == Whale && (c.Deal == dealID("W")) != (person != "Max South") {
					t.Errorf("the whale of %s is %s", person, c.Deal)
				}
			}
			return kinds
		}
		if kinds := see("Mia North", line); !slices.Contains(kinds, Whale) || !slices.Contains(kinds, NoAmounts) || slices.Contains(kinds, Moved) {
			t.Errorf("cautions of the team with the whale: %v", kinds)
		}
		if kinds := see("Max South", line); slices.Contains(kinds, NoAmounts) {
			t.Errorf("cautions of the other team: %v", kinds)
		}
		before := chartOf(t, f.d, o, w.at(95))
		if kinds := see("Mia North", before); !slices.Contains(kinds, Moved) {
			t.Errorf("nobody is seen to have come: %v", kinds)
		}
		if kinds := see("Hanna Head", before); slices.Contains(kinds, Moved) {
			t.Errorf("who moved below the head did not come: %v", kinds)
		}
	})
}

// move lets a person report to someone else from an instant on.
func (f *firm) move(t *testing.T, who, to string, from calendar.Instant) {
	t.Helper()
	err := ledger.Record(t.Context(), f.d, ledger.By{Via: ledger.ViaCommand, At: from}, func(w *ledger.Writer) error {
		return people.SetManager(t.Context(), w, f.ids[who], f.ids[to], from)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestIdleDealsAreQuieterThanAnyThatWereWon(t *testing.T) {
	w := &tiny{place: time.UTC}
	for i := range 40 { // quiet for 1 to 40 days before they were won
		w.deal(fmt.Sprintf("W%02d", i), 100, "talks", 101+float64(i), Won)
	}
	w.deal("Q", 20, "talks", 0, Open) // 130 days before day 150
	w.deal("R", 115, "talks", 0, Open)
	w.deal("S", 20, "talks", 0, Open)
	w.tell("S", 140, Activity, "call", 0)
	w.deal("T", 30, "talks", 0, Open)
	w.tell("T", 149, CloseDate, "", 20500) // a date that is moved is no news
	is := Idle(w.log().Before(w.at(150)))
	var ids []string
	for _, d := range is.Deals {
		ids = append(ids, fmt.Sprint(d.ID, d.Quiet))
	}
	if is.Longest != 38 || is.Won != 40 || fmt.Sprint(ids) != "[Q130 T120]" {
		t.Errorf("beyond %d days of %d won deals: %v", is.Longest, is.Won, ids)
	}
	if is := Idle(plain().log().Before(plain().at(25))); len(is.Deals) != 0 || is.Won >= 20 {
		t.Errorf("with %d won deals: %v", is.Won, is.Deals)
	}
}

// Ending idle deals ends the ticked ones that the person sees and that are still idle.
func TestSweepingIdleDeals(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(300.4))
		w := &tiny{place: o.Place()}
		for i := range 60 {
			w.deal(fmt.Sprintf("%04d", i), float64(i), "offer", float64(i)+10, Cause(1+i%2))
		}
		for _, open := range [][2]string{{"I1", "Ria One"}, {"I2", "Ria One"}, {"I3", "Ray Three"}} {
			w.deal(open[0], 100, "offer", 0, Open)
			w.tell(open[0], 100, Owner, string(f.ids[open[1]]), 0)
		}
		record(t, f.d, w.facts)
		if err := ledger.Record(t.Context(), f.d, ledger.By{Via: ledger.ViaCommand, At: f.now}, func(w *ledger.Writer) error { return deals.Rebuild(t.Context(), w) }); err != nil {
			t.Fatal(err)
		}
		s := Slice(slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}, &Memory{})
		site := func(who string) pagetest.Desk {
			return pagetest.At(t, pagetest.Serve(slice.Program{DB: f.d, Clock: calendar.Stopped(f.now), Log: pagetest.Log()}, o.ID, s), f.ids[who])
		}
		if page := site("Ria One").Get(idlePath).Page(); !strings.Contains(page, dealID("I1")) || strings.Contains(page, dealID("I3")) {
			t.Error("a rep sees other idle deals than her own")
		}
		if a := site("Mia North").Post(idlePath, "reason", "x"); a.Code != http.StatusUnprocessableEntity {
			t.Errorf("nothing ticked: %d", a.Code)
		}
		if a := site("Mia North").Post(idlePath, "deal", dealID("I1"), "reason", " "); a.Code != http.StatusUnprocessableEntity {
			t.Errorf("no reason: %d", a.Code)
		}
		if a := site("Mia North").PostForm(idlePath, url.Values{"deal": {dealID("I1"), dealID("I3")}, "reason": {"It went quiet"}}); a.Code != http.StatusSeeOther {
			t.Errorf("ending: %d", a.Code)
		}
		for name, want := range map[string]deals.Outcome{"I1": deals.NoAction, "I2": "", "I3": ""} {
			if is, err := deals.Find(t.Context(), f.d, o.ID, deals.ID(dealID(name))); err != nil || is.Outcome != want {
				t.Errorf("%s ended %q, %v; want %q", name, is.Outcome, err, want)
			}
		}
	})
}
