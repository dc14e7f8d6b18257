package testworld

import (
	"strings"
	"testing"

	"milepost/deals"
	"milepost/people"
)

// reached counts the settled deals that came to Evaluation, and those that went on.
func (m made) reached(keep func(DealTruth) bool) (came, went float64) {
	for _, d := range m.truth.Deals {
		if !keep(d) || d.Created > m.truth.Today.AddDays(-335) {
			continue
		}
		for _, v := range d.Visits {
			if v.Stage == evaluation {
				came++
				if v.GoesOn {
					went++
				}
			}
		}
	}
	return came, went
}

func TestTheStrugglingRepIsStuckInEvaluation(t *testing.T) {
	m := whole(t)
	came, went := m.reached(func(d DealTruth) bool { return d.Rep == m.truth.Struggling })
	others, on := m.reached(func(d DealTruth) bool { return d.Rep != m.truth.Struggling })
	if came < 15 || went/came > .75*on/others {
		t.Errorf("%.0f of %.0f evaluations of the struggling rep went on, %.0f of %.0f of the others'", went, came, on, others)
	}
}

func TestTheStrongTeamWinsMost(t *testing.T) {
	m := whole(t)
	best, share := "", 0.0
	for _, team := range teams {
		won, _, _, n := m.settled(func(d DealTruth) bool { return d.Team == team.name })
		if won/float64(n) > share {
			best, share = team.name, won/float64(n)
		}
	}
	if best != strongTeam {
		t.Errorf("%s wins most (%.2f), and not %s", best, share, strongTeam)
	}
}

func TestOneRegionStalledLastQuarter(t *testing.T) {
	m := whole(t)
	stall := m.truth.Stall
	before := stall.From.AddDays(-365)
	count := func(region string) (now, then int) {
		for _, d := range m.truth.Deals {
			switch {
			case d.Region != region:
			case stall.From <= d.Created && d.Created < stall.Until:
				now++
			case before <= d.Created && d.Created < stall.Until.AddDays(-365):
				then++
			}
		}
		return now, then
	}
	if now, then := count(stall.Region); float64(now) > .75*float64(then) {
		t.Errorf("%s began %d deals in the stalled quarter, %d a year before", stall.Region, now, then)
	}
	now, then := 0, 0
	for _, team := range teams {
		if team.region != stall.Region {
			n, th := count(team.region)
			now, then = now+n, then+th
		}
	}
	if float64(now) < .9*float64(then) {
		t.Errorf("the other regions began %d deals, %d a year before: they stalled too", now, then)
	}
}

func TestTheWhaleKeepsSlipping(t *testing.T) {
	m := whole(t)
	whale, exists, err := deals.Fold(m.told[m.truth.Whale], deals.Ever)
	if err != nil || !exists {
		t.Fatal(exists, err)
	}
	if !whale.IsOpen() || whale.Stage != "Negotiation" || whale.Slips < 3 || whale.CloseDate <= m.truth.Today {
		t.Errorf("the whale is not as the story has it: %+v", whale)
	}
	for _, d := range m.truth.Deals {
		o, _, err := deals.Fold(m.told[d.ID], deals.Ever)
		if err != nil {
			t.Fatal(err)
		}
		if o.IsOpen() && o.Amount != nil && d.ID != m.truth.Whale && o.Amount.Minor > whale.Amount.Minor/2 {
			t.Errorf("%s is worth %s: the whale is not alone", o.Title, o.Amount)
		}
	}
}

// Everyone is here, or left with a reason in the ledger; three levels of management;
// and the reorganization did not rewrite what was.
func TestThePeople(t *testing.T) {
	m := whole(t)
	org := m.truth.Organization.ID
	everyone, err := people.Everyone(t.Context(), m.d, org)
	if err != nil {
		t.Fatal(err)
	}
	if len(everyone) < 38 || len(everyone) > 48 {
		t.Errorf("%d people", len(everyone))
	}
	for _, p := range everyone {
		if left := p.ID == m.truth.Gone || p.ID == m.truth.Replaced; p.Active() == left {
			t.Errorf("%s: active %v", p.Name, p.Active())
		}
		if !strings.HasSuffix(p.Email, "@fjordlight.example") {
			t.Errorf("%s has the address %q", p.Name, p.Email)
		}
	}
	now, err := people.ChartAsOf(t.Context(), m.d, org, noon)
	if err != nil {
		t.Fatal(err)
	}
	then, err := people.ChartAsOf(t.Context(), m.d, org, noon-500*24*60*60*1000)
	if err != nil {
		t.Fatal(err)
	}
	if top := now.Manager(now.Manager(now.Manager(m.truth.Rep))); top != m.truth.Head {
		t.Errorf("three levels above the rep is %q", top)
	}
	if then.Manager(m.truth.Moved) != m.truth.Replaced || now.Manager(m.truth.Moved) != m.truth.Manager {
		t.Error("the rep who changed teams did not, or always had")
	}
	if len(then.Reports(m.truth.Replaced)) < 4 || len(now.Reports(m.truth.Successor)) < 4 {
		t.Error("the team of the manager who was replaced is not with the successor")
	}
}

// No deal is in the hands of someone who is not there.
func TestOpenDealsHaveSomeoneWhoIsHere(t *testing.T) {
	m := whole(t)
	for id, entries := range m.told {
		o, _, err := deals.Fold(entries, deals.Ever)
		if err != nil {
			t.Fatal(err)
		}
		if o.IsOpen() && (o.Owner == m.truth.Gone || o.Owner == "") {
			t.Errorf("deal %s is open and owned by %q", id, o.Owner)
		}
	}
}
