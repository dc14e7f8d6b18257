package audits

import (
	"fmt"
	"math"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
)

// largest is the largest amount of a rep's claims in a currency, and in how many deals.
type largest struct {
	minor int64
	deals map[deals.ID]bool
}

func largestOf(claims []Claim) map[money.Currency]largest {
	all := map[money.Currency]largest{}
	for _, c := range claims {
		if c.Amount == nil {
			continue
		}
		l := all[c.Amount.Currency]
		if l.deals == nil {
			l.deals = map[deals.ID]bool{}
		}
		l.minor = max(l.minor, c.Amount.Minor)
		l.deals[c.Deal] = true
		all[c.Amount.Currency] = l
	}
	return all
}

// weight is how much sooner the claim is drawn than the least one: four times for the
// largest deal, three times for a claim of today, half as much again where nothing in
// the deal is confirmed. An amount that is not known counts as a middling one.
func (c *Claim) weight(at deals.Now, largest map[money.Currency]largest) float64 {
	value := 2.5
	if c.Amount != nil {
		if most := largest[c.Amount.Currency].minor; most > 0 {
			value = 1 + 3*float64(c.Amount.Minor)/float64(most)
		}
	}
	weeks := max(0, at.At.Sub(c.ClaimedAt).Hours()/24/7)
	recent := 1 + 2*math.Exp2(-weeks)
	bare := 1.0
	if c.Bare {
		bare = 1.5
	}
	return value * recent * bare
}

// why says in words what spoke for drawing the claim.
func (c *Claim) why(at deals.Now, largest map[money.Currency]largest, past Past, n int) string {
	var list []string
	if c.Amount != nil {
		if l := largest[c.Amount.Currency]; len(l.deals) > 1 && l.minor == c.Amount.Minor {
			list = append(list, "largest deal of the week")
		}
	}
	list = append(list, "claimed on "+dayText(c.ClaimedAt, at))
	if c.Bare {
		list = append(list, "nothing in the deal is confirmed yet")
	}
	switch {
	case past.tells():
		list = append(list, fmt.Sprintf("%d of the last %d of this rep did not pass", past.Rejected, past.Passed+past.Rejected))
	case n == 1:
		list = append(list, "one at least each")
	}
	return strings.Join(list, "; ")
}

// dayText is a day as one says it: the weekday within a week, else the date.
func dayText(then calendar.Instant, now deals.Now) string {
	day, today := then.In(now.Place), now.Today()
	switch days := calendar.DateOf(then, now.Place).DaysUntil(today); {
	case days >= 0 && days < 7:
		return day.Format("Monday")
	case day.Year() == now.At.In(now.Place).Year():
		return day.Format("2 January")
	}
	return day.Format("2 January 2006")
}
