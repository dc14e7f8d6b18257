package monday

import (
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
)

// quartersOf makes a year's quarters of a person, the newest first.
func quartersOf(s span, person people.ID, figures ...[2]int64) []tempo {
	var list []tempo
	from := calendar.Date("2026-10-01")
	for _, f := range figures {
		list = append(list, tempo{Span: s, Quarter: from, Person: person, Moved: f[0], Begun: f[1]})
		from = from.AddMonths(-3)
	}
	return list
}

// By hand: 40 moves, against an average of (110+90+100+100)/4 = 100 in the four quarters
// before; the others had 150 against 300, half. So 50 were to be expected, and 40 fall
// short of it by 10 / sqrt(50).
func TestCompareByHand(t *testing.T) {
	line := quartersOf(byEnd, "a", [2]int64{40, 0}, [2]int64{110, 0}, [2]int64{90, 0}, [2]int64{100, 0}, [2]int64{100, 0}, [2]int64{999, 0})
	all := quartersOf(byEnd, "", [2]int64{190, 0}, [2]int64{410, 0}, [2]int64{390, 0}, [2]int64{400, 0}, [2]int64{400, 0}, [2]int64{9999, 0})
	c, is := compare(line, all, 0, moved)
	if !is || c.Is != 40 || c.Before != 100 || c.Over != 4 || c.Others != .5 {
		t.Fatalf("%+v, %v", c, is)
	}
	if got := c.short(moved); got < 1.41 || got > 1.42 {
		t.Errorf("short by %v", got)
	}
	if _, is := compare(line, all, 4, moved); is {
		t.Error("one quarter before is taken for an average")
	}
	if _, is := compare(line, line, 0, moved); is {
		t.Error("everyone is compared with nobody")
	}
}

// Eight teams keep to their average in eleven quarters, give or take; one of them has a
// last quarter of half.
func steadyTeams(last [2]int64) (tempoBook, map[people.ID][]people.ID) {
	var list []tempo
	lines := map[people.ID][]people.ID{}
	for i := range 8 {
		id := people.ID(rune('a' + i))
		lines[id] = []people.ID{id}
		figures := [][2]int64{{100, 60}}
		for q := range 10 {
			wave := int64((i*7+q*5)%11) - 5
			figures = append(figures, [2]int64{100 + wave, 60 - wave})
		}
		if i == 3 {
			figures[0] = last
		}
		list = append(list, quartersOf(byEnd, id, figures...)...)
	}
	lines["everyone"] = nil
	for id := range lines {
		if id != "everyone" {
			lines["everyone"] = append(lines["everyone"], id)
		}
	}
	return newTempoBook(list), lines
}

func TestWhoStalls(t *testing.T) {
	for _, c := range []struct {
		name string
		last [2]int64
		want bool
	}{
		{"half of both", [2]int64{50, 30}, true},
		{"as ever", [2]int64{100, 60}, false},
		{"harvest: fewer begun, more moved", [2]int64{120, 20}, false},
		{"prospecting: fewer moved, more begun", [2]int64{50, 70}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := stalls(steadyTeams(c.last))
			one, is := found["d"]
			if is != c.want || len(found) > 1 || is && (one.Quarter != "2026-10-01" || one.Cases < fewest) {
				t.Errorf("%+v", found)
			}
			if is {
				text := standstill{stall: one, Person: "d", Name: "Dora", Period: calendar.Fiscal{Start: 1}.Quarter(one.Quarter)}
				if got := text.title() + ": " + text.reason(); !strings.HasPrefix(got, "Q4 FY 2026 stalled in the team of Dora: 50 moves on to a later stage, against 1") || !strings.Contains(got, "30 deals begun against 59.") {
					t.Error(got)
				}
			}
		})
	}
	few, lines := steadyTeams([2]int64{1, 1})
	few[byEnd] = few[byEnd][:4]
	if found := stalls(few, lines); len(found) > 0 {
		t.Errorf("with too little history something is said: %+v", found)
	}
}

// A line that falls behind others which grow, and not behind itself, does not stall.
func TestGrowingSlowerIsNoStall(t *testing.T) {
	for _, c := range []struct {
		moved, begun compared
		want         bool
	}{
		{compared{Is: 69, Before: 80, Others: 1.26}, compared{Is: 48, Before: 43, Others: 1.28}, false},
		{compared{Is: 69, Before: 80, Others: 1.26}, compared{Is: 40, Before: 43, Others: 1.28}, true},
		{compared{Is: 69, Before: 80, Others: .8}, compared{Is: 30, Before: 43, Others: 1}, false}, // everyone's summer
	} {
		if got := fell(map[pulse]compared{moved: c.moved, begun: c.begun}); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// Deals by hand in two quarters: what counts where, for whom, and by which day.
func TestWhatMovedByHand(t *testing.T) {
	o := people.Organization{TimeZone: "UTC", FiscalStart: 1}
	r := newReckoning([]string{"Talk", "Offer"})
	r.counter = newCounter(o, "2026-11-21")
	told := func(id string) *told { return &told{id: id} }
	day := func(d string) float64 { // as the teller counts
		return float64(calendar.Date(d).Midnight(time.UTC))/float64(day1) - 1000
	}
	old := told("old").on(day("2026-06-30"), deals.Created, deals.Fact{})
	one := told("one").on(day("2026-08-01"), deals.Created, deals.Fact{}).on(day("2026-08-01"), deals.OwnerSet, deals.Fact{Person: "ann"}).
		on(day("2026-08-02"), deals.StageSet, deals.Fact{Value: "Talk"}).on(day("2026-08-03"), deals.CloseDateSet, deals.Fact{Date: "2026-09-20"}).
		on(day("2026-09-01"), deals.StageSet, deals.Fact{Value: "Offer"}).on(day("2026-09-02"), deals.CloseDateSet, deals.Fact{Date: "2026-10-05"}).
		on(day("2026-10-02"), deals.OwnerSet, deals.Fact{Person: "bo"}).on(day("2026-10-03"), deals.StageSet, deals.Fact{Value: "Talk"}).
		on(day("2026-10-04"), deals.StageSet, deals.Fact{Value: "Offer"}).on(day("2026-10-05"), deals.CloseDateSet, deals.Fact{Date: "2026-12-01"}).
		on(day("2026-11-21"), deals.StageSet, deals.Fact{Value: "Talk"})
	if err := r.take("old", old.entries); err != nil {
		t.Fatal(err)
	}
	if err := r.take("one", one.entries); err != nil {
		t.Fatal(err)
	}
	book := newTempoBook(r.counter.tempos())
	want := map[span]map[people.ID][]tempo{
		byEnd: {"ann": {{Begun: 1, Moved: 1, Pushed: 1}}, "bo": {{}}},
		byDay: {"ann": {{}, {Begun: 1}}, "bo": {{Moved: 1}, {}}},
	}
	for s, of := range want {
		for person, list := range of {
			got := book.sum(s, []people.ID{person})
			if len(got) != len(list) {
				t.Fatalf("%s of %s: %+v", s, person, got)
			}
			for i := range list {
				if got[i].Begun != list[i].Begun || got[i].Moved != list[i].Moved || got[i].Pushed != list[i].Pushed {
					t.Errorf("%s of %s: %+v, want %+v", s, person, got[i], list[i])
				}
			}
		}
	}
}
