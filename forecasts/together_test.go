package forecasts

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/people"
)

// chartOf is a reporting line: who reports to whom.
func chartOf(t *testing.T, d *db.DB, o people.Organization, at calendar.Instant) Organigram {
	t.Helper()
	line, err := organigram(t.Context(), d, o.ID, at)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// busy gives every rep deals that come one a day, of two segments, a third of which are won.
func (f *firm) busy(t testing.TB, days int) {
	w := stream(f.o.Place(), days)
	reps := []string{"Ria One", "Rob Two", "Ray Three"}
	for i := range w.facts {
		if w.facts[i].kind == Owner {
			w.facts[i].text = string(f.ids[reps[i%3]])
			w.facts = append(w.facts, told{w.facts[i].deal, Attribute, []string{"segment=large", "segment=small"}[i%2], w.facts[i].Fact})
		}
	}
	for i := range w.facts {
		w.facts[i].Sequence = int64(i)
	}
	record(t, f.d, w.facts)
}

// learnedMemory asks until a generation has learned.
func learnedMemory(t *testing.T, f *firm, asOf calendar.Instant, days Horizon) (*Memory, *Forecast) {
	t.Helper()
	m := &Memory{}
	for range 600 {
		said, err := m.Ask(t.Context(), f.d, f.o, asOf, false, days)
		if err != nil {
			t.Fatal(err)
		}
		if h := m.of(f.o.ID); !said.Learning && !h.learns() {
			if said, err = m.Ask(t.Context(), f.d, f.o, asOf, false, days); err != nil {
				t.Fatal(err)
			}
			return m, said
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("it never learned")
	return nil, nil
}

// learns tells whether something is still being learned.
func (h *held) learns() bool {
	h.turn.Lock()
	defer h.turn.Unlock()
	return len(h.models.learning) > 0 || h.models.refit != nil && !h.models.refit.Over
}

// Whoever looks at whomever, by person or by segment, the whole is in every draw the sum
// of its lines, and a line is what the page of that person comes to.
func TestLinesAddUpInEveryDraw(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(120.4))
		f.busy(t, 120)
		_, said := learnedMemory(t, f, f.now, 61) // to the end of June
		line, period := chartOf(t, f.d, o, f.now), o.Fiscal().Quarter("2026-05-01")
		look := func(person, by string) *Outlook {
			outlook := LookAheadBy(said, period, line, f.ids[person], by, "EUR", everyone)
			if err := said.Draw(outlook); err != nil || !outlook.Drawn {
				t.Fatalf("%s by %q: drawn %v, %v", person, by, outlook.Drawn, err)
			}
			return outlook
		}
		whole := look("Hanna Head", "")
		if len(whole.Rows) != 2 || whole.Total.NewWins <= 0 || whole.Total.Range.Money.Most[0] >= whole.Total.Range.Money.Most[1] {
			t.Fatalf("%+v", whole.Total)
		}
		for _, by := range []string{"", "segment"} {
			list := look("Hanna Head", by)
			for k := range 2 {
				sum := slices.Clone(list.Rows[0].Range.drawn[k])
				for _, l := range list.Rows[1:] {
					add(sum, l.Range.drawn[k])
				}
				if !slices.Equal(sum, list.Total.Range.drawn[k]) || !slices.Equal(sum, whole.Total.Range.drawn[k]) {
					t.Errorf("by %q: the lines do not add up to the whole in every draw", by)
				}
			}
		}
		for i := range whole.Rows {
			name := line.Names[whole.Rows[i].Person]
			if own := look(name, ""); !slices.Equal(own.Total.Range.drawn[1], whole.Rows[i].Range.drawn[1]) {
				t.Errorf("%s's own page draws something else", name)
			}
		}
		mustFan(t, said, whole)
	})
}

// mustFan checks the way of a total through its period.
func mustFan(t *testing.T, said *Forecast, o *Outlook) {
	t.Helper()
	fan, err := said.Fan(o)
	if err != nil {
		t.Fatal(err)
	}
	last := fan.Ahead[len(fan.Ahead)-1]
	if fan.Ahead[0].Money.Median != o.Total.Booked.Minor || last.Money != o.Total.Range.Money || last.Day != o.Period.Until.AddDays(-1) || len(fan.Ahead) < 4 {
		t.Errorf("the fan goes from %+v to %+v", fan.Ahead[0], last)
	}
	for i := 1; i < len(fan.Ahead); i++ {
		if fan.Ahead[i].Wins.Median < fan.Ahead[i-1].Wins.Median || fan.Ahead[i].Day <= fan.Ahead[i-1].Day {
			t.Errorf("what is won falls: %+v, %+v", fan.Ahead[i-1], fan.Ahead[i])
		}
	}
	if at := fan.Booked[len(fan.Booked)-1]; at.Money != o.Total.Booked.Minor || at.Wins != int64(o.Total.Wins) {
		t.Errorf("booked so far %+v, want %+v", at, o.Total.Booked)
	}
}

// Ten times the amounts are ten times the totals, draw by draw.
func TestAmountsScaleTotals(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		var drawn [2][]int64
		for k, factor := range []int64{1, 10} {
			at := o
			if k == 1 {
				at = found(t, d.Everywhere(), "Fictitious Tenfold", "Europe/Amsterdam")
			}
			w := stream(at.Place(), 80)
			for i := range w.facts {
				if w.facts[i].kind == Amount {
					w.facts[i].Value *= factor
				}
			}
			record(t, d.For(at.ID), w.facts)
			f := &firm{d: d.For(at.ID), o: at}
			_, said := learnedMemory(t, f, w.at(80.2), 10)
			outlook := LookAhead(said, at.Fiscal().Quarter("2026-03-22"), Organigram{}, "", "EUR", everyone)
			if err := said.Draw(outlook); err != nil || !outlook.Drawn {
				t.Fatal(outlook.Drawn, err)
			}
			drawn[k] = outlook.Total.Range.drawn[1]
		}
		for n := range drawn[0] {
			if off := drawn[1][n] - 10*drawn[0][n]; off < -100 || off > 100 { // each deal is rounded to a cent
				t.Fatalf("draw %d: %d, and %d for ten times the amounts", n, drawn[0][n], drawn[1][n])
			}
		}
	})
}

func TestThePageShowsRangesAndItsParts(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(120.4))
		f.busy(t, 120)
		m, _ := learnedMemory(t, f, f.now, 30)
		see := func(who, path string) string {
			program := slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}
			status, page := f.ask(Slice(program, m), t, who, httptest.NewRequest("GET", path, nil))
			if status != http.StatusOK {
				t.Fatalf("%s, %s: %d", who, path, status)
			}
			return page
		}
		page := see("Hanna Head", "/forecasts")
		for _, want := range []string{"8 in 10", "The way to the end", "Not yet created", "What others would say"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		page = see("Mia North", "/forecasts?by=segment&only=large")
		if !strings.Contains(page, `id="line-large"`) || !strings.Contains(page, "/deals/"+dealID("S")[:20]) {
			t.Error("a manager does not find the deals of a segment")
		}
		if page = see("Ola Observer", "/forecasts?by=segment&only=large"); !strings.Contains(page, `id="line-large"`) || strings.Contains(page, `href="/deals/0`) {
			t.Error("an observer sees deals, or no totals")
		}
	})
}
