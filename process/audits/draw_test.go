package audits

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/process"
)

var (
	monday = calendar.InstantOf(time.Date(2026, time.May, 18, 6, 0, 0, 0, time.UTC))
	at     = deals.Now{At: monday, Place: time.UTC}
)

const (
	org  db.Org        = "org"
	week calendar.Date = "2026-05-18"
	day                = 24 * time.Hour
)

func euros(major int64) *money.Amount { return &money.Amount{Minor: 100 * major, Currency: "EUR"} }

// How many are drawn of a rep: one at least, a few at most, more where claims fell.
func TestSampleSize(t *testing.T) {
	for _, c := range []struct {
		claims, passed, rejected, want int
	}{
		{1, 0, 0, 1}, {5, 0, 0, 1}, {6, 0, 0, 2}, {40, 8, 0, 2}, {5, 6, 2, 2}, {5, 7, 1, 1}, {5, 4, 4, 3}, {5, 0, 8, 3},
		{9, 0, 8, 4}, {2, 0, 8, 2}, {1, 0, 8, 1}, {5, 0, 2, 1}, {5, 0, 3, 3},
	} {
		if got := (Past{c.passed, c.rejected}).sample(c.claims); got != c.want {
			t.Errorf("of %d claims, after %d passed and %d rejected: %d are drawn, want %d", c.claims, c.passed, c.rejected, got, c.want)
		}
	}
}

// The reason is in words, and says what is so.
func TestReasons(t *testing.T) {
	big := Claim{Deal: "big", Milestone: "m", Rep: "dan", Amount: euros(90), ClaimedAt: monday.Add(-4 * day), Bare: true}
	small := Claim{Deal: "small", Milestone: "m", Rep: "dan", Amount: euros(9), ClaimedAt: monday.Add(-40 * day)}
	old := Claim{Deal: "old", Milestone: "m", Rep: "eve", ClaimedAt: monday.Add(-400 * day)}
	pounds := Claim{Deal: "pounds", Milestone: "m", Rep: "eve", Amount: &money.Amount{Minor: 1, Currency: "GBP"}, ClaimedAt: monday}
	for name, c := range map[string]struct {
		claims []Claim
		past   Past
		want   map[deals.ID]string
	}{
		"one at least": {[]Claim{big}, Past{}, map[deals.ID]string{"big": "claimed on Thursday; nothing in the deal is confirmed yet; one at least each"}},
		"past": {[]Claim{big, small}, Past{5, 3}, map[deals.ID]string{
			"big":   "largest deal of the week; claimed on Thursday; nothing in the deal is confirmed yet; 3 of the last 8 of this rep did not pass",
			"small": "claimed on 8 April; 3 of the last 8 of this rep did not pass"}},
		"no amount": {[]Claim{old, pounds}, Past{0, 8}, map[deals.ID]string{
			"old":    "claimed on 13 April 2025; 8 of the last 8 of this rep did not pass",
			"pounds": "claimed on Monday; 8 of the last 8 of this rep did not pass"}},
	} {
		got := map[deals.ID]string{}
		for _, choice := range Draw(org, week, at, c.claims, map[people.ID]Past{c.claims[0].Rep: c.past}) {
			got[choice.Deal] = choice.Why
		}
		for deal, why := range c.want {
			if got[deal] != why {
				t.Errorf("%s: %s was drawn because %q, want %q", name, deal, got[deal], why)
			}
		}
	}
}

func claimsOf(t *rapid.T) []Claim {
	n := rapid.IntRange(0, 30).Draw(t, "claims")
	list := make([]Claim, n)
	for i := range list {
		list[i] = Claim{Deal: deals.ID(fmt.Sprint("deal-", i/2)), Milestone: process.MilestoneID(fmt.Sprint("m-", i)), Rep: people.ID(fmt.Sprint("rep-", i/2%4)),
			ClaimedAt: monday.Add(-time.Duration(rapid.IntRange(0, 900).Draw(t, "hours")) * time.Hour), Bare: rapid.Bool().Draw(t, "bare")}
		if rapid.Bool().Draw(t, "known") {
			list[i].Amount = euros(rapid.Int64Range(0, 1000).Draw(t, "euros"))
		}
	}
	return list
}

