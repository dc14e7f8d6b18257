package imports

import (
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
)

// checkCalls finds the currency of every called amount: that of the deal's amount
// as it was then, or the organization's where none was known.
func (j *judgement) checkCalls(out *planned, home money.Currency) {
	if !slices.ContainsFunc(out.facts, func(f fact) bool { return f.kind == call && f.value != "" }) {
		return
	}
	known := j.amounts()
	out.call = map[int]money.Currency{}
	facts, ids := out.facts[:0:0], out.ids[:0:0]
	for n, f := range out.facts {
		if f.kind == call && f.value != "" {
			in := currencyAt(known, f.at, home)
			if _, err := money.Parse(f.value, in); err != nil {
				j.rejects = append(j.rejects, reject{f.line, sentence(err), f.asLine()})
				continue
			}
			out.call[len(facts)] = in
		}
		facts, ids = append(facts, f), append(ids, out.ids[n])
	}
	out.facts, out.ids = facts, ids
}

// inCurrency is the currency of a deal's amount from an instant on.
type inCurrency struct {
	from calendar.Instant
	in   money.Currency
}

// amounts lists the deal's currencies, from the ledger and from the file.
func (j *judgement) amounts() []inCurrency {
	var list []inCurrency
	for n := range j.before {
		var f deals.Fact
		if e := &j.before[n]; e.Kind == deals.AmountSet && e.Read(&f) == nil && f.Amount != nil {
			list = append(list, inCurrency{e.EffectiveAt, f.Amount.Currency})
		}
	}
	for n := range j.deal.facts {
		if f := &j.deal.facts[n]; f.kind == amount {
			if in, err := money.ParseCurrency(f.name); err == nil {
				list = append(list, inCurrency{f.at, in})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b inCurrency) int { return int(max(-1, min(1, a.from-b.from))) })
	return list
}

func currencyAt(known []inCurrency, at calendar.Instant, home money.Currency) money.Currency {
	if len(known) == 0 {
		return home
	}
	found := known[0].in
	for _, k := range known {
		if k.from <= at {
			found = k.in
		}
	}
	return found
}
