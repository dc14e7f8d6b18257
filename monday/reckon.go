package monday

import (
	"cmp"
	"math"
	"slices"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

// reckoning gathers what deals did, one deal after the other, whether they are open
// still or have ended, and says what of it is usual.
type reckoning struct {
	place   map[string]int // of a stage in the order in which deals go through them
	samples map[usualKey]*sample
	habits  map[people.ID]*sample
	counter *counter // of what moved by quarter
}

func newReckoning(stages []string) *reckoning {
	r := &reckoning{place: map[string]int{}, samples: map[usualKey]*sample{}, habits: map[people.ID]*sample{}}
	for i, stage := range stages {
		r.place[stage] = i
	}
	return r
}

// past is one deal on its way through its facts.
type past struct {
	id, segment string
	owner       people.ID
	born        calendar.Instant // 0 as soon as it is counted for its first owner
	stage       string
	since       calendar.Instant // at the stage; 0 when the stay does not count
	contact     calendar.Instant // the last one; 0 while the deal is not open
	contactAt   string           // the stage at the last contact
	slips       float64
	close       calendar.Date
	amount      *deals.Fact
}

// days is a span in days and their parts.
func days(from, until calendar.Instant) float64 {
	return float64(until-from) / float64(24*time.Hour/time.Millisecond)
}

// take takes in the entries of one deal.
func (r *reckoning) take(id string, entries []ledger.Entry) error {
	slices.SortStableFunc(entries, func(a, b ledger.Entry) int {
		return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
	})
	entries, err := deals.Standing(entries)
	if err != nil {
		return err
	}
	facts := make([]deals.Fact, len(entries))
	p := &past{id: id}
	for i := range entries {
		if err := entries[i].Read(&facts[i]); err != nil {
			return err
		}
		if entries[i].Kind == deals.AttributeSet && facts[i].Name == "segment" {
			p.segment = facts[i].Value
		}
	}
	for i := range entries {
		r.follow(p, &entries[i], &facts[i])
	}
	if p.born != 0 {
		r.counter.count(begun, "", p.born)
	}
	return nil
}

func (r *reckoning) follow(p *past, e *ledger.Entry, f *deals.Fact) {
	at := e.EffectiveAt
	switch e.Kind {
	case deals.Created, deals.Reopened:
		p.contact, p.contactAt = at, p.stage
		if e.Kind == deals.Created {
			p.born = at
		}
	case deals.OwnerSet:
		p.owner = f.Person
		if p.born != 0 {
			r.counter.count(begun, p.owner, p.born)
			p.born = 0
		}
	case deals.StageSet:
		if p.stage == "" {
			p.contactAt = f.Value // a deal is created, then told where it stands
		}
		r.leave(p, f.Value, at)
		p.stage, p.since = f.Value, at
	case deals.ActivityLogged:
		if p.contact != 0 {
			r.note(silent, p.contactAt, p, days(p.contact, at))
			p.contact, p.contactAt = at, p.stage
		}
	case deals.CloseDateSet:
		if p.close != "" && f.Date > p.close {
			p.slips++
		}
		r.counter.move(p.owner, at, p.close, f.Date)
		p.close = f.Date
	case deals.AmountSet:
		r.reprice(p, f)
	case deals.Closed:
		r.end(p, deals.Outcome(f.Name), at)
	}
}

// leave counts a stay that a deal passed: it went on to a later stage. Where the order
// of the stages is not known, any other stage counts as later.
func (r *reckoning) leave(p *past, to string, at calendar.Instant) {
	from, known := r.place[p.stage]
	next, knownNext := r.place[to]
	if p.since != 0 && p.stage != "" && to != p.stage && (!known || !knownNext || next > from) {
		r.note(stuck, p.stage, p, days(p.since, at))
		r.counter.count(moved, p.owner, at)
	}
}

func (r *reckoning) end(p *past, o deals.Outcome, at calendar.Instant) {
	if o == deals.Won {
		if p.since != 0 && p.stage != "" {
			r.note(stuck, p.stage, p, days(p.since, at))
		}
		r.note(slipped, "", p, p.slips)
	}
	p.since, p.contact = 0, 0
}

// reprice counts by how many times an amount changed, up or down alike.
func (r *reckoning) reprice(p *past, f *deals.Fact) {
	if p.amount != nil && p.amount.Amount != nil && f.Amount != nil {
		if times, is := factor(p.amount.Amount.Minor, f.Amount.Minor); is && p.amount.Amount.Currency == f.Amount.Currency {
			r.note(jumped, "", p, times)
		}
	}
	p.amount = f
}

// factor is by how many times an amount grew or shrank; false for none.
func factor(from, to int64) (float64, bool) {
	if from <= 0 || to <= 0 || from == to {
		return 0, false
	}
	return math.Max(float64(from)/float64(to), float64(to)/float64(from)), true
}

// note puts a case in for the stage and segment, for the stage, and for all.
func (r *reckoning) note(rule rule, stage string, p *past, value float64) {
	keys := map[usualKey]bool{{Rule: rule}: true, {Rule: rule, Stage: stage}: true,
		{Rule: rule, Stage: stage, Segment: p.segment}: true}
	for key := range keys {
		s := r.samples[key]
		if s == nil {
			s = &sample{}
			r.samples[key] = s
		}
		s.add(p.id, value)
	}
}

// heard takes in the days on which a person recorded an activity, in their order.
func (r *reckoning) heard(person people.ID, on []calendar.Date) {
	s := &sample{}
	for i := 1; i < len(on); i++ {
		if gap := on[i-1].DaysUntil(on[i]); gap > 0 {
			s.add(string(on[i]), float64(gap))
		}
	}
	if len(s.values) > 0 {
		r.habits[person] = s
	}
}

// usual says what all that comes to.
func (r *reckoning) usual() []usual {
	var list []usual
	for key, s := range r.samples {
		list = append(list, s.usual(key))
	}
	for person, s := range r.habits {
		list = append(list, s.usual(usualKey{Rule: habit, Person: person}))
	}
	slices.SortFunc(list, func(a, b usual) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Person, b.Person))
	})
	return list
}
