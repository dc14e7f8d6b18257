package board

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

func entry(deal string, at float64, kind ledger.Kind, fact string) ledger.Entry {
	return ledger.Entry{Opportunity: deal, Kind: kind, EffectiveAt: calendar.Instant(1 + at*day), Payload: fact}
}

// Forty deals pass Discovery after 1, 2, ... 40 days: nine in ten within 36.
func TestLimitsAreToldFromDealsThatPassed(t *testing.T) {
	var entries []ledger.Entry
	for i := range 40 {
		id := fmt.Sprint("passed", i)
		entries = append(entries, entry(id, float64(i+1), deals.StageSet, `{"value":"Proposal"}`), entry(id, 0, deals.StageSet, `{"value":"Discovery"}`))
		slip := entry(id, .5, deals.StageSet, `{"value":"Proposal"}`) // and back at once
		slip.Sequence = 77
		entries = append(entries, slip, entry(id, .6, deals.StageSet, `{"value":"Discovery","undoes":77}`))
		if i < 29 {
			entries = append(entries, entry(id, float64(i+3), deals.Closed, `{"name":"won"}`))
		} else {
			entries = append(entries, entry(id, 900, deals.Closed, `{"name":"lost"}`))
		}
		back := fmt.Sprint("back", i) // gone back, and given up: neither passed
		entries = append(entries, entry(back, 0, deals.StageSet, `{"value":"Proposal"}`), entry(back, 500, deals.StageSet, `{"value":"Discovery"}`),
			entry(back, 999, deals.Closed, `{"name":"no_action"}`), entry(back, 1000, deals.Reopened, `{}`), entry(back, 2000, deals.StageSet, `{"value":"Proposal"}`))
	}
	l, err := limitsOf(entries, []string{"Discovery", "Proposal"})
	if err != nil {
		t.Fatal(err)
	}
	if got, known := l.of("Discovery"); !known || got.Any || math.Abs(got.Days-36) > 1e-6 || got.Cases != 40 {
		t.Errorf("Discovery: %+v %t", got, known)
	}
	if got, known := l.of("Proposal"); !known || !got.Any || got.Cases != 69 { // 29 won are too few by themselves
		t.Errorf("Proposal: %+v %t", got, known)
	}
	if _, known := l.of(""); known {
		t.Error("a deal without a stage has a limit")
	}
	if _, known := (limits{"": {Days: 3, Cases: 29}}).of("Discovery"); known {
		t.Error("29 stays are enough")
	}
	if since := l.since([]string{"Discovery", ""}, calendar.Instant(100*day)); len(since) != 1 || since["Discovery"] != calendar.Instant(64*day) {
		t.Errorf("since %v", since)
	}
}

func TestColumnsAreStepsNotEnds(t *testing.T) {
	got := columnsOf([]string{"Discovery", "Closed Won", "Proposal", "closedlost"}, []string{"", "Proposal", "closedlost", "New"})
	if !slices.Equal(got, []string{"Discovery", "Proposal", "closedlost", "New"}) {
		t.Errorf("%v", got)
	}
}
