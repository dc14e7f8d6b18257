package testworld

import (
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
)

// The evaluation plans of the team whose manager looks at it are at every health, and what
// the buyer did in them came by the link.
func TestPlansTellTheStory(t *testing.T) {
	m := furnished(t)
	healths, slipped, moved, revoked, drafted, proved := map[plans.Health]int{}, 0, 0, 0, 0, 0
	for id := range m.told {
		all, err := plans.Of(t.Context(), m.d, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			health, _ := plans.HealthOf(&p, m.truth.Today)
			healths[health]++
			if p.AgreedAt == 0 {
				drafted++
			}
			for _, s := range p.Steps {
				if s.Side == plans.Theirs && s.Course.Moves > 1 && s.Slipped() > 7 {
					moved++
				}
				if s.Milestone != "" && s.Course.ConfirmedAt != 0 {
					proved++
				}
			}
			for _, l := range p.Links {
				if l.EndedAt != 0 {
					revoked++
				}
			}
			if health == plans.Slipping {
				slipped++
			}
		}
	}
	for _, h := range []plans.Health{plans.OnTrack, plans.Slipping, plans.Stalled, plans.Finished} {
		if healths[h] == 0 {
			t.Errorf("no plan is %s: %v", h, healths)
		}
	}
	if slipped < 2 || moved == 0 || revoked == 0 || drafted == 0 || proved == 0 {
		t.Errorf("%d plans slip, %d steps of buyers moved twice, %d links were ended, %d plans are new, %d milestones confirmed in a plan", slipped, moved, revoked, drafted, proved)
	}
	byLink := map[ledger.Kind]int{}
	m.each(t, func(e *ledger.Entry) {
		if e.Via == ledger.ViaBuyerLink {
			byLink[e.Kind]++
		}
	})
	if byLink[plans.StepConfirmed] < 5 || byLink[plans.Commented] < 4 || byLink[evidence.Confirm] == 0 {
		t.Errorf("by links came %v", byLink)
	}
}

// Each week's audits are those that the rules draw from what stood on that Monday.
func TestAuditsWereDrawnByTheRules(t *testing.T) {
	m := furnished(t)
	library, err := process.ReadLibrary(t.Context(), m.d)
	if err != nil {
		t.Fatal(err)
	}
	weeks := 0
	m.each(t, func(e *ledger.Entry) {
		var fact audits.WeekFact
		if e.Kind != audits.WeekDrawn {
			return
		}
		if err := e.Read(&fact); err != nil {
			t.Fatal(err)
		}
		weeks++
		if n := m.claimsAsOf(t, library, e.RecordedAt); n != fact.Claims {
			t.Errorf("week of %s: drawn from %d claims, %d stood", e.Subject, fact.Claims, n)
		}
	})
	if weeks != auditedWeeks+1 {
		t.Errorf("%d weeks were drawn", weeks)
	}
}

// claimsAsOf counts the claims that stood then, in open deals, and that no audit was about.
func (m made) claimsAsOf(t *testing.T, library process.Library, at calendar.Instant) int {
	t.Helper()
	n := 0
	for _, entries := range m.told {
		o, exists, err := deals.Fold(entries, at)
		if err != nil {
			t.Fatal(err)
		}
		if !exists || !o.IsOpen() {
			continue
		}
		s, err := evidence.Fold(entries, library, at)
		if err != nil {
			t.Fatal(err)
		}
		var before []ledger.Entry
		for _, e := range entries {
			if e.RecordedAt < at {
				before = append(before, e)
			}
		}
		drawn, err := audits.Fold(before)
		if err != nil {
			t.Fatal(err)
		}
		was := map[process.MilestoneID]calendar.Instant{}
		for _, a := range drawn {
			was[a.Milestone] = a.ClaimedAt
		}
		for id, shown := range s.Shown {
			if shown.State == evidence.Claimed && was[id] != shown.ClaimedAt {
				n++
			}
		}
	}
	return n
}

// Audits of past weeks are judged, this week's are half done, a rep answered, and the
// claims of the rep who claims too much pass least.
func TestAuditsTellTheStory(t *testing.T) {
	m := furnished(t)
	tallies, err := audits.Tallies(t.Context(), m.d, 0, deals.Ever)
	if err != nil {
		t.Fatal(err)
	}
	var others audits.Tally
	for rep, one := range tallies {
		if rep != m.truth.Struggling {
			others.Passed, others.Rejected = others.Passed+one.Passed, others.Rejected+one.Rejected
		}
	}
	his := tallies[m.truth.Struggling]
	share := func(t audits.Tally) float64 { return float64(t.Passed) / float64(max(1, t.Judged())) }
	if his.Judged() < 5 || others.Judged() < 100 || share(his) > .75 || share(others) < .8 {
		t.Errorf("of the rep who claims too much %+v passed, of the others %+v", his, others)
	}
	week := audits.Monday(noon, deals.Now{At: noon, Place: m.truth.Organization.Place()})
	list, err := audits.OfWeek(t.Context(), m.d, week)
	if err != nil {
		t.Fatal(err)
	}
	done, answers := 0, 0
	for _, a := range list {
		if a.Result != audits.Unjudged {
			done++
		}
	}
	m.each(t, func(e *ledger.Entry) {
		if e.Kind == evidence.Answer && e.Actor != "" {
			answers++
		}
	})
	if len(list) < 20 || done == 0 || done > len(list)*2/3 || answers == 0 {
		t.Errorf("%d of %d audits of this week are done; %d answers", done, len(list), answers)
	}
}
