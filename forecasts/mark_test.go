package forecasts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

// What a page showed is worked out again from its id, byte for byte, after the ledger
// and the kept forecasts have grown.
func TestFiguresAreWorkedOutAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 150)
		var later []told
		for i := len(w.facts) - 1; i >= 0; i-- {
			if w.facts[i].Recorded >= w.at(120.4) {
				later = append(later, w.facts[i])
				w.facts = slices.Delete(w.facts, i, i+1)
			}
		}
		record(t, d, w.facts)
		f := &firm{d: d, o: o}
		days := 0
		if _, err := Rehearse(t.Context(), d, o, w.at(120.3), func() bool { days++; return days > 55 }); err != nil {
			t.Fatal(err)
		}
		_, said := learnedMemory(t, f, w.at(120.4), 61)
		outlook := LookAhead(said, o.Fiscal().Quarter("2026-05-01"), Organigram{}, "", "EUR", everyone)
		if err := said.Draw(outlook); err != nil || !outlook.Drawn || outlook.Lessons == 0 {
			t.Fatal(outlook.Drawn, outlook.Lessons, err)
		}
		shown, mark, err := said.Document(outlook)
		if err != nil {
			t.Fatal(err)
		}
		early := &tiny{place: o.Place()} // outdates what was rehearsed, from which the ranges learned
		for i := range 6 {
			early.deal(fmt.Sprintf("Z%d", i), 20, "talks", 40, Won)
		}
		record(t, d, append(later, early.facts...))
		if _, err := Rehearse(t.Context(), d, o, w.at(150.3), func() bool { return false }); err != nil {
			t.Fatal(err)
		}
		read, err := ParseMark(" " + mark.ID() + "\n")
		if err != nil {
			t.Fatal(err)
		}
		again, err := Reproduce(t.Context(), d, o, read)
		if err != nil {
			t.Error(err)
		}
		same(t, "worked out again", shown, again)
		if edition, err := editionOf(t.Context(), d); err != nil || edition == 0 {
			t.Errorf("nothing that ranges learned from was replaced: %d, %v", edition, err)
		}
		read.Sequence -= 5
		if _, err := Reproduce(t.Context(), d, o, read); !problem.Is(err, problem.KindConflict) {
			t.Errorf("with fewer entries it is said to be the same: %v", err)
		}
	})
}

// Deals that come in with a past of their own after the model has learned are in the figures,
// and not in the model: so it is when these are worked out again.
func TestWhatTheModelDidNotKnowYet(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 150)
		record(t, d, w.facts)
		m, first := learnedMemory(t, &firm{d: d, o: o}, w.at(120.4), 61)
		late := &tiny{place: o.Place()}
		for i := range 12 {
			late.deal(fmt.Sprintf("Z%d", i), 20, "talks", 40, Lost)
		}
		late.deal("Z12", 110, "talks", 140, Won)
		record(t, d, late.facts)
		said, err := m.Ask(t.Context(), d, o, w.at(120.4), false, 61)
		if err != nil || said.taught != first.taught || said.sequence == first.sequence {
			t.Fatalf("not said by the model of before, of what came since: %v", err)
		}
		outlook := LookAhead(said, o.Fiscal().Quarter("2026-05-01"), Organigram{}, "", "EUR", everyone)
		if err := said.Draw(outlook); err != nil || !outlook.Drawn {
			t.Fatal(outlook.Drawn, err)
		}
		shown, mark, err := said.Document(outlook)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Reproduce(t.Context(), d, o, mark)
		if err != nil {
			t.Error(err)
		}
		same(t, "worked out again", shown, again)
		mark.Known = 0
		if _, err := Reproduce(t.Context(), d, o, mark); !problem.Is(err, problem.KindConflict) {
			t.Errorf("with a model that knew them it is said to be the same: %v", err)
		}
	})
}

func TestAnIDThatIsNone(t *testing.T) {
	good := Mark{AsOf: 1, From: "2026-01-01", Until: "2026-04-01", Currency: "EUR", Sum: "00"}.ID()
	if _, err := ParseMark(good); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", "mp1-", "mp1-!!!", good[:len(good)-6], strings.TrimPrefix(good, "mp1-"), Mark{AsOf: 1}.ID()} {
		if _, err := ParseMark(id); !problem.Is(err, problem.KindInvalid) || !strings.Contains(err.Error(), "id of a forecast") {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestDaysArePacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days, day := []calendar.Date{}, calendar.Date("2020-02-27")
		for range rapid.IntRange(0, 20).Draw(t, "days") {
			day = day.AddDays(rapid.IntRange(1, 700).Draw(t, "apart"))
			days = append(days, day)
		}
		if got := unpackDays(packDays(days)); !slices.Equal(got, days) {
			t.Fatalf("%v became %v", days, got)
		}
	})
}
