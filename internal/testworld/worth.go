package testworld

import (
	"math"

	"milepost/deals"
	"milepost/money"
)

// firstWorth is what the deal is worth when it begins.
func (t *teller) firstWorth() money.Amount {
	p, currency, rate := t.p, euro, 1.0
	if p.is(p.team.share) {
		currency, rate = p.team.currency, p.team.rate
	}
	if p.whale {
		return money.Amount{Minor: whaleAmount * 100, Currency: euro}
	}
	return rounded(p.around(p.segment.Amount*p.product.Amount*rate, .6), currency)
}

// rounded is an amount as people write it: hundreds, thousands when it is large.
func rounded(major float64, currency money.Currency) money.Amount {
	step := 100.0
	if major > 50_000 {
		step = 1000
	}
	return money.Amount{Minor: int64(max(1, math.Round(major/step))*step) * 100, Currency: currency}
}

// reprice tells how the amount moves: when the fit is known, when an offer is made,
// and when a discount is given.
func (t *teller) reprice(v visit) {
	change, chance := 1.0, 0.0
	switch v.stage {
	case 1:
		change, chance = t.p.around(.97, .22), .55
	case 3:
		change, chance = t.p.around(.96, .14), 1
	case 4:
		change, chance = 1-.03-.09*t.p.Float64(), .6
	}
	if chance == 0 || !t.p.is(chance) || t.p.whale && v.stage != 4 {
		return
	}
	t.worth = rounded(t.worth.Float()*change, t.worth.Currency)
	amount := t.worth
	day := t.within(v, 0, .6)
	t.told = append(t.told, priced{day, amount})
	t.say(day, 0, deals.AmountSet, deals.Fact{Amount: &amount})
}

// worthOn is the amount that was told before a day, or none: nobody calls a number
// that will be known later.
func (t *teller) worthOn(day int) *money.Amount {
	var amount *money.Amount
	for i := range t.told {
		if t.told[i].day < day {
			amount = &t.told[i].amount
		}
	}
	return amount
}
