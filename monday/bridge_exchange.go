package monday

import (
	"milepost/calendar"
	"milepost/money"
	"milepost/money/rates"
)

// exchange adds what the bridge holds up in one currency, at the rates that hold today for
// both of its ends: so its bars say what deals did, and not what currencies did. What has no
// rate stays as it is. The end is what the start and the bars come to, exactly.
func (b *bridge) exchange(book rates.Book, to money.Currency, today calendar.Date) {
	if !foreign(b.currencies(to), to) {
		return
	}
	one := func(t money.Totals) money.Totals {
		sum, converted := addedUp(book, t, to, today)
		if converted {
			b.converted = to
		}
		return sum
	}
	b.Start = one(b.Start)
	end := money.Totals{}
	end.Join(b.Start)
	for p, s := range b.sums {
		if s.By = one(s.By); p != partForward && p != partBack {
			end.Join(s.By)
		}
	}
	b.End = end
}

func foreign(list []money.Currency, to money.Currency) bool {
	for _, c := range list {
		if c != to {
			return true
		}
	}
	return false
}

// addedUp is totals in one currency, as far as there are rates; the others beside it.
func addedUp(book rates.Book, t money.Totals, to money.Currency, today calendar.Date) (money.Totals, bool) {
	together := book.Add(t, to, today)
	if !together.Converted {
		return t, false
	}
	sum := money.Totals{to: together.Sum.Minor}
	for _, a := range together.Apart {
		sum.Add(a)
	}
	return sum, true
}

// exchange adds up what everyone at a glance has open, as it was priced deal by deal.
func (a *assembly) exchange(to money.Currency) {
	for _, g := range append(a.groups, a.rest) {
		if g == nil {
			continue
		}
		for from, worth := range g.priced {
			delete(g.Totals, from)
			g.Totals[to] += worth
			a.converted = true
		}
	}
}
