package changes

import (
	"milepost/calendar"
	"milepost/forecasts/history"
)

// piece is news of one sort about a deal.
type piece struct {
	bar    Bar
	facts  []*history.Fact
	moves  bool // to the stage of now
	priced bool // at the amount of now
}

func (p *piece) empty() bool { return len(p.facts) == 0 && !p.moves }

// news is what became known of a deal between two instants, sorted.
type news struct{ amount, gained, lost, other piece }

// pieces are in the order in which they are told.
func (n *news) pieces() []*piece { return []*piece{&n.amount, &n.gained, &n.lost, &n.other} }

// newsOf sorts what became known of a deal that was open then and is now.
func (q *Question) newsOf(d *Deal) *news {
	since := q.Then.Past.AsOf()
	n := &news{amount: piece{bar: amountBar(d.Then.Amount, d.Now.Amount), priced: true}, gained: piece{bar: EvidenceGained},
		lost: piece{bar: EvidenceLost}, other: piece{bar: OtherNews}}
	if d.Then.Currency != d.Now.Currency { // worth nothing any more, or something at last, in the currency that counts
		n.amount.bar = amountBar(q.worth(1, d.Then.Currency, d.Then.Amount).Minor, q.worth(1, d.Now.Currency, d.Now.Amount).Minor)
	}
	way := q.climb(d.Then.Stage, d.Now.Stage)
	facts := q.Now.Past.Facts(d.Number)
	rises := rises(facts, since)
	for i := range facts {
		f := &facts[i]
		if f.Counts() < since {
			continue
		}
		to := &n.other
		switch f.Kind {
		case history.CloseDate, history.Call: // which the forecast does not read
			continue
		case history.Amount:
			to = &n.amount
		case history.Stage:
			to = n.toward(way)
		case history.Milestone, history.Criterion:
			to = n.toward(rises[evidence{f.Kind, f.Label}])
		}
		to.facts = append(to.facts, f)
	}
	if d.Then.Stage != d.Now.Stage {
		n.toward(way).moves = true
	}
	return n
}

// toward is where something belongs that rose (1), fell (-1) or did neither.
func (n *news) toward(way int) *piece {
	switch way {
	case 1:
		return &n.gained
	case -1:
		return &n.lost
	}
	return &n.other
}

// climb tells whether a stage is later than another (1) or earlier (-1), by the order in
// which deals come to them; 0 where that is not known.
func (q *Question) climb(from, to history.Label) int {
	before, known := q.Now.Model.Height(from)
	after, knows := q.Now.Model.Height(to)
	switch {
	case !known || !knows || before == after:
		return 0
	case after > before:
		return 1
	}
	return -1
}

// evidence is a milestone or a criterion.
type evidence struct {
	kind  history.Kind
	label history.Label
}

// height orders how well something is evidenced. That a criterion is not met is no more
// evidence than that nobody knows, though it is news.
func height(f *history.Fact) int {
	switch {
	case f == nil:
		return 0
	case f.Kind == history.Criterion:
		return max(0, int(f.Value-history.Unmet))
	}
	return int(f.Value)
}

// rises tells of each piece of evidence whether it rose since an instant (1), or fell (-1).
func rises(facts []history.Fact, since calendar.Instant) map[evidence]int {
	var then, now map[evidence]*history.Fact
	for i := range facts {
		f := &facts[i]
		if f.Kind != history.Milestone && f.Kind != history.Criterion {
			continue
		}
		if now == nil {
			then, now = map[evidence]*history.Fact{}, map[evidence]*history.Fact{}
		}
		at := evidence{f.Kind, f.Label}
		if before := now[at]; before == nil || f.After(before) {
			now[at] = f
			if f.Counts() < since {
				then[at] = f
			}
		}
	}
	way := map[evidence]int{}
	for at, f := range now {
		if before, after := height(then[at]), height(f); after > before {
			way[at] = 1
		} else if after < before {
			way[at] = -1
		}
	}
	return way
}
