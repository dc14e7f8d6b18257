package targets

import (
	"math/rand/v2"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

func TestWhatAQuotaWasStaysKnown(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		january := calendar.Date("2026-01-01")
		cell := Cell{c.ids["Rosa Reed"], Own, january, "EUR"}
		c.set(at("2025-12-01"), "Rosa Reed", Own, january, "EUR", of(100))
		c.set(at("2026-02-01"), "Rosa Reed", Own, january, "EUR", of(80))
		c.set(at("2026-03-01"), "Rosa Reed", Own, january, "EUR", nil)
		for asOf, want := range map[calendar.Date]*int64{"2025-11-30": nil, "2025-12-01": nil, "2025-12-02": of(100),
			"2026-02-01": of(100), "2026-02-02": of(80), "2026-03-02": nil} {
			if got := c.book(at(asOf)).Value(cell); !same(got, want) {
				t.Errorf("as of %s: %v, want %v", asOf, said("EUR", got), said("EUR", want))
			}
		}
		quarter, err := AsOf(t.Context(), c.db, c.org.ID, calendar.Fiscal{}.Quarter(january), at("2026-01-15"))
		if err != nil {
			t.Fatal(err)
		}
		own, set := quarter.Sum(cell.Person, Own, "EUR", Months(calendar.Fiscal{}.Quarter(january)))
		if _, team := quarter.Sum(cell.Person, Team, "EUR", Months(calendar.Fiscal{}.Quarter(january))); own != 100 || !set || team {
			t.Errorf("the quota of the quarter is %d, set %v, and there is one of a team: %v", own, set, team)
		}
	})
}

func TestSettingTheSameAddsNothing(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		c.set(at("2026-01-02"), "Rosa Reed", Own, "2026-05-01", "EUR", of(100))
		before, _ := ledger.Head(t.Context(), c.db, c.org.ID)
		c.set(at("2026-01-03"), "Rosa Reed", Own, "2026-05-01", "EUR", of(100))
		c.set(at("2026-01-03"), "Rosa Reed", Own, "2026-06-01", "EUR", nil)
		if after, _ := ledger.Head(t.Context(), c.db, c.org.ID); after != before {
			t.Errorf("setting what stands added %d entries", after-before)
		}
		for name, s := range map[string]Setting{
			"middle of a month": {Cell: Cell{c.ids["Rosa Reed"], Own, "2026-05-02", "EUR"}, Value: of(1)},
			"negative":          {Cell: Cell{c.ids["Rosa Reed"], Own, "2026-05-01", "EUR"}, Value: of(-1)},
			"too large":         {Cell: Cell{c.ids["Rosa Reed"], Own, "2026-05-01", "EUR"}, Value: of(Largest + 1)},
			"no scope":          {Cell: Cell{c.ids["Rosa Reed"], "", "2026-05-01", "EUR"}, Value: of(1)},
			"nobody":            {Cell: Cell{"00000000-0000-7000-8000-000000000000", Own, "2026-05-01", "EUR"}, Value: of(1)},
		} {
			err := ledger.Record(t.Context(), c.db, ledger.By{At: 1}, func(w *ledger.Writer) error {
				return SetAll(t.Context(), w, []Setting{s})
			})
			if err == nil {
				t.Errorf("%s was set", name)
			}
		}
	})
}

// The tables come out of the ledger again as they are, whatever was set.
func TestTablesAreWhatTheLedgerSays(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		r := rand.New(rand.NewPCG(1, 2))
		names := []string{"Rosa Reed", "Remy Rowe", "Mara Moss"}
		for range 40 {
			var settings []Setting
			for range 1 + r.IntN(6) {
				s := Setting{Cell: Cell{c.ids[names[r.IntN(3)]], []Scope{Own, Team}[r.IntN(2)], calendar.Date("2026-01-01").AddMonths(r.IntN(14)),
					[]Measure{"EUR", "USD", Wins}[r.IntN(3)]}, At: at("2026-01-01") + calendar.Instant(r.IntN(1000))}
				if r.IntN(5) > 0 {
					s.Value = of(r.Int64N(4))
				}
				settings = append(settings, s)
			}
			c.record(c.now, func(w *ledger.Writer) error { return SetAll(t.Context(), w, settings) })
		}
		c.win("Rosa Reed", 500, "EUR", at("2026-01-05"), at("2026-02-05"))
		if differences, err := Check(t.Context(), c.db, c.org.ID); err != nil || len(differences) > 0 {
			t.Errorf("%v, %v", differences, err)
		}
		if _, err := c.db.Exec(t.Context(), `delete from wins where org_id = $1`, c.org.ID); err != nil {
			t.Fatal(err)
		}
		if differences, _ := Check(t.Context(), c.db, c.org.ID); len(differences) != 1 {
			t.Errorf("a win is missing from the table, and the check says %q", differences)
		}
	})
}

func TestCarriedAndTeamTargets(t *testing.T) {
	c := openSQLite(t)
	month := calendar.Date("2026-01-01")
	for name, value := range map[string]int64{"Rosa Reed": 10, "Remy Rowe": 20, "Mara Moss": 1, "Tina Thorn": 7} {
		c.set(at("2025-12-01"), name, Own, month, "EUR", of(value))
	}
	chart, err := people.ChartAsOf(t.Context(), c.db, c.org.ID, c.now)
	if err != nil {
		t.Fatal(err)
	}
	answers := func(name string) int64 {
		v, _ := c.book(deals.Ever).Answers(chart, c.ids[name], "EUR", month)
		return v
	}
	if got := [3]int64{answers("Mara Moss"), answers("Milan Marsh"), answers("Hanna Hale")}; got != [3]int64{31, 7, 38} {
		t.Errorf("without team targets: %v", got)
	}
	c.set(at("2025-12-02"), "Mara Moss", Team, month, "EUR", of(25))
	if got := [2]int64{answers("Mara Moss"), answers("Hanna Hale")}; got != [2]int64{25, 32} {
		t.Errorf("with a team target below what the reps carry: %v", got)
	}
	if carried, _ := c.book(deals.Ever).Carried(chart, c.ids["Mara Moss"], "EUR", month); carried != 31 {
		t.Errorf("Mara's team carries %d, want 31", carried)
	}
}
