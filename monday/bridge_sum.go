package monday

import (
	"cmp"
	"slices"

	"milepost/money"
)

// share is what one deal adds to one part.
type share struct {
	Move  *move
	By    money.Totals
	Count int64 // deals that came, or went; 0 for a change of amount
}

// bridge leads from the open pipeline of an instant to that of now. In every currency,
// and in deals, the start and the parts come to the end exactly. What several have comes
// to what each of them has, and what went from one hand to another.
type bridge struct {
	Start, End           money.Totals
	StartDeals, EndDeals int64
	sums                 map[part]*partSum
	own                  map[part][]share // of this one
	of                   []*bridge        // of those that were added
	converted            money.Currency   // that others were exchanged into
}

// partSum is what a part comes to.
type partSum struct {
	By    money.Totals
	Deals int64 // that came, less those that went
	Moves int64 // deals with a share in it
}

func emptyBridge() *bridge {
	return &bridge{Start: money.Totals{}, End: money.Totals{}, sums: map[part]*partSum{}, own: map[part][]share{}}
}

// join adds what somebody else's deals come to.
func (b *bridge) join(other *bridge) {
	b.StartDeals, b.EndDeals = b.StartDeals+other.StartDeals, b.EndDeals+other.EndDeals
	b.Start.Join(other.Start)
	b.End.Join(other.End)
	for p, s := range other.sums {
		to := b.sumOf(p)
		to.By.Join(s.By)
		to.Deals, to.Moves = to.Deals+s.Deals, to.Moves+s.Moves
	}
	b.of = append(b.of, other)
}

func (b *bridge) sumOf(p part) *partSum {
	if b.sums[p] == nil {
		b.sums[p] = &partSum{By: money.Totals{}}
	}
	return b.sums[p]
}

// put adds a share to a part.
func (b *bridge) put(to part, s share) {
	b.own[to] = append(b.own[to], s)
	sum := b.sumOf(to)
	sum.By.Join(s.By)
	sum.Deals, sum.Moves = sum.Deals+s.Count, sum.Moves+1
}

// shares lists who has a share in a part, by the deal.
func (b *bridge) shares(p part) []share {
	list := slices.Clone(b.own[p])
	for _, other := range b.of {
		list = append(list, other.shares(p)...)
	}
	slices.SortFunc(list, func(a, b share) int { return cmp.Compare(a.Move.ID, b.Move.ID) })
	return list
}

// sum is what a part comes to.
func (b *bridge) sum(p part) partSum {
	if s := b.sums[p]; s != nil {
		return *s
	}
	return partSum{}
}

// currencies lists in what the bridge is counted, that of the most deals first.
func (b *bridge) currencies(first money.Currency) []money.Currency {
	seen := map[money.Currency]int64{}
	for _, t := range []money.Totals{b.Start, b.End} {
		for currency, minor := range t {
			seen[currency] += minor
		}
	}
	for _, s := range b.sums {
		for currency := range s.By {
			seen[currency] += 0
		}
	}
	var list []money.Currency
	for currency := range seen {
		list = append(list, currency)
	}
	slices.SortFunc(list, func(a, b money.Currency) int {
		return cmp.Or(cmp.Compare(rank(b == first), rank(a == first)), cmp.Compare(seen[b], seen[a]), cmp.Compare(a, b))
	})
	return list
}

func rank(first bool) int {
	if first {
		return 1
	}
	return 0
}
