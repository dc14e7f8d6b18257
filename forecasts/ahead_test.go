package forecasts

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// looked is an outlook, and what it was made of.
type looked struct {
	*Outlook
	said *Forecast
}

// aheadOf are the forecasts of the periods that one may choose, by their names, as of 20 July 2026.
func aheadOf(t *testing.T, f *firm, m *Memory) map[string]looked {
	t.Helper()
	list := map[string]looked{}
	for _, span := range []string{"month", "next-month", "quarter", "next-quarter", "year"} {
		ask := Asking{Span: span, Currency: "EUR"}
		period := ask.Period("2026-07-20", f.o.Fiscal())
		said, err := m.AskAhead(t.Context(), f.d, f.o, f.now, false, AheadOf("2026-07-20", period))
		if err != nil {
			t.Fatal(err)
		}
		o := LookAheadBy(said, period, chartOf(t, f.d, f.o, f.now), f.ids["Hanna Head"], "", "EUR", everyone)
		if err := said.Draw(o); err != nil || !o.Drawn {
			t.Fatalf("%s: drawn %v, %v", span, o.Drawn, err)
		}
		list[span] = looked{o, said}
	}
	return list
}

// What is won in this period and what is won in the next are together what is won until the
// end of the next, deal by deal, and of deals that do not exist yet; this and the next month
// of a quarter are a part of it.
func TestPeriodsAheadAddUp(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(200.4))
		f.busy(t, 200)
		m, _ := learnedMemory(t, f, f.now, 12)
		looks := aheadOf(t, f, m)
		for _, c := range []struct {
			now, next string
			ends      calendar.Date
		}{{"month", "next-month", "2026-09-01"}, {"quarter", "next-quarter", "2027-01-01"}} {
			first, second := looks[c.now].said, looks[c.next].said
			days := Horizon(calendar.Date("2026-07-20").DaysUntil(c.ends))
			both, err := m.Ask(t.Context(), f.d, f.o, f.now, false, days)
			if err != nil {
				t.Fatal(err)
			}
			for k, name := range both.Methods {
				later := 0.0
				for i := range both.Deals {
					sum, all := first.Odds[k][0][i].Won+second.Odds[k][0][i].Won, both.Odds[k][0][i].Won
					if name == PastYieldName { // its chances of longer and shorter times rest on different days
						all = max(all, first.Odds[k][0][i].Won)
					}
					if math.Abs(sum-all) > 1e-12 || second.Odds[k][0][i].Won < 0 {
						t.Fatalf("%s by %s: deal %d %v and %v, within both %v", c.next, name, i, first.Odds[k][0][i].Won, second.Odds[k][0][i].Won, all)
					}
					later += second.Odds[k][0][i].Won
				}
				if later == 0 && k == OfRecord(both.Methods) {
					t.Errorf("%s: nothing open is ever won in it", c.next)
				}
			}
			sum := looks[c.now].Total.NewWins + looks[c.next].Total.NewWins
			if all := both.taught.coming.Wins(both.days(0)); math.Abs(sum-all) > 1e-9 || looks[c.next].Total.NewWins <= 0 {
				t.Errorf("%s: of deals still to come %v, within both %v", c.next, sum, all)
			}
		}
		if next := looks["next-quarter"]; next.Begins != 73 || next.Total.Wins != 0 || looks["quarter"].Total.Wins == 0 || looks["quarter"].Begins != 0 {
			t.Errorf("the next quarter begins in %d days, with %d wins", next.Begins, next.Total.Wins)
		}
	})
}

// A period that has not begun is drawn as others are: lines add up in every draw, the middle
// is near the sum of chances, the way leads from nought to the range, and the figures are
// worked out again from their id.
func TestAPeriodAheadIsDrawn(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(200.4))
		f.busy(t, 200)
		m, _ := learnedMemory(t, f, f.now, 12)
		for span, look := range aheadOf(t, f, m) {
			if look.Begins == 0 {
				continue
			}
			said := look.said
			wins, minor := drawnAtOnce(t, said, look.Outlook)
			sum := make([]int64, len(wins[0]))
			for i, l := range look.Rows {
				if add(sum, wins[i]); !slices.Equal(l.Range.drawn[0], wins[i]) || !slices.Equal(l.Range.drawn[1], minor[i]) {
					t.Errorf("%s: line %d is not what is drawn for it alone", span, i)
				}
			}
			expected := look.Total.ExpectedWins[OfRecord(said.Methods)] + look.Total.NewWins
			if !slices.Equal(sum, look.Total.Range.drawn[0]) || math.Abs(float64(look.Total.Range.Wins.Median)-expected) > .35*expected+1 {
				t.Errorf("%s: drawn are %+v, the chances add up to %v", span, look.Total.Range.Wins, expected)
			}
			fan, err := said.Fan(look.Outlook)
			if err != nil {
				t.Fatal(err)
			}
			if first, last := fan.Ahead[0], fan.Ahead[len(fan.Ahead)-1]; len(fan.Ahead) < 5 || first.Day != look.Period.From.AddDays(-1) || first.Wins.Most[1] != 0 || last.Wins != look.Total.Range.Wins {
				t.Errorf("%s: the way leads from %+v to %+v", span, first, last)
			}
			for i := 1; i < len(fan.Ahead); i++ {
				if fan.Ahead[i].Wins.Median < fan.Ahead[i-1].Wins.Median {
					t.Errorf("%s: the way goes down at %s", span, fan.Ahead[i].Day)
				}
			}
			shown, mark, err := said.Document(look.Outlook)
			if err != nil {
				t.Fatal(err)
			}
			again, err := Reproduce(t.Context(), f.d, f.o, mark)
			if err != nil {
				t.Error(err)
			}
			same(t, span, shown, again)
		}
	})
}

