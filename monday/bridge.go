package monday

import (
	"cmp"
	"slices"

	"milepost/deals"
	"milepost/money"
)

// share is what one deal adds to one part.
type share struct {
	Move  *move
	By    money.Totals
	Count int64 // deals that came, or went; 0 for a change of amount
}

// bridge leads from the open pipeline of an instant to that of now. In every currency,
// and in deals, the start and the parts come to the end exactly.
type bridge struct {
	Start, End           money.Totals
	StartDeals, EndDeals int64
	Parts                map[part][]share
	Forward, Back        []*move
}

// newBridge gathers what the moves of a week add up to. The open deals are those of
// now; one without a move stood the same before.
func newBridge(s *scope, eachOpen func(func(*deal)), w *week, order func(string) int) *bridge {
	b := &bridge{Start: money.Totals{}, End: money.Totals{}, Parts: map[part][]share{}}
	eachOpen(func(d *deal) {
		if d.CloseDate == "" || !s.Period.Contains(d.CloseDate) || !s.Of(d.Owner) {
			return
		}
		amount, has := d.amount()
		b.EndDeals++
		if has {
			b.End.Add(amount)
		}
		if w.moves[string(d.ID)] == nil {
			b.StartDeals++
			if has {
				b.Start.Add(amount)
			}
		}
	})
	for _, m := range w.list {
		if s.holds(&m.Then) {
			b.StartDeals++
			addAmount(b.Start, m.Then.Amount)
		}
		b.take(s, m)
		b.stages(s, m, order)
	}
	return b
}

// sortedMoves puts moves into a steady order.
func sortedMoves(moves map[string]*move) []*move {
	list := make([]*move, 0, len(moves))
	for _, m := range moves {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b *move) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func addAmount(t money.Totals, a *money.Amount) {
	if a != nil {
		t.Add(*a)
	}
}

// take parts one deal's move. What it was worth changes first, while it is there, and
// then it goes: so "won" is what was booked. A deal that came and was won since is
// shown as both.
func (b *bridge) take(s *scope, m *move) {
	then, now, won := s.holds(&m.Then), s.holds(&m.Now), s.wonIn(&m.Now)
	switch {
	case then && now:
		b.reprice(m)
	case then:
		b.reprice(m)
		b.add(s.exit(&m.Now), m, m.Now.Amount, -1)
	case now:
		b.add(s.entry(&m.Then), m, m.Now.Amount, 1)
	case won && m.Then.Outcome != deals.Won:
		b.add(s.entry(&m.Then), m, m.Now.Amount, 1)
		b.add(partWon, m, m.Now.Amount, -1)
	}
}

func (b *bridge) add(to part, m *move, amount *money.Amount, sign int64) {
	by := money.Totals{}
	if amount != nil {
		by[amount.Currency] = sign * amount.Minor
	}
	b.Parts[to] = append(b.Parts[to], share{m, by, sign})
}

// reprice puts the difference of the amounts into up or down; one that was put into
// another currency goes down in the one and up in the other.
func (b *bridge) reprice(m *move) {
	by := money.Totals{}
	if m.Then.Amount != nil {
		by[m.Then.Amount.Currency] -= m.Then.Amount.Minor
	}
	addAmount(by, m.Now.Amount)
	up, down := money.Totals{}, money.Totals{}
	for currency, minor := range by {
		if minor > 0 {
			up[currency] = minor
		} else if minor < 0 {
			down[currency] = minor
		}
	}
	if len(up) > 0 {
		b.Parts[partUp] = append(b.Parts[partUp], share{m, up, 0})
	}
	if len(down) > 0 {
		b.Parts[partDown] = append(b.Parts[partDown], share{m, down, 0})
	}
}

// stages counts deals of the line that went on or back a stage since, whenever they
// are to close.
func (b *bridge) stages(s *scope, m *move, order func(string) int) {
	if !m.Then.Exists || m.Then.Outcome != "" || !s.Of(m.Now.Owner) || m.Then.Stage == m.Now.Stage {
		return
	}
	if m.Now.Outcome != "" || m.Then.Stage == "" || m.Now.Stage == "" {
		return
	}
	switch from, to := order(m.Then.Stage), order(m.Now.Stage); {
	case from < 0 || to < 0: // where it belongs is not known
	case to > from:
		b.Forward = append(b.Forward, m)
	default:
		b.Back = append(b.Back, m)
	}
}

// sum adds up a part.
func (b *bridge) sum(p part) (by money.Totals, deals int64) {
	by = money.Totals{}
	for _, s := range b.Parts[p] {
		for currency, minor := range s.By {
			by[currency] += minor
		}
		deals += s.Count
	}
	return by, deals
}

// currencies lists in what the bridge is counted, that of the most deals first.
func (b *bridge) currencies(first money.Currency) []money.Currency {
	seen := map[money.Currency]int64{}
	for _, t := range []money.Totals{b.Start, b.End} {
		for currency, minor := range t {
			seen[currency] += minor
		}
	}
	for _, list := range b.Parts {
		for _, s := range list {
			for currency := range s.By {
				seen[currency] += 0
			}
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
