package accounts

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
)

// Totals is what is open, and what was won, in the deals that a person sees.
type Totals struct {
	OpenDeals, WonDeals int
	Open, Won           money.Totals
	LastActivity        calendar.Instant // 0 when there was none
	People              int              // contacts who are there
}

// sum adds up lines of sums: one a currency and outcome.
func sum(lines []sumLine) map[ID]Totals {
	found := map[ID]Totals{}
	for _, l := range lines {
		t := found[l.Account]
		if t.Open == nil {
			t.Open, t.Won = money.Totals{}, money.Totals{}
		}
		t.LastActivity = max(t.LastActivity, l.LastActivity)
		switch l.Outcome {
		case "":
			t.OpenDeals += l.Deals
			if l.Currency != "" {
				t.Open.Add(money.Amount{Minor: l.Minor, Currency: l.Currency})
			}
		case "won":
			t.WonDeals += l.Deals
			if l.Currency != "" {
				t.Won.Add(money.Amount{Minor: l.Minor, Currency: l.Currency})
			}
		}
		found[l.Account] = t
	}
	return found
}

// totalsOf adds up the deals in sight of some accounts, each for itself.
func totalsOf(ctx context.Context, d *db.DB, s sight, ids []ID) (map[ID]Totals, error) {
	lines, err := sumsOf(ctx, d, s, ids)
	if err != nil {
		return nil, err
	}
	found := sum(lines)
	counts, err := peopleAt(ctx, d, ids)
	for _, c := range counts {
		t := found[c.Account]
		t.People = c.People
		found[c.Account] = t
	}
	return found, err
}

// rolledUp adds up the deals in sight of an account and of everything below it.
func rolledUp(ctx context.Context, d *db.DB, s sight, id ID) (Totals, error) {
	lines, err := sumsBelow(ctx, d, s, id)
	if err != nil {
		return Totals{}, err
	}
	for i := range lines {
		lines[i].Account = id
	}
	return sum(lines)[id], nil
}