// Whatever the claims: each rep is looked at, none more than a few times, no claim
// twice, each with a reason; and the draw comes out the same again, in any order.
func TestDrawIsFairAndRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := claimsOf(t)
		past := map[people.ID]Past{"rep-1": {rapid.IntRange(0, 8).Draw(t, "passed"), rapid.IntRange(0, 8).Draw(t, "rejected")}}
		first := Draw(org, week, at, claims, past)
		per, have, seen := map[people.ID]int{}, map[people.ID]int{}, map[process.MilestoneID]bool{}
		for _, c := range claims {
			have[c.Rep]++
		}
		for _, c := range first {
			per[c.Rep]++
			if seen[c.Milestone] || c.Why == "" {
				t.Fatalf("%s was drawn twice, or without a reason: %q", c.Milestone, c.Why)
			}
			seen[c.Milestone] = true
		}
		for rep, n := range have {
			if per[rep] < 1 || per[rep] > min(n, mostOfOne) {
				t.Fatalf("%d of the %d claims of %s are drawn", per[rep], n, rep)
			}
		}
		same := func(a, b Choice) bool { return a.Milestone == b.Milestone && a.Why == b.Why }
		if again := Draw(org, week, at, rapid.Permutation(claims).Draw(t, "order"), past); !slices.EqualFunc(first, again, same) {
			t.Fatalf("in another order: %v, then %v", first, again)
		}
	})
}

// Over many weeks, what weighs more is drawn more often, as its weight says.
func TestHeavierClaimsAreDrawnMoreOften(t *testing.T) {
	claims := []Claim{
		{Deal: "large", Milestone: "m", Rep: "dan", Amount: euros(1000), ClaimedAt: monday.Add(-70 * day)},
		{Deal: "small", Milestone: "m", Rep: "dan", Amount: euros(1), ClaimedAt: monday.Add(-70 * day)},
		{Deal: "fresh", Milestone: "m", Rep: "dan", Amount: euros(1), ClaimedAt: monday},
	}
	times := map[deals.ID]float64{}
	const weeks = 4000
	for i := range weeks {
		for _, c := range Draw(org, week.AddDays(7*i), at, claims, nil) {
			times[c.Deal]++
		}
	}
	sum, all := 0.0, largestOf(claims)
	for _, c := range claims {
		sum += c.weight(at, all)
	}
	for _, c := range claims {
		want, got := c.weight(at, all)/sum, times[c.Deal]/weeks
		if got < want-0.04 || got > want+0.04 {
			t.Errorf("%s is drawn in %.3f of the weeks; its weight says %.3f", c.Deal, got, want)
		}
	}
	if a, b := Draw(org, week, at, claims, nil), Draw("other", week, at, claims, nil); len(a) != 1 || len(b) != 1 {
		t.Errorf("one of three claims is drawn; here %d and %d", len(a), len(b))
	}
}

// What a claim weighs, by the deal's value, its age and what else is confirmed.
func TestWeights(t *testing.T) {
	all := map[money.Currency]largest{"EUR": {minor: 100_000}}
	for want, c := range map[float64]Claim{
		18: {Amount: euros(1000), ClaimedAt: monday, Bare: true}, 12: {Amount: euros(1000), ClaimedAt: monday}, 8: {Amount: euros(1000), ClaimedAt: monday.Add(-7 * day)},
		5: {Amount: euros(500), ClaimedAt: monday.Add(-7 * day)}, 1.5: {Amount: euros(0), ClaimedAt: monday.Add(-14 * day)}, 3.75: {ClaimedAt: monday.Add(-14 * day)},
	} {
		if got := c.weight(at, all); got != want {
			t.Errorf("%+v weighs %v, want %v", c, got, want)
		}
	}
}

// Weeks begin on Monday, where the organization is.
func TestMonday(t *testing.T) {
	place, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Skip(err)
	}
	for then, want := range map[time.Time]calendar.Date{
		time.Date(2026, time.May, 18, 0, 0, 0, 0, time.UTC): "2026-05-18", time.Date(2026, time.May, 17, 11, 0, 0, 0, time.UTC): "2026-05-11",
		time.Date(2026, time.May, 17, 13, 0, 0, 0, time.UTC): "2026-05-18", time.Date(2026, time.May, 24, 11, 0, 0, 0, time.UTC): "2026-05-18",
	} {
		if got := Monday(calendar.InstantOf(then), deals.Now{At: calendar.InstantOf(then), Place: place}); got != want {
			t.Errorf("%s is in the week of %s, want %s", then, got, want)
		}
	}
}

// A rate waits for enough audits, and has an interval then.
func TestRate(t *testing.T) {
	if _, _, _, said := (Tally{Passed: 3, Rejected: 1}).Rate(); said {
		t.Error("four audits are too few to say")
	}
	share, low, high, said := (Tally{Passed: 6, Rejected: 2}).Rate()
	if text := fmt.Sprintf("%.2f %.4f %.4f %v", share, low, high, said); !strings.HasPrefix(text, "0.75 0.4093 0.928") || !said {
		t.Errorf("6 of 8: %s", text) // Newcombe's way, worked out by hand
	}
}
