package landmark

import (
	"milepost/forecasts/history"
)

// Reason is one thing that is known of a deal, and what it does to the deal's chance to
// be won within a time.
type Reason struct {
	Feature string // "stage", "clock", "age", ..., or the name of an attribute, a criterion, a milestone
	Group   string // "stage", "history", "profile", "activities", "rep", "triad", "milestones" or "calls"
	Known   bool
	Text    string  // what is known, where that is a text
	Number  float64 // what is known, where that is a number
	Level   int     // of a milestone or a criterion: how it stands
	Deals   int     // past deals of which the same was known
	Points  float64 // by how much it moves the chance: .05 is five points up
}

// Average is the open deals that a single one is told from, or a fair sample of them.
type Average struct{ of []standing }

// sampled is how many open deals stand for all of them.
const sampled = 150

// Average takes every so many-th of the open deals.
func (a *Asking) Average(open []history.OpenDeal) *Average {
	v := &Average{}
	step := max(1, (len(open)+sampled-1)/sampled)
	for i := 0; i < len(open); i += step {
		v.of = append(v.of, a.stands(a.sweeper.last(&open[i])))
	}
	return v
}

// Explain takes a deal's chance to be won within so many days apart. It begins with the
// average open deal, gives all of them what is known of this one, one thing after another
// in a fixed order, and notes how the mean chance moves: what the reasons add up to is
// the difference between this deal and the average, exactly (but for rounding). How much
// falls to each of two things that go together depends on the order; a reason says what
// goes with winning here, not what brings it about.
func (s *Sight) Explain(average *Average, days float64) (base float64, reasons []Reason) {
	m := s.asking.model
	before := 0.0
	s.lead(average, func(r *Reason, others []standing, moved bool) {
		if r == nil {
			base = m.mean(others, days)
			before = base
			return
		}
		if moved {
			now := m.mean(others, days)
			r.Points, before = now-before, now
		}
		reasons = append(reasons, *r)
	})
	return base, reasons
}

// lead makes others that stand like the average open deals, and gives all of them what is
// known of this one, one thing after another. It visits how they stand at first, without a
// reason, and after each thing; moved tells whether any of them changed.
func (s *Sight) lead(average *Average, visit func(r *Reason, others []standing, moved bool)) {
	m := s.asking.model
	others := make([]standing, len(average.of))
	for i, other := range average.of {
		others[i] = other.clone()
	}
	visit(nil, others, false)
	for f, feature := range m.features {
		moved := false
		for i := range others {
			moved = moved || others[i].levels[f+1] != s.levels[f+1]
			others[i].levels[f+1] = s.levels[f+1]
		}
		r := feature.tell(&s.seen, s.asking.sweeper.past)
		r.Deals = feature.deals[s.levels[f+1]]
		visit(&r, others, moved)
		if f == 0 { // the clock runs at the stage
			for i := range others {
				others[i].class = s.class
			}
			visit(&Reason{Feature: "clock", Group: "stage", Known: s.seen.clock >= 0, Number: s.seen.clock, Deals: m.clockDeals[s.class]}, others, true)
		}
	}
}

// mean is the mean chance of some standings.
func (m *Trained) mean(list []standing, days float64) float64 {
	sum := 0.0
	for _, s := range list {
		sum += m.won(s, days)
	}
	return sum / float64(max(len(list), 1))
}

// tell says what is known of a deal.
func (f *feature) tell(s *snapshot, p *history.Past) Reason {
	r := Reason{Feature: f.name, Group: f.group}
	switch {
	case f.label != nil:
		label := f.label(s)
		r.Known, r.Text = label != 0, p.Name(label)
	case f.number != nil:
		r.Number = f.number(s)
		r.Known = r.Number >= 0
	default:
		r.Level = f.level(s)
		r.Known = r.Level > 0
	}
	return r
}
