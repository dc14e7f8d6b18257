package testworld

import (
	"context"
	"sync"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money/rates"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
	"milepost/products"
	"milepost/targets"
)

// furnished is a company with everything in it, made once for the tests that only
// read it.
var furnished = func() func(t *testing.T) made {
	var once sync.Once
	var m made
	return func(t *testing.T) made {
		t.Helper()
		once.Do(func() {
			d, err := db.OpenSQLite(context.Background(), furnishedFolder)
			if err == nil {
				err = d.Migrate(context.Background(), ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, targets.Schema, products.Schema, rates.Schema, process.Schema, evidence.Schema, plans.Schema, audits.Schema, calls.Schema)
			}
			if err != nil {
				t.Fatal(err)
			}
			m = furnishedIn(t, d, Options{Now: noon, Seed: 1, Deals: 1500})
		})
		if m.d == nil {
			t.Fatal("the company could not be made; the first test says why")
		}
		return m
	}
}()

// parts counts who stands where in open deals, by owner.
func (m made) parts(t *testing.T) (open map[deals.ID]deals.Opportunity, roles map[deals.ID]map[accounts.Role]int) {
	t.Helper()
	open, roles = map[deals.ID]deals.Opportunity{}, map[deals.ID]map[accounts.Role]int{}
	for id, entries := range m.told {
		o, _, err := deals.Fold(entries, deals.Ever)
		if err != nil {
			t.Fatal(err)
		}
		if o.IsOpen() {
			open[id], roles[id] = o, map[accounts.Role]int{}
		}
	}
	m.each(t, func(e *ledger.Entry) {
		var c accounts.RoleChange
		if e.Kind != accounts.RoleSet {
			return
		}
		if err := e.Read(&c); err != nil {
			t.Fatal(err)
		}
		if roles[c.Deal] != nil {
			roles[c.Deal][c.To.Role]++
		}
	})
	return open, roles
}

func TestNobodyWhoSignsIsKnownWhereTheStorySaysSo(t *testing.T) {
	m := furnished(t)
	open, roles := m.parts(t)
	if whale := roles[m.truth.Whale]; whale[accounts.EconomicBuyer] > 0 || whale[accounts.Champion] == 0 || whale[accounts.User] == 0 {
		t.Errorf("the whale's people are %v", whale)
	}
	with, all := [2]int{}, [2]int{}
	for id, o := range open {
		if o.Stage == "Discovery" || o.Stage == "Solution fit" {
			continue
		}
		who := 0
		if o.Owner == m.truth.Struggling {
			who = 1
		}
		all[who]++
		if roles[id][accounts.EconomicBuyer] > 0 {
			with[who]++
		}
	}
	if all[1] < 3 || with[1]*4 > all[1] || with[0]*3 < all[0] {
		t.Errorf("the economic buyer is known in %d of %d deals of the struggling rep, and %d of %d of the others", with[1], all[1], with[0], all[0])
	}
}

func TestTheStrugglingRepPlansLeast(t *testing.T) {
	m := furnished(t)
	type line struct {
		Owner people.ID     `db:"owner_id"`
		Due   calendar.Date `db:"due"`
	}
	open, err := db.All[line](t.Context(), m.d, `
		select coalesce(owner_id, '') as owner_id, coalesce(next_due, '') as due
		from opportunities
		where org_id = $1 and outcome is null`, m.truth.Organization.ID)
	if err != nil {
		t.Fatal(err)
	}
	has, hasNot, planned, overdue := map[bool]int{}, map[bool]int{}, 0, 0
	for _, o := range open {
		if o.Due == "" {
			hasNot[o.Owner == m.truth.Struggling]++
			continue
		}
		has[o.Owner == m.truth.Struggling]++
		planned++
		if o.Due < m.truth.Today {
			overdue++
		}
	}
	if hasNot[true] <= has[true] || hasNot[false]*2 > has[false] {
		t.Errorf("deals with a next step, of the struggling rep (true) and the others: %v; without: %v", has, hasNot)
	}
	if overdue < 5 || overdue*2 > planned {
		t.Errorf("%d of %d next steps are overdue", overdue, planned)
	}
}

// The story can be read from the targets: who is ahead, who is behind, and where a
// quarter stalled.
func TestTargetsTellTheStory(t *testing.T) {
	m := furnished(t)
	if err := targets.CatchUp(t.Context(), m.d); err != nil {
		t.Fatal(err)
	}
	year := calendar.Fiscal{Start: 1}.Year(m.truth.Today)
	share := func(p calendar.Period, who people.ID, team bool) float64 {
		a, err := targets.Attainment(t.Context(), m.d, m.truth.Organization, p, noon)
		if err != nil {
			t.Fatal(err)
		}
		figures := a.Own[who]
		if team {
			figures = a.Team[who]
		}
		of, set := figures.Share("EUR")
		if !set {
			t.Errorf("no target for %s in %s", who, p.Name)
		}
		return of
	}
	if of := share(year, m.truth.StrongManager, true); of < .9 {
		t.Errorf("the strong team has %.2f of its year", of)
	}
	if of := share(year, m.truth.Struggling, false); of > .75 {
		t.Errorf("the struggling rep has %.2f of the year", of)
	}
	stalled := calendar.Fiscal{Start: 1}.Quarter(m.truth.Stall.From)
	if of := share(stalled, m.truth.Successor, true); of > .8 {
		t.Errorf("the stalled region had %.2f of its quarter", of)
	}
	for _, p := range []calendar.Period{year, calendar.Fiscal{Start: 1}.Year(year.From.AddDays(-1)), calendar.Fiscal{Start: 1}.Year(year.Until)} {
		share(p, m.truth.Head, true)
		share(p, m.truth.Rep, false)
	}
}
