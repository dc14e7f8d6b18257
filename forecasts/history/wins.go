package history

import "milepost/calendar"

// Win is a deal that stood as won: who owned it when it was won, and the amount as
// far as was known as of then.
type Win struct {
	ID       string
	Deal     int32
	At       calendar.Instant // when it was true, which decides the period it belongs to
	Owner    Label
	Currency Label // 0 where no amount was known
	Amount   int64 // minor units
}

// Wins lists the deals that stood as won as of then, with an outcome that was true
// from one instant up to, not including, another, by external id, then id.
func (p *Past) Wins(from, until calendar.Instant) []Win {
	var list []Win
	for i := range p.log.deals {
		cause, at := p.End(int32(i))
		if cause != Won || at < from { // it counts from when it was true at the earliest
			continue
		}
		since := p.lastOutcome(int32(i)).Effective
		if since < from || since >= until {
			continue
		}
		now := p.describe(int32(i))
		then := (&Past{log: p.log, asOf: at + 1, tracks: p.tracks}).describe(int32(i))
		list = append(list, Win{ID: now.ID, Deal: int32(i), At: since, Owner: then.Owner, Currency: now.Currency, Amount: now.Amount})
	}
	return list
}

// lastOutcome is the outcome that holds of an ended deal.
func (p *Past) lastOutcome(deal int32) *Fact {
	var last *Fact
	facts := p.Facts(deal)
	for i := range facts {
		if f := &facts[i]; f.Kind == Outcome && (last == nil || f.After(last)) {
			last = f
		}
	}
	return last
}

// Ended counts the deals that had ended as of then.
func (p *Past) Ended() int {
	n := 0
	for i := range p.log.deals {
		if cause, _ := p.End(int32(i)); cause != Open && p.log.deals[i].created < p.asOf {
			n++
		}
	}
	return n
}

// Reach is how many days before the as-of the first deal was created, 0 where there
// was none.
func (p *Past) Reach() int {
	first, any := p.log.Starts()
	if !any || first >= p.asOf {
		return 0
	}
	return int(p.today - dayOf(first, p.log.place))
}

// EverOwners are the ids of those who had owned a deal by then.
func (p *Past) EverOwners() map[string]bool {
	owners := map[string]bool{}
	for i := range p.log.deals {
		facts := p.Facts(int32(i))
		for j := range facts {
			if facts[j].Kind == Owner {
				owners[p.log.Person(facts[j].Label)] = true
			}
		}
	}
	return owners
}

// Tells tells whether a deal was told anything of a kind before an instant.
func (l *Log) Tells(kind Kind, until calendar.Instant) bool {
	for i := range l.facts {
		if l.facts[i].Kind == kind && l.facts[i].Counts() < until {
			return true
		}
	}
	return false
}

// AttributeOf is what was known of a deal under a name such as "segment", 0 for nothing.
func (p *Past) AttributeOf(deal int32, name Label) Label {
	var last *Fact
	facts := p.Facts(deal)
	for i := range facts {
		if f := &facts[i]; f.Kind == Attribute && Label(f.Value) == name && (last == nil || f.After(last)) {
			last = f
		}
	}
	if last == nil {
		return 0
	}
	return last.Label
}

// AttributeNames are the names under which anything was known of a deal by then.
func (p *Past) AttributeNames() map[Label]bool {
	names := map[Label]bool{}
	for i := range p.log.facts {
		if f := &p.log.facts[i]; f.Kind == Attribute && f.Counts() < p.asOf {
			names[Label(f.Value)] = true
		}
	}
	return names
}
