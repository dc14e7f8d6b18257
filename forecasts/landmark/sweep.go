package landmark

import (
	"hash/fnv"
	"math"
	"math/bits"

	"milepost/calendar"
	"milepost/forecasts/history"
)

// sweeper goes through the lives of deals and tells what was known at each landmark.
type sweeper struct {
	past *history.Past
	only func(int32) bool
	numbers
	stays  []history.Stay
	held   state
	goesOn func(deals int) bool // asked now and then; nil is yes
	grid   history.Day          // a day of the grid of landmarks; 0 is today
}

// each visits the deals that are looked at.
func (w *sweeper) each(visit func(deal int32)) {
	for i := range w.past.Deals() {
		if w.goesOn != nil && i%askedEvery == 0 && !w.goesOn(i) {
			return
		}
		if w.only == nil || w.only(int32(i)) {
			visit(int32(i))
		}
	}
}

// askedEvery is after how many deals it is asked whether to go on.
const askedEvery = 500

// thin leaves out deals, by a hash of what they are known by, until about so many
// landmarks remain. Whole deals are left out, whatever came of them, so that none of the
// shares among those that remain is bent. It gives the limit below which hashes remain.
func (w *sweeper) thin(most, step int) uint64 {
	count := 0
	var stays []history.Stay
	w.each(func(deal int32) {
		stays = w.past.AppendStays(stays[:0], deal)
		for _, s := range stays {
			count += w.past.Snapshots(s.From, s.To)*w.past.Step()/step + 1
		}
	})
	if count <= most {
		return 1 << 32
	}
	limit, before := uint64(float64(most)/float64(count)*(1<<32)), w.only
	w.only = func(deal int32) bool {
		return place(w.past, deal) < limit && (before == nil || before(deal))
	}
	return limit
}

// place is where a deal stands among all, by a hash of what it is known by: 0 to 2^32.
func place(p *history.Past, deal int32) uint64 {
	h := fnv.New32a()
	h.Write([]byte(p.Key(deal)))
	return uint64(bits.Reverse32(h.Sum32()))
}

// state is what is known of a deal at some point of its life, with the facts that say
// so: a later one overrules them only if it was true later.
type state struct {
	snapshot
	created, progress, contact        calendar.Instant
	closeDay                          int64
	stage, owner, amount, close, call *history.Fact
	milestone, criterion, attribute   []*history.Fact
	rival                             map[history.Label]*history.Fact
	activities                        []calendar.Instant
}

// never is before every instant.
const never = calendar.Instant(math.MinInt64)

func (w *sweeper) start(deal int32) {
	s := &w.held
	m, c, a := s.milestone, s.criterion, s.attribute
	acts, rival := s.activities[:0], s.rival
	*s = state{created: never, progress: never, contact: never, closeDay: history.NoDate, activities: acts, rival: rival}
	s.milestone, s.criterion, s.attribute = renew(m, len(w.milestones)), renew(c, len(w.criteria)), renew(a, len(w.attributes))
	if s.rival == nil {
		s.rival = map[history.Label]*history.Fact{}
	}
	clear(s.rival)
	s.snapshot = snapshot{deal: deal, milestones: make([]int8, len(w.milestones)), criteria: make([]int8, len(w.criteria)), attributes: make([]history.Label, len(w.attributes)), amount: -1}
}

func renew(list []*history.Fact, n int) []*history.Fact {
	if len(list) != n {
		return make([]*history.Fact, n)
	}
	clear(list)
	return list
}

// overrules puts a fact in the place of one before, unless that was true later.
func overrules(before **history.Fact, f *history.Fact) bool {
	if *before != nil && (*before).After(f) {
		return false
	}
	*before = f
	return true
}