// The pages of a period that has not begun say so, and lead on within it.
func TestPagesOfAPeriodAhead(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(200.4))
		f.busy(t, 200)
		deal := f.open(t, "Ria One", false)
		m, _ := learnedMemory(t, f, f.now, 12)
		at := func(path string) string {
			code, page := f.getOf(m, t, "Hanna Head", path)
			if code != 200 {
				t.Errorf("%s answers %d", path, code)
			}
			return page
		}
		q := url.Values{"period": {"next-quarter"}}.Encode()
		page := at("/forecasts?" + q)
		for _, want := range []string{"Q4 FY 2026", "likely to be won in it, and not before", "Begins", "in 73 days", "leads into the period", "period=next-quarter"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page of the next quarter does not say %q", want)
			}
		}
		if strings.Contains(page, "so far</") {
			t.Error("something is booked before the period begins")
		}
		if page = at(leversPage + "?" + q); !strings.Contains(page, "What moves the next quarter") {
			t.Error("what could move it is not of the next quarter")
		}
		if page = at("/forecasts/deals/" + string(deal) + "/panel"); !strings.Contains(page, "Won in the quarter after, Q4 FY 2026: ") {
			t.Error("a deal does not say how likely it is won in the next quarter")
		}
		for who, want := range map[string]int{"Ria One": 404, "Ola Observer": 200, "Adam Admin": 403} {
			if code, _ := f.getOf(m, t, who, "/forecasts?"+q+"&person="+string(f.ids["Rob Two"])); code != want {
				t.Errorf("%s asks for Rob's next quarter: %d, want %d", who, code, want)
			}
		}
	})
}

// What one thing more that is shown would do to this period and to the next adds up too.
func TestLeversAheadAddUp(t *testing.T) {
	w := evidenced(200, 300, 3)
	log := w.log()
	model := Served{landmark.Train(log.Before(w.at(301)), landmark.Milestones, landmark.Options{})}
	levers := func(a Ahead) []Lever {
		list, learned := sayAhead(log, w.at(301), a, []Method{model}).Levers()
		if !learned || len(list) == 0 {
			t.Fatal("nothing could move it")
		}
		return list
	}
	now, next, both := levers(Ahead{0, 20}), levers(Ahead{20, 60}), levers(Ahead{0, 60})
	for i := range both {
		if math.Abs(now[i].By+next[i].By-both[i].By) > 1e-12 {
			t.Fatalf("lever %d moves %v and %v, together %v", i, now[i].By, next[i].By, both[i].By)
		}
	}
}

// Where the truth is known: the chance to be won in a period that has not begun lies as near
// to it as that of a time from now on.
func TestAPeriodAheadIsNearTheTruth(t *testing.T) {
	w, learned, asked := newMemoryless(900, 900, 5)
	at := w.told.at(memorylessSpan)
	model := Served{landmark.Train(learned.Before(at), landmark.Milestones, landmark.Options{})}
	var ahead, from off
	f, now := sayAhead(asked, at, Ahead{30, 90}, []Method{model}), sayAhead(asked, at, Ahead{0, 60}, []Method{model})
	for i := range f.Deals {
		id := f.Deals[i].ID
		ahead.add(f.Odds[0][0][i].Won, w.truth(id, memorylessSpan, 90)-w.truth(id, memorylessSpan, 30))
		from.add(now.Odds[0][0][i].Won, w.truth(id, memorylessSpan, 60))
	}
	ahead.tell(t, 900, "30 to 90 days")
	from.tell(t, 900, "60 days")
	if ahead.size > from.size || math.Abs(ahead.sum/ahead.of) > .02 {
		t.Errorf("it is off by %.4f, together %+.4f; within as many days from now on by %.4f", ahead.size/ahead.of, ahead.sum/ahead.of, from.size/from.of)
	}
}
