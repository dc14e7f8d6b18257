package forecasts

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/draws"
	"milepost/stats/totals"
)

// weeksBack is over how many weeks their scatter is taken.
const weeksBack = 52

// weekly counts the deals that came in each of the last weeks.
type weekly [weeksBack]float64

func (w *weekly) add(p *history.Past, created calendar.Instant) {
	if n := int64(p.AsOf()-created) / int64(7*history.DayMillis); n >= 0 && n < weeksBack {
		w[n]++
	}
}

// shape is by how much weeks scatter beyond chance: counts of mean m have the variance
// m + m²/shape (moments); infinite where they scatter no more than that.
func (w *weekly) shape(reach int) float64 {
	n := min(weeksBack, reach/7)
	if n < 4 {
		return 1 // nobody knows yet: as likely half as twice as many
	}
	mean, square := 0.0, 0.0
	for _, count := range w[:n] {
		mean += count / float64(n)
		square += count * count / float64(n)
	}
	if beyond := (square-mean*mean)*float64(n)/float64(n-1) - mean; beyond > 0 {
		return mean * mean / beyond
	}
	return math.Inf(1)
}

// within is how many are expected to be won in a stretch of time.
func (a *Arrivals) within(s Stretch) float64 { return max(0, a.Wins(s.Ends)-a.Wins(s.Begins)) }

// size is how uncertain the number of wins within so many days is, as the shape of a
// Gamma: the rate is known from so many deals, and weeks scatter around it.
func (a *Arrivals) size(days float64) float64 {
	return 1 / (1/float64(a.Deals) + 7/(a.Weekly*math.Max(days, 7)))
}

// exchanged are the same deals with amounts as an outlook counts them: none where there
// is no rate.
func (a *Arrivals) exchanged(x *exchange) *Arrivals {
	in := *a
	in.amounts, in.worth = map[history.Label][]int64{}, map[history.Label]float64{}
	for c, list := range a.amounts {
		quote := x.at(c)
		if quote == nil {
			continue
		}
		amounts := make([]int64, len(list))
		for i, minor := range list {
			amounts[i], _ = quote.Minor(minor)
		}
		in.amounts[c], in.worth[c] = amounts, quote.Times(a.worth[c])
	}
	return &in
}

// bring is how many of them, and what, are expected in a group by like, which may tell
// currencies apart.
func (a *Arrivals) bring(s Stretch, like func(history.Label) []int, apart bool, group int) (wins, minor float64) {
	all := a.within(s)
	if !apart || len(a.share) == 0 {
		wins = all * share(like(0), group)
	}
	for _, c := range a.currencies() {
		part := share(like(c), group)
		if apart {
			wins += all * a.share[c] * part
		}
		minor += all * a.share[c] * a.worth[c] * part
	}
	return wins, minor
}

// currencies are those of won deals, by name.
func (a *Arrivals) currencies() []history.Label {
	return slices.SortedFunc(maps.Keys(a.share), func(x, y history.Label) int { return cmp.Compare(a.name(x), a.name(y)) })
}

// plan says how many they are, by currency; like says in which groups those in a currency
// are: see totals.Arrivals.
func (a *Arrivals) plan(s Stretch, like func(history.Label) []int) (list []totals.Arrivals) {
	wins := a.within(s)
	one := func(currency history.Label, share float64) {
		list = append(list, totals.Arrivals{ID: draws.Item("new " + a.name(currency)), Mean: wins * share, Size: a.size(s.Days()), Like: like(currency),
			Amounts: drawable(a.amounts[currency])})
	}
	if len(a.share) == 0 {
		one(0, 1)
	}
	for _, currency := range a.currencies() {
		one(currency, a.share[currency])
	}
	return list
}

// share is what part of them is in a group.
func share(like []int, group int) float64 {
	n := 0
	for _, g := range like {
		if g == group {
			n++
		}
	}
	return float64(n) / float64(max(len(like), 1))
}

// drawable keeps amounts within what can be added up.
func drawable(amounts []int64) []int64 {
	list := slices.Clone(amounts)
	for i := range list {
		list[i] = min(max(list[i], 0), totals.MostAmount)
	}
	return list
}
