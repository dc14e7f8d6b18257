package monday

import (
	"iter"

	"milepost/deals"
	"milepost/money"
)

// newBridge gathers what moves since an instant add up to. The open deals are those of
// now; one of which no move is known stood the same before.
func newBridge(s *scope, open iter.Seq[*deal], known map[string]*move, moves iter.Seq[*move], order func(string) int) *bridge {
	b := emptyBridge()
	for d := range open {
		if d.CloseDate == "" || !s.Period.Contains(d.CloseDate) || !s.Of(d.Owner) {
			continue
		}
		amount, has := d.amount()
		b.EndDeals++
		if has {
			b.End.Add(amount)
		}
		if known[string(d.ID)] == nil {
			b.StartDeals++
			if has {
				b.Start.Add(amount)
			}
		}
	}
	for m := range moves {
		if s.holds(&m.Then) {
			b.StartDeals++
			addAmount(b.Start, m.Then.Amount)
		}
		b.take(s, m)
		b.stages(s, m, order)
	}
	return b
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
	b.put(to, share{m, by, sign})
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
		b.put(partUp, share{m, up, 0})
	}
	if len(down) > 0 {
		b.put(partDown, share{m, down, 0})
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
		b.put(partForward, share{Move: m})
	default:
		b.put(partBack, share{Move: m})
	}
}
