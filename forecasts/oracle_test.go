package forecasts

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
)

// The oracle works the definitions out word by word: for every deal and every
// snapshot it reads all facts anew. It is slow and plain, and shares no code with
// the arithmetic on stays.
type oracle struct {
	w     *tiny
	asOf  calendar.Instant
	deals []string
	ranks map[string]int // set where milestones stand for stages
}

// standing is how a deal stood at an instant: there or not, ended how and since
// when, and where.
func (o *oracle) standing(deal string, s calendar.Instant) (exists bool, cause Cause, stage string) {
	var known []told
	for _, f := range o.w.facts {
		if f.deal == deal && f.Recorded < s && f.Effective < s {
			known = append(known, f)
		}
	}
	slices.SortFunc(known, func(a, b told) int {
		return cmp.Or(cmp.Compare(a.Effective, b.Effective), cmp.Compare(a.Sequence, b.Sequence))
	})
	held := map[string]int64{}
	for _, f := range known {
		switch f.kind {
		case Created:
			exists = true
		case Outcome:
			cause = Cause(f.Value)
		case Reopened:
			cause = Open
		case Stage:
			stage = f.text
		case Milestone:
			held[f.text] = f.Value
		}
	}
	for name, value := range held {
		if o.ranks != nil && value != Revoked && o.ranks[name] > o.ranks[stage] {
			stage = name
		}
	}
	return exists, cause, stage
}

// endedAt is the instant from which on a deal has stood as it does as of asOf.
func (o *oracle) endedAt(deal string, cause Cause) calendar.Instant {
	var instants []calendar.Instant
	for _, f := range o.w.facts {
		if at := max(f.Recorded, f.Effective); f.deal == deal && at < o.asOf {
			instants = append(instants, at)
		}
	}
	slices.Sort(instants)
	since := calendar.Instant(-1)
	for _, at := range instants {
		if _, was, _ := o.standing(deal, at+1); was != cause {
			since = -1
		} else if since < 0 {
			since = at
		}
	}
	return since
}

func midnight(d Day, place *time.Location) calendar.Instant {
	return calendar.Date("1970-01-01").AddDays(int(d)).Midnight(place)
}

func (o *oracle) yield(p *Past, h Horizon) map[string]*yield {
	found := map[string]*yield{}
	for d := p.Today() - Day(h); d > p.Today()-1200; d-- {
		if int(p.Today()-d)%p.Step() != 0 {
			continue
		}
		then, after := midnight(d, o.w.place), midnight(d+Day(h), o.w.place)
		for _, deal := range o.deals {
			exists, cause, stage := o.standing(deal, then)
			if !exists || cause != Open {
				continue
			}
			if found[stage] == nil {
				found[stage] = &yield{}
			}
			found[stage].snapshots++
			if _, ended, _ := o.standing(deal, after); ended != Open {
				found[stage].ended[ended]++
			}
		}
	}
	return found
}

func (o *oracle) closed(p *Past) map[string]*closedSeen {
	found := map[string]*closedSeen{}
	for _, deal := range o.deals {
		_, cause, _ := o.standing(deal, o.asOf)
		if cause == Open {
			continue
		}
		firsts := map[string]Day{}
		for d := p.Today(); d > p.Today()-1200; d -= Day(p.Step()) {
			if exists, ended, stage := o.standing(deal, midnight(d, o.w.place)); exists && ended == Open {
				firsts[stage] = d
			}
		}
		for stage, d := range firsts {
			if found[stage] == nil {
				found[stage] = &closedSeen{}
			}
			found[stage].add(cause, int64(o.endedAt(deal, cause)-midnight(d, o.w.place)))
		}
	}
	return found
}

func TestArithmeticAgreesWithEnumeration(t *testing.T) {
	for seed := range uint64(16) {
		w := wild(seed, place(t, "Europe/Amsterdam"), seed%4 != 1)
		log := w.log()
		for _, day := range []float64{25, 47.3, 140, 700} {
			o := &oracle{w: w, asOf: w.at(day)}
			for _, f := range w.facts {
				if !slices.Contains(o.deals, f.deal) {
					o.deals = append(o.deals, f.deal)
				}
			}
			p := log.Before(o.asOf)
			for label, rank := range p.MilestoneRanks() {
				if o.ranks == nil {
					o.ranks = map[string]int{}
				}
				o.ranks[log.Name(label)] = rank
			}
			compare(t, fmt.Sprintf("seed %d day %v step %d", seed, day, p.Step()), log, o, p)
		}
	}
}

func compare(t *testing.T, what string, log *Log, o *oracle, p *Past) {
	t.Helper()
	for _, h := range []Horizon{1, 7, 30} {
		got, want := PastYield{}.Fit(p, []Horizon{h}).(*yields), o.yield(p, h)
		for label := range Label(p.Labels()) {
			name := log.Name(label)
			expected := yield{}
			if want[name] != nil {
				expected = *want[name]
			}
			if got.table[label] != expected {
				t.Fatalf("%s, %v, stage %q: counted %+v, enumerated %+v", what, h, name, got.table[label], expected)
			}
		}
		fit, seen := StageWeighted{}.Fit(p, []Horizon{h}).(*shares), o.closed(p)
		for label := range Label(p.Labels()) {
			name := log.Name(label)
			switch odds := fit.table[label]; {
			case (odds == nil) != (seen[name] == nil):
				t.Fatalf("%s, stage %q: seen %v, enumerated %v", what, name, odds != nil, seen[name] != nil)
			case odds != nil && odds[0] != seen[name].odds([]Horizon{h})[0]:
				t.Fatalf("%s, %v, stage %q: %+v, enumerated %+v", what, h, name, odds[0], seen[name].odds([]Horizon{h})[0])
			}
		}
	}
}
