package monday

import (
	"maps"
	"slices"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/money"
	"milepost/people"
)

// portfolio is what the open deals of one owner come to, and what moved in them. It is
// the same whoever looks, and what several people have comes to what each of them has:
// so the page of a head of four hundred adds up four hundred portfolios, and not twenty
// thousand deals. Whose are added is decided for each page anew.
type portfolio struct {
	deals, stepless int64
	tally           *tally
	attention       []weighed // the deals that need it, the heaviest first
	bridge          *bridge   // of deals that were in these hands all the while
	won             []*move   // of them, since
}

// portfolios are those that were made since the ledger last said anything new about
// their deals, for one period, one day since which changes are told, and one minute:
// what stands longer than usual is judged by the minute.
type portfolios struct {
	minute   calendar.Instant
	expected *expected
	of       map[people.ID]*portfolio
}

type portfolioKey struct {
	since  calendar.Instant
	period calendar.Period
	in     money.Currency // that deals are priced in
}

// portfolioShelf keeps portfolios. They are made while a shelf is read, and dropped while it
// is written.
type portfolioShelf struct {
	turn sync.Mutex
	kept map[portfolioKey]*portfolios
}

// mostPortfolios is for how many periods and days they are kept.
const mostPortfolios = 8

const minute = calendar.Instant(time.Minute / time.Millisecond)

// held is whose portfolio it is.
type held struct {
	owner people.ID
	*portfolio
}

// list gives the portfolios of those whom of names, and by what they were judged.
func (k *portfolioShelf) list(s *shelf, r *report, w *week, of func(people.ID) bool) ([]held, *watch) {
	k.turn.Lock()
	defer k.turn.Unlock()
	kept := k.open(r, w)
	asked := r.asking
	asked.Now = max(r.Now, kept.minute)
	judge := s.watch(&asked, w)
	var list []held
	add := func(owner people.ID) {
		if !of(owner) {
			return
		}
		p := kept.of[owner]
		if p == nil {
			p = s.portfolio(owner, r, w, judge)
			kept.of[owner] = p
		}
		list = append(list, held{owner, p})
	}
	for owner := range s.owned {
		add(owner)
	}
	for owner := range w.of {
		if s.owned[owner] == nil {
			add(owner)
		}
	}
	return list, judge
}

// open finds the portfolios that are still good, or begins new ones.
func (k *portfolioShelf) open(r *report, w *week) *portfolios {
	key := portfolioKey{w.since, r.Period, r.Prices.in()}
	kept := k.kept[key]
	if kept != nil && kept.expected == r.Expected && kept.minute >= r.Now-r.Now%minute {
		return kept
	}
	if k.kept == nil || kept == nil && len(k.kept) >= mostPortfolios {
		k.kept = map[portfolioKey]*portfolios{}
	}
	kept = &portfolios{minute: r.Now - r.Now%minute, expected: r.Expected, of: map[people.ID]*portfolio{}}
	k.kept[key] = kept
	return kept
}

// drop lets go of the portfolios of someone whose deals changed.
func (k *portfolioShelf) drop(owner people.ID) {
	k.turn.Lock()
	defer k.turn.Unlock()
	for _, kept := range k.kept {
		delete(kept.of, owner)
	}
}

func (k *portfolioShelf) dropAll() {
	k.turn.Lock()
	defer k.turn.Unlock()
	k.kept = nil
}

// portfolio adds up what one person has.
func (s *shelf) portfolio(owner people.ID, r *report, w *week, judge *watch) *portfolio {
	p := &portfolio{tally: newTally(r.Prices)}
	for _, d := range s.owned[owner] {
		p.deals++
		if d.Next == nil {
			p.stepless++
		}
		var odds []float64
		if r.Expected != nil {
			odds = r.Expected.won(d)
		}
		p.tally.take(d, odds)
		if urgency := judge.urgency(d); urgency > 0 {
			p.attention = append(p.attention, weighed{d, urgency * judge.size(d)})
		}
	}
	slices.SortFunc(p.attention, heavier)
	whose := &scope{func(id people.ID) bool { return id == owner }, r.Period, r.place}
	p.bridge = newBridge(whose, maps.Values(s.owned[owner]), w.moves, maps.Values(w.of[owner]), s.order)
	for _, m := range w.of[owner] {
		if w.wonSince(m) {
			p.won = append(p.won, m)
		}
	}
	return p
}

// handedOn begins the bridge of several people with the deals that went from one pair of
// hands to another.
func (s *shelf) handedOn(r *report, w *week, of func(people.ID) bool) *bridge {
	return newBridge(&scope{of, r.Period, r.place}, slices.Values([]*deal{}), nil, maps.Values(w.handed), s.order)
}
