package past

import (
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/process"
)

const aDay = calendar.Instant(24 * 60 * 60 * 1000)

var threeSteps = process.Definition{Phases: []process.Phase{{Name: "Begun"},
	{Name: "Need", Milestones: []process.Milestone{{ID: "need", Required: true}, {ID: "visit"}}},
	{Name: "Deal", Milestones: []process.Milestone{{ID: "price", Required: true}}}}}

// way is a deal opened so many days ago; days after that it came to each milestone, -1 never.
func way(ago int, outcome deals.Outcome, days ...int) Way {
	w := Way{follows: true, Opened: calendar.Instant(1000-ago) * aDay, Outcome: outcome}
	for _, d := range days {
		at := calendar.Instant(0)
		if d >= 0 {
			at = w.Opened + calendar.Instant(d)*aDay
		}
		w.At = append(w.At, at)
	}
	return w
}

func tellAll(id process.MilestoneID, ways ...Way) Telling {
	s, _ := newScheme(&threeSteps, id)
	var t Telling
	list := counting(ways)
	for _, w := range s.byDays(list) {
		t.take(w, &s, 1000*aDay-s.oldEnough(list))
	}
	return t
}

func TestHowLongCountsFromThePhaseBefore(t *testing.T) {
	ways := []Way{way(50, "", 2, 8, 10), way(50, "", 4, -1, 10), way(50, "", -1, 3, 9), way(50, "", 5, -1, 1)}
	if got := tellAll("price", ways...).Days; len(got) != 2 || got[0] != 6 || got[1] != 8 {
		t.Errorf("from the need to the price: %v, want 6 and 8", got)
	}
	if got := tellAll("visit", ways...).Days; len(got) != 2 || got[0] != 3 || got[1] != 8 {
		t.Errorf("from the opening to the visit: %v, want 3 and 8", got)
	}
}

func TestOnlyDealsThatWereOldEnoughCount(t *testing.T) {
	ways := []Way{way(50, "", 20, -1, -1), way(30, "won", -1, -1, -1), way(19, "", -1, -1, -1), way(5, "", 1, -1, -1)}
	if got := tellAll("need", ways...).Reached; got != (Share{1, 2}) {
		t.Errorf("reached %+v, want 1 of the 2 that were opened 20 days ago or more", got)
	}
}

func TestLastBeforeALoss(t *testing.T) {
	for name, c := range map[string]struct {
		way  Way
		want Share
	}{
		"lost after it":            {way(50, deals.Lost, 3, -1, -1), Share{1, 1}},
		"given up after it":        {way(50, deals.NoAction, 3, 1, -1), Share{1, 1}},
		"lost later":               {way(50, deals.Lost, 3, -1, 9), Share{0, 1}},
		"later at the same time":   {way(50, deals.Lost, 3, 3, -1), Share{0, 1}},
		"won":                      {way(50, deals.Won, 3, -1, -1), Share{0, 1}},
		"open":                     {way(50, "", 3, -1, -1), Share{}},
		"lost without reaching it": {way(50, deals.Lost, -1, 3, -1), Share{}},
	} {
		if got := tellAll("need", c.way).Ended; got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestTooFewToSay(t *testing.T) {
	if _, _, _, said := (Share{5, 9}).Said(); said {
		t.Error("nine deals say something")
	}
	share, low, high, said := Share{5, 10}.Said()
	if !said || share != .5 || low < .236 || low > .238 || high < .762 || high > .764 {
		t.Errorf("5 of 10: %v between %v and %v", share, low, high)
	}
	few := Telling{Days: make([]float64, 9)}
	if _, _, _, _, _, said := few.Quartiles(); said {
		t.Error("nine deals say how long it takes")
	}
	var many Telling
	for i := range 100 {
		many.Days = append(many.Days, float64(i+1))
	}
	if a, b, c, low, high, _ := many.Quartiles(); a != 25 || b != 50 || c != 75 || low != 41 || high != 60 {
		t.Errorf("quartiles %v %v %v, median between %v and %v", a, b, c, low, high)
	}
}
