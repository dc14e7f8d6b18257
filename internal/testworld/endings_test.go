package testworld

import (
	"testing"

	"milepost/deals"
)

// Competitors are named on deals that are open, so that there is something to look at;
// what ended says why, and now and then what they said; nobody who is new knew us already.
func TestDealsSayWhoElseIsThereAndWhyTheyEnded(t *testing.T) {
	m := whole(t)
	named, said := 0, map[string]int{}
	for _, d := range m.truth.Deals {
		o, _, err := deals.Fold(m.told[d.ID], deals.Ever)
		if err != nil {
			t.Fatal(err)
		}
		if o.Attributes["competitor"] != "" || len(o.Competitors) > 0 && !d.Competitor {
			t.Errorf("%s has the competitors %q, and %q as an attribute", o.Title, o.Competitors, o.Attributes["competitor"])
		}
		if o.IsOpen() {
			named += len(o.Competitors)
			continue
		}
		if o.Reason == "" || (o.Outcome == deals.Lost) != (o.Competitor != "") || o.Reason == knewUs && !d.Existing {
			t.Errorf("%s ended %s (%s): %q", o.Title, o.Outcome, o.Competitor, o.Reason)
		}
		if o.TheirWords != "" {
			said[o.Reason]++
		}
	}
	if named < 20 || said["Outsold"] < 5 || said[WinReasons[0].Name] < 5 || said["They fell silent"] > 0 {
		t.Errorf("%d competitors are named on open deals; said when they ended: %v", named, said)
	}
}

// Each reason that can be spoken of is one that is given.
func TestPartingWordsBelongToAReason(t *testing.T) {
	given := map[string]bool{}
	for _, list := range [][]Level{WinReasons, LossReasons, NoActionReasons} {
		for _, l := range list {
			given[l.Name] = true
		}
	}
	for reason := range parting {
		if !given[reason] {
			t.Errorf("nobody gives the reason %q", reason)
		}
	}
}
