package monday

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
)

// position is how a deal stood at one instant, as far as was known then.
type position struct {
	Exists   bool
	Outcome  deals.Outcome // empty while open
	Owner    people.ID
	Amount   *money.Amount
	Close    calendar.Date
	Stage    string
	Title    string
	Began    calendar.Instant
	ClosedAt calendar.Instant
}

// move is a deal about which something became known, before and after.
type move struct {
	ID        deals.ID
	Then, Now position
}

// scope is whose open deals, expected to close when, a bridge is about.
type scope struct {
	Of     func(people.ID) bool
	Period calendar.Period
	Place  placeOf
}

// placeOf turns an instant into the date that the organization's calendars show.
type placeOf func(calendar.Instant) calendar.Date

// holds tells whether a deal is part of the pipeline: open, in these hands, and
// expected to close in the period.
func (s *scope) holds(p *position) bool {
	return p.Exists && p.Outcome == "" && s.Of(p.Owner) && p.Close != "" && s.Period.Contains(p.Close)
}

// wonIn tells whether a deal was won by these hands in the period.
func (s *scope) wonIn(p *position) bool {
	return p.Exists && p.Outcome == deals.Won && s.Of(p.Owner) && s.Period.Contains(s.Place(p.ClosedAt))
}

// part is one bar of a bridge.
type part string

// The parts, in the order in which they are shown.
const (
	partNew       part = "new"
	partReopened  part = "reopened"
	partHandedIn  part = "handed-in"
	partMovedIn   part = "moved-in"
	partUp        part = "up"
	partDown      part = "down"
	partMovedOut  part = "moved-out"
	partHandedOut part = "handed-out"
	partWon       part = "won"
	partLost      part = "lost"
	partNoAction  part = "no-action"
	// Moves between stages add nothing; they are counted.
	partForward part = "forward"
	partBack    part = "back"
)

var parts = []part{partNew, partReopened, partHandedIn, partMovedIn, partUp, partDown, partMovedOut, partHandedOut,
	partWon, partLost, partNoAction}

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

// newBridge gathers what the moves add up to. Open are all open deals as they stand
// now; those without a move stood the same before.
func newBridge(s *scope, open map[string]*deal, moves map[string]*move, order func(string) int) *bridge {
	b := &bridge{Start: money.Totals{}, End: money.Totals{}, Parts: map[part][]share{}}
	for id, d := range open {
		p := d.position()
		if !s.holds(&p) {
			continue
		}
		b.EndDeals++
		addAmount(b.End, p.Amount)
		if moves[id] == nil {
			b.StartDeals++
			addAmount(b.Start, p.Amount)
		}
	}
	for _, m := range sortedMoves(moves) {
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

// position is how an open deal stands.
func (d *deal) position() position {
	p := position{Exists: true, Outcome: d.Outcome, Owner: d.Owner, Close: d.CloseDate, Stage: d.Stage, Title: d.Title, Began: d.CreatedAt}
	if a, has := d.amount(); has {
		p.Amount = &a
	}
	return p
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

// exit says why a deal is no longer in the pipeline.
func (s *scope) exit(now *position) part {
	switch {
	case now.Outcome == deals.Won:
		return partWon
	case now.Outcome == deals.Lost:
		return partLost
	case now.Outcome == deals.NoAction:
		return partNoAction
	case !s.Of(now.Owner):
		return partHandedOut
	}
	return partMovedOut
}

// entry says why a deal is in the pipeline that was not.
func (s *scope) entry(then *position) part {
	switch {
	case !then.Exists:
		return partNew
	case then.Outcome != "":
		return partReopened
	case !s.Of(then.Owner):
		return partHandedIn
	}
	return partMovedIn
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
