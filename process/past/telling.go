package past

import (
	"cmp"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
	"milepost/process"
	"milepost/stats/proportions"
)

// Way is one deal's way through a process: when it first came to each milestone, in the
// order of the process; 0 where it did not.
type Way struct {
	Owner   people.ID
	Opened  calendar.Instant
	Outcome deals.Outcome // empty while it is open
	At      []calendar.Instant

	follows   bool // the process; the others ended without it
	elsewhere bool // it follows another one
	told      bool // its history names a milestone of the process
}

// came takes in when the deal was at a milestone; the first time counts.
func (w *Way) came(place int, at calendar.Instant, wide int) {
	if w.At == nil {
		w.At = make([]calendar.Instant, wide)
	}
	if w.At[place] == 0 || at < w.At[place] {
		w.At[place] = at
	}
}

// counting lists the ways that count. Where no history names a milestone of the process,
// histories tell of other things, and only deals that follow it count.
func counting(ways []Way) []*Way {
	known := slices.ContainsFunc(ways, func(w Way) bool { return w.told })
	list := make([]*Way, 0, len(ways))
	for i := range ways {
		if w := &ways[i]; w.At != nil && (w.follows || known) {
			list = append(list, w)
		}
	}
	return list
}

// scheme is what of a process matters for one of its milestones.
type scheme struct {
	place    int   // of the milestone
	before   []int // places of those that make the phase before
	required bool  // all of them have to be reached, and not any
	opening  bool  // there is nothing before: days count from the opening
}

func newScheme(d *process.Definition, id process.MilestoneID) (s scheme, is bool) {
	_, phase, is := d.Milestone(id)
	place := 0
	var all, required []int
	for i, p := range d.Phases {
		for _, m := range p.Milestones {
			if m.ID == id {
				s.place = place
			}
			if i == phase-1 {
				all = append(all, place)
				if m.Required {
					required = append(required, place)
				}
			}
			place++
		}
	}
	s.before, s.required, s.opening = all, len(required) > 0, len(all) == 0
	if s.required {
		s.before = required
	}
	return s, is
}

// began is when the deal reached the phase before, or was opened.
func (s *scheme) began(w *Way) (at calendar.Instant, is bool) {
	if s.opening {
		return w.Opened, true
	}
	for _, place := range s.before {
		reached := w.At[place]
		switch {
		case reached == 0 && s.required:
			return 0, false
		case reached != 0 && (at == 0 || s.required == (reached > at)):
			at = reached
		}
	}
	return at, at != 0
}

// last tells whether the deal came to nothing more after the milestone. Of what was
// reached at one instant, the later in the process counts as later.
func (s *scheme) last(w *Way) bool {
	for place, at := range w.At {
		if at > w.At[s.place] || at == w.At[s.place] && place > s.place {
			return false
		}
	}
	return true
}

// enough is how many deals it takes before a figure says anything.
const enough = 10

// patience is the part of the deals that came to a milestone whose time from the opening
// is waited for before a deal counts.
const patience = 0.9

// oldEnough is how long ago a deal must have been opened to count for how often the
// milestone is reached: nine in ten of those that came to it had done so by then.
func (s *scheme) oldEnough(ways []*Way) calendar.Instant {
	var took []calendar.Instant
	for _, w := range ways {
		if at := w.At[s.place]; at != 0 {
			took = append(took, max(at-w.Opened, 0))
		}
	}
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[int(math.Ceil(patience*float64(len(took))))-1]
}

// Share is a part of deals, with its interval of 95 % (Wilson).
type Share struct{ Hits, Of int }

// Said gives the share and its interval, in hundredths; false while there are too few.
func (s Share) Said() (share, low, high float64, said bool) {
	if s.Of < enough {
		return 0, 0, 0, false
	}
	low, high, _ = proportions.Wilson(s.Hits, s.Of, proportions.Z95)
	return float64(s.Hits) / float64(s.Of), low, high, true
}

// Telling is what deals say of a milestone.
type Telling struct {
	Reached Share     // of the deals that were old enough
	Days    []float64 // that it took, in order
	Ended   Share     // of the deals that came to it and ended: lost or given up with nothing reached after it
}

// byDays puts the ways in the order of the days that the milestone took, so that the
// days of any part of them come in order.
func (s *scheme) byDays(ways []*Way) []*Way {
	type timed struct {
		took calendar.Instant
		way  *Way
	}
	list := make([]timed, len(ways))
	for i, w := range ways {
		list[i].way = w
		if from, is := s.began(w); is && w.At[s.place] != 0 {
			list[i].took = w.At[s.place] - from
		}
	}
	slices.SortFunc(list, func(a, b timed) int { return cmp.Compare(a.took, b.took) })
	sorted := make([]*Way, len(list))
	for i := range list {
		sorted[i] = list[i].way
	}
	return sorted
}

func (t *Telling) take(w *Way, s *scheme, opened calendar.Instant) {
	at := w.At[s.place]
	if w.Opened <= opened {
		t.Reached.Of++
		if at != 0 {
			t.Reached.Hits++
		}
	}
	if at == 0 {
		return
	}
	if from, is := s.began(w); is && at >= from {
		t.Days = append(t.Days, at.Sub(from).Hours()/24)
	}
	if w.Outcome != "" {
		t.Ended.Of++
		if w.Outcome != deals.Won && s.last(w) {
			t.Ended.Hits++
		}
	}
}

// Quartiles are the days within which a quarter, a half and three quarters came, and the
// interval of 95 % of the median, from the order of the days alone (Conover 1999, 3.2).
func (t *Telling) Quartiles() (quarter, median, three, low, high float64, said bool) {
	n := len(t.Days)
	if n < enough {
		return 0, 0, 0, 0, 0, false
	}
	at := func(p float64) float64 { return t.Days[min(max(int(math.Ceil(p*float64(n)))-1, 0), n-1)] }
	half := proportions.Z95 * math.Sqrt(float64(n)) / 2
	from, to := int(math.Ceil(float64(n)/2-half))-1, int(math.Ceil(float64(n)/2+half))-1
	return at(.25), at(.5), at(.75), t.Days[max(from, 0)], t.Days[min(to, n-1)], true
}
