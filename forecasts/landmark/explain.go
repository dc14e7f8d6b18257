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

// standing is a deal as a model sees it.
type standing struct {
	levels []uint16
	class  int // of the clock
}

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

func (a *Asking) stands(s *snapshot) standing {
	levels := make([]uint16, 1, len(a.model.features)+1)
	for _, f := range a.model.features {
		levels = append(levels, f.of(s))
	}
	return standing{levels, a.model.cuts.clockClass(s.clock)}
}

// won is the chance of a standing to be won within a time.
func (m *Trained) won(s standing, days float64) float64 {
	curve := m.model.Append(nil, s.levels, m.track(s.levels[1], s.class))
	return m.Within(curve, days)[history.Won]
}

// Explain takes a deal's chance to be won within so many days apart. It begins with the
// average open deal, gives all of them what is known of this one, one thing after another
// in a fixed order, and notes how the mean chance moves: what the reasons add up to is
// the difference between this deal and the average, exactly (but for rounding). How much
// falls to each of two things that go together depends on the order; a reason says what
// goes with winning here, not what brings it about.
func (a *Asking) Explain(deal *history.OpenDeal, average *Average, days float64) (base float64, reasons []Reason) {
	m := a.model
	seen := a.sweeper.last(deal)
	mine := a.stands(seen)
	others := make([]standing, len(average.of))
	for i, s := range average.of {
		others[i] = standing{append([]uint16(nil), s.levels...), s.class}
	}
	mean := func() float64 {
		sum := 0.0
		for _, s := range others {
			sum += m.won(s, days)
		}
		return sum / float64(max(len(others), 1))
	}
	base = mean()
	before := base
	note := func(r Reason) {
		now := mean()
		r.Points, before = now-before, now
		reasons = append(reasons, r)
	}
	for f, feature := range m.features {
		for i := range others {
			others[i].levels[f+1] = mine.levels[f+1]
		}
		r := feature.tell(seen, a.sweeper.past)
		r.Deals = feature.deals[mine.levels[f+1]]
		note(r)
		if f == 0 { // the clock runs at the stage
			for i := range others {
				others[i].class = mine.class
			}
			note(Reason{Feature: "clock", Group: "stage", Known: seen.clock >= 0, Number: seen.clock, Deals: m.clockDeals[mine.class]})
		}
	}
	return base, reasons
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

// Next is a milestone that is not confirmed, and the chance if it were.
type Next struct {
	Milestone string
	Claimed   bool
	Deals     int     // past deals in which it was confirmed
	Chance    float64 // of being won within the time, if it were confirmed now
}

// Missing lists the milestones that a deal has not confirmed, with the chance that deals
// have that did: a recomputation, in which the clock begins anew; it tells what goes with
// winning, not what brings it about.
func (a *Asking) Missing(deal *history.OpenDeal, days float64) (list []Next) {
	m := a.model
	mine := a.stands(a.sweeper.last(deal))
	for f, feature := range m.features {
		if feature.group != groupMilestones || int(mine.levels[f+1]) >= int(history.Achieved) || feature.levels <= int(history.Achieved) {
			continue
		}
		then := standing{append([]uint16(nil), mine.levels...), 1}
		then.levels[f+1] = uint16(history.Achieved)
		list = append(list, Next{feature.name, mine.levels[f+1] == uint16(history.Claimed), feature.deals[history.Achieved], m.won(then, days)})
	}
	return list
}
