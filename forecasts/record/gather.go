package record

import (
	"maps"
	"math"
	"slices"

	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/money"
	"milepost/stats/proportions"
)

// sums are what came of some deals: how many were won, and their amounts.
type sums struct {
	open  int
	wins  float64
	money map[string]float64
}

func (s *sums) won(deal *history.OpenDeal, log *history.Log) {
	s.wins++
	if deal.Currency != 0 {
		currency := log.Name(deal.Currency)
		s.money[currency] += money.Amount{Minor: deal.Amount, Currency: money.Currency(currency)}.Float()
	}
}

// details gathers bins, amounts and ranges; found are the deals' numbers in the log.
func (j *judged) details(found []int32) Details {
	d := Details{LeftOut: j.leftOut, Money: map[string]Money{}, Company: map[string]Span{}, Owners: map[string]Tally{}}
	j.bin(&d)
	company, owners := &sums{money: map[string]float64{}}, map[string]*sums{}
	for i := range j.deals {
		owner := owners[j.deals[i].Owner]
		if owner == nil {
			owner = &sums{money: map[string]float64{}}
			owners[j.deals[i].Owner] = owner
		}
		owner.open++
		if then, won := j.settled.Won(found[i]); won {
			owner.won(&then, j.log)
			company.won(&then, j.log)
		}
		if currency := j.deals[i].Currency; currency != "" {
			m, p := d.Money[currency], chance(j.odds[i].Won)
			m.Said += j.odds[i].Won * j.amount[i]
			m.Variance += p * (1 - p) * j.amount[i] * j.amount[i]
			d.Money[currency] = m
		}
	}
	for currency, came := range company.money {
		m := d.Money[currency]
		m.Came = came
		d.Money[currency] = m
	}
	if j.ranges != nil {
		j.judgeRanges(&d, company, owners)
	}
	return d
}

// judgeRanges holds the ranges of totals against what came.
func (j *judged) judgeRanges(d *Details, company *sums, owners map[string]*sums) {
	said := j.ranges.Company[j.horizon]
	keep := func(measure string, s Span) { d.Company[measure] = s }
	spansOf(said.Open, company, "", keep)
	if said.WithNew != nil {
		for _, fresh := range j.settled.WonOfNew(j.asOf) {
			company.won(&fresh, j.log)
		}
		spansOf(said.WithNew, company, withNew, keep)
	}
	for owner, came := range owners {
		if came.open < fewestOfOne || owner == "" {
			continue
		}
		spansOf(j.ranges.Owners[owner][j.horizon].Open, came, "", func(measure string, s Span) {
			t := d.Owners[measure]
			t.add(s)
			d.Owners[measure] = t
		})
	}
}

// spansOf hands on the ranges of one total, each with what came.
func spansOf(t *forecasts.KeptTotal, came *sums, suffix string, take func(measure string, s Span)) {
	if t == nil {
		return
	}
	if t.Wins != nil {
		take(wins+suffix, spanOf(*t.Wins, 1, came.wins))
	}
	for currency, spread := range t.ByCurrency {
		unit := money.Amount{Minor: 1, Currency: money.Currency(currency)}.Float()
		take(currency+suffix, spanOf(spread, unit, came.money[currency]))
	}
}

func spanOf(s forecasts.KeptSpread, unit, came float64) Span {
	out := Span{Median: s.Median * unit, Ranges: [3][2]float64{s.Half, s.Most, s.Nearly}, Came: came}
	for level := range out.Ranges {
		out.Ranges[level][0] *= unit
		out.Ranges[level][1] *= unit
	}
	return out
}

// bin sorts the chances into hundredths, and into sixteenths of a logit.
func (j *judged) bin(d *Details) {
	d.Bins = j.binned(func(p float64) int { return min(100, max(0, int(100*p))) })
	d.Fine = j.binned(func(p float64) int { return int(math.Floor(16 * proportions.Logit(p))) })
}

func (j *judged) binned(place func(p float64) int) (list []Bin) {
	bins := map[int]*Bin{}
	for i, o := range j.odds {
		at := place(o.Won)
		if bins[at] == nil {
			bins[at] = &Bin{At: at}
		}
		b := bins[at]
		b.Count++
		b.Said += o.Won
		if j.came[i] == history.Won {
			b.Won++
		}
	}
	for _, at := range slices.Sorted(maps.Keys(bins)) {
		list = append(list, *bins[at])
	}
	return list
}
