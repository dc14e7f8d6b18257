package forecasts

import (
	"strings"
	"testing"

	"milepost/deals"
	"milepost/process"
)

// Every reason leads to where its evidence is: a milestone of the deal's process to its
// page, a criterion to its question, the rest to the part of the deal's page that shows it.
func TestReasonsLeadToTheirEvidence(t *testing.T) {
	under := &process.Definition{Phases: []process.Phase{{Milestones: []process.Milestone{{ID: "m1", Name: "Budget confirmed", Also: []string{"W_Budget"}}}}},
		Criteria: []process.Criterion{{ID: "c1", Question: "Is there money?"}}}
	w, bare := whereabouts{deal: "D", owner: "P", under: under}, whereabouts{deal: "D"}
	for _, c := range []struct {
		where                whereabouts
		group, feature, want string
	}{
		{w, milestones, "budget confirmed", "/milestones/deals/D/m1"},
		{w, milestones, "W_Budget", "/milestones/deals/D/m1"},
		{w, milestones, "Of another process", "/deals/D#milestones"},
		{bare, milestones, "Budget confirmed", "/deals/D#milestones"},
		{w, criteria, "Is there money?", "/deals/D#criterion-c1"},
		{bare, criteria, "Is there money?", "/deals/D#triad-panel"},
		{w, "stage", "clock", "/deals/D#milestones"},
		{bare, "stage", "stage", "/deals/D#deal-history"},
		{w, "activities", "contacts", "/activities?deal=D"},
		{w, "activities", "plan", "/deals/D#evaluation-plan"},
		{w, "profile", "amount", "/deals/D#deal-figures"},
		{w, "profile", "competitors", "/deals/D#competitors"},
		{w, "profile", "segment", "/deals/D#about-deal"},
		{w, "rep", "owner", "/deals?outcome=all&owner=P"},
		{bare, "rep", "owner", "/deals/D#deal-history"},
		{w, "history", "age", "/deals/D#deal-history"},
	} {
		if got := c.where.of(c.group, c.feature); got != c.want {
			t.Errorf("%s of %s leads to %s, want %s", c.feature, c.group, got, c.want)
		}
	}
	library := process.Library{{ID: "p", Versions: []process.Version{{Number: 1, Definition: *under}}}}
	if got := locate(library, &deals.Opportunity{ID: "D", Process: "p"}).milestone("Budget confirmed"); !strings.HasSuffix(got, "/m1") {
		t.Errorf("under a process a milestone leads to %s", got)
	}
}
