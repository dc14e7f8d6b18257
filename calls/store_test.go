package calls_test

import (
	"testing"

	"milepost/calendar"
	"milepost/calls"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Calls stay: each is an entry, and what was called as of any instant can be asked.
func TestCallsStay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		k := calls.KeyOf(w.Dan.ID, calls.Own, w.quarter(), "EUR")
		for _, c := range []struct {
			day    calendar.Date
			commit int64
		}{{"2026-04-06", 30_000_00}, {"2026-04-20", 20_000_00}, {"2026-05-11", 25_000_00}} {
			if err := w.gives(w.noon(c.day), w.Dan, calls.Own, w.quarter(), c.commit, c.commit); err != nil {
				t.Fatal(err)
			}
		}
		for asOf, want := range map[calendar.Date]int64{"2026-04-06": 0, "2026-04-07": 30_000_00, "2026-04-20": 30_000_00, "2026-04-21": 20_000_00, "2026-05-20": 25_000_00} {
			c, _ := w.book(w.quarter(), asOf.Midnight(w.Place())).At(k, asOf.Midnight(w.Place()))
			whole, _ := w.book(w.quarter(), w.noon("2027-01-01")).At(k, asOf.Midnight(w.Place()))
			if c.Commit != want || whole != c {
				t.Errorf("as of %s: %d, and %d from the whole book; want %d", asOf, c.Commit, whole.Commit, want)
			}
		}
		before, _ := ledger.Head(t.Context(), w.DB, w.ID)
		if err := w.gives(w.noon("2026-05-11")+1, w.Dan, calls.Own, w.quarter(), 25_000_00, 25_000_00); err != nil {
			t.Fatal(err)
		}
		if after, _ := ledger.Head(t.Context(), w.DB, w.ID); after != before {
			t.Error("the same call on the same day is an entry of its own")
		}
		if err := w.gives(w.noon("2026-05-12"), w.Dan, calls.Own, w.quarter(), 25_000_00, 25_000_00); err != nil {
			t.Fatal(err)
		}
		if after, _ := ledger.Head(t.Context(), w.DB, w.ID); after != before+1 {
			t.Error("to say the same again on another day is no call")
		}
		if wrong, err := calls.Check(t.Context(), w.DB, w.ID); err != nil || len(wrong) > 0 {
			t.Errorf("the table differs from the ledger: %v, %v", wrong, err)
		}
		if _, err := w.DB.Exec(t.Context(), `update period_calls set best_minor = best_minor + 1 where org_id = $1 and from_day = $2`, w.ID, w.quarter().From); err != nil {
			t.Fatal(err)
		}
		if wrong, _ := calls.Check(t.Context(), w.DB, w.ID); len(wrong) != 1 {
			t.Errorf("a changed table is not noticed: %v", wrong)
		}
	})
}

func TestWhoMayCall(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			who       people.Person
			own, team bool
		}{{w.Dan, true, false}, {w.Ben, true, true}, {w.Ada, true, true}, {w.Olga, false, false}, {w.Vera, false, false}, {w.Adam, false, false}, {w.Rita, false, false}} {
			for scope, may := range map[calls.Scope]bool{calls.Own: c.own, calls.Team: c.team} {
				err := w.gives(w.noon("2026-05-19"), c.who, scope, w.quarter(), 1, 1)
				if (err == nil) != may || err != nil && !problem.Is(err, problem.KindForbidden) {
					t.Errorf("%s calls %s: %v", c.who.Name, scope, err)
				}
			}
		}
	})
}

// A call is compared with what was won in the period by whoever owned the deals then; an
// ended month is one, a quarter that runs is none.
func TestPastsAreOfPeriodsThatEnded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		april, may := w.Fiscal().Month("2026-04-01"), w.Fiscal().Month("2026-05-01")
		w.history(w.noon("2026-03-20"), w.Dan, calls.Own, april, 16_000_00)
		w.history(w.noon("2026-04-28"), w.Dan, calls.Own, april, 9_000_00)
		w.history(w.noon("2026-04-25"), w.Ben, calls.Team, april, 10_000_00)
		w.history(w.noon("2026-05-02"), w.Dan, calls.Own, may, 1)
		list, err := calls.Pasts(t.Context(), w.DB, w.Organization, may, "EUR", calls.Leads, w.noon("2026-05-20"))
		if err != nil || len(list) != 2 {
			t.Fatalf("%d periods, %v", len(list), err)
		}
		for _, p := range list {
			if p.Won != 8_000_00 || p.Name != april.Name {
				t.Errorf("%s: won %d in %s", p.Person, p.Won, p.Name)
			}
			if p.Person != w.Dan.ID {
				continue
			}
			if _, is := p.Called[60]; is || p.Called[30].Commit != 16_000_00 || p.Called[7].Commit != 16_000_00 || p.Called[0].Commit != 9_000_00 {
				t.Errorf("Dan called %v", p.Called)
			}
		}
		found, err := calls.Corrected(t.Context(), w.DB, w.Organization, may, "EUR", w.noon("2026-05-20"))
		k := calls.KeyOf(w.Dan.ID, calls.Own, may, "EUR")
		if c := found[k]; err != nil || len(found) != 1 || c.Ratio.Periods != 1 || c.Ratio.Factor >= 1 || c.Ratio.Factor < .7 {
			t.Errorf("corrected: %+v, %v", found, err)
		}
		if list, _ := calls.Pasts(t.Context(), w.DB, w.Organization, may, "EUR", calls.Leads, april.Until.Midnight(w.Place())-1); len(list) != 0 {
			t.Errorf("before April ended there are %d", len(list))
		}
	})
}