// take makes a fact known.
func (w *sweeper) take(f *history.Fact) {
	s := &w.held
	switch f.Kind {
	case history.Created:
		s.created = f.Effective
		s.progress = max(s.progress, f.Effective)
	case history.Stage:
		if overrules(&s.stage, f) && f.Label != s.snapshot.stage {
			s.snapshot.stage = f.Label
			s.progress = max(s.progress, f.Effective)
		}
	case history.Milestone:
		if n, known := w.milestones[f.Label]; known && overrules(&s.milestone[n], f) {
			s.milestones[n] = int8(f.Value)
			if f.Value != history.Revoked {
				s.progress = max(s.progress, f.Effective)
			}
		}
	case history.Owner:
		if overrules(&s.owner, f) {
			s.snapshot.owner = f.Label
		}
	case history.Amount:
		if overrules(&s.amount, f) {
			s.snapshot.amount = -1
			if typical := w.median[f.Label]; typical > 0 {
				s.snapshot.amount = float64(f.Value) / typical
			}
		}
	case history.CloseDate:
		if overrules(&s.close, f) {
			s.closeDay = f.Value
		}
	case history.Call:
		if overrules(&s.call, f) {
			s.snapshot.call = f.Label
		}
	case history.Criterion:
		if n, known := w.criteria[f.Label]; known && overrules(&s.criterion[n], f) {
			s.criteria[n] = int8(f.Value)
		}
	case history.Attribute:
		if n, known := w.attributes[history.Label(f.Value)]; known && overrules(&s.attribute[n], f) {
			s.attributes[n] = f.Label
		}
	case history.Competitor:
		before := s.rival[f.Label]
		if overrules(&before, f) {
			s.rival[f.Label] = f
		}
		s.rivals = 0
		for _, r := range s.rival {
			s.rivals += int(r.Value)
		}
	case history.Activity:
		s.snapshot.activity = f.Label
		s.contact = max(s.contact, f.Effective)
		s.activities = append(s.activities, f.Effective)
	case history.Plan:
		s.plan = true
	case history.Reopened:
		s.reopened = true
	}
}

// look tells what is known at an instant; the lists are shared with what is known later.
func (w *sweeper) look(at calendar.Instant, stage history.Label) *snapshot {
	s := &w.held
	seen := &s.snapshot
	seen.at, seen.stage = at, stage
	seen.age, seen.clock, seen.contact = days(s.created, at), days(s.progress, at), days(s.contact, at)
	seen.contacts = 0
	for i := len(s.activities) - 1; i >= 0; i-- {
		if float64(at-s.activities[i]) <= 30*day {
			seen.contacts++
		} else if len(s.activities)-i > 60 {
			break
		}
	}
	seen.close = math.NaN()
	if s.closeDay != history.NoDate {
		seen.close = float64(s.closeDay) - float64(w.past.DayOf(at))
	}
	return seen
}

// days is how long ago something was, -1 for never.
func days(then, now calendar.Instant) float64 {
	if then == never {
		return -1
	}
	return max(0, float64(now-then)) / day
}

// landmarks visits what was known of a deal at each landmark: at the midnights of the
// grid on which it was open, and just after each milestone.
func (w *sweeper) landmarks(deal int32, step int, visit func(*snapshot)) {
	w.stays = w.past.AppendStays(w.stays[:0], deal)
	if len(w.stays) == 0 {
		return
	}
	w.start(deal)
	facts := w.past.Facts(deal)
	next := 0
	for i := range w.stays {
		stay := &w.stays[i]
		day, more := w.gridDay(stay.From, step)
		more = more && day <= stay.To
		for {
			midnight := calendar.Instant(math.MaxInt64)
			if more {
				midnight = w.past.Midnight(day)
			}
			// What counts before the midnight comes first; a milestone is a landmark itself.
			for next < len(facts) && facts[next].Counts() < min(midnight, stay.ToAt) {
				at := facts[next].Counts()
				reached := false
				for ; next < len(facts) && facts[next].Counts() == at; next++ {
					reached = reached || facts[next].Kind == history.Milestone
					w.take(&facts[next])
				}
				if reached && at >= stay.FromAt && at+1 < w.past.AsOf() {
					visit(w.look(at+1, stay.Stage))
				}
			}
			if !more {
				break
			}
			visit(w.look(midnight, stay.Stage))
			day += history.Day(step)
			more = day <= stay.To && day <= w.past.Today()
		}
	}
}

// last is what is known of an open deal as of now.
func (w *sweeper) last(deal *history.OpenDeal) *snapshot {
	w.start(deal.Deal)
	facts := w.past.Facts(deal.Deal)
	for i := range facts {
		w.take(&facts[i])
	}
	return w.look(w.past.AsOf(), deal.Stage)
}

// gridDay is the first day of the grid that is not before another, or false.
func (w *sweeper) gridDay(from history.Day, step int) (history.Day, bool) {
	today := w.past.Today()
	if w.grid != 0 {
		today = w.grid
	}
	return today - history.Day(int(today-from)/step*step), from <= today
}
