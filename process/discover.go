package process

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/deals"
)

// Trace is one deal of a history: when it was opened, how it ended, and when it first
// reached what the history has a label for, in the order in which it did.
type Trace struct {
	Opened  calendar.Instant
	Outcome deals.Outcome // empty while it is open
	Reached []Reach
}

// Reach is the first time at which a deal reached something.
type Reach struct {
	Label string
	At    calendar.Instant
}

func (t *Trace) at(label string) (calendar.Instant, bool) {
	i := slices.IndexFunc(t.Reached, func(r Reach) bool { return r.Label == label })
	if i < 0 {
		return 0, false
	}
	return t.Reached[i].At, true
}

// Found is what a history says about one label.
type Found struct {
	Label    string
	Deals    int     // that reached it
	Share    float64 // of the deals that were won
	Sure     float64 // of the won deals that went further, or of all for the last one
	Further  int     // how many those are
	Required bool
	Leads    bool    // two in three won deals have it: it may begin a phase
	Days     float64 // median, from reaching the phase before, or opening the deal
	Timed    int     // deals that Days rests on
	Phase    int     // place in the phases; 0 is the one in which deals begin
}

// The bounds of the rule, as the documentation says them.
const (
	fewWon      = 10     // below it, shares are those of all deals with any label
	leading     = 2. / 3 // of won deals have what begins a phase
	nearlyAll   = 0.9    // of won deals that went further have what is required
	leftBehind  = 0.2    // of the deals do not come along to a phase of its own
	dayApart    = 1.     // or it takes as long as this
	phasesFound = 5      // beside the one in which deals begin
	fewestTimed = 5      // below it, typical days are not known
	mostLabels  = 60     // the most frequent ones
)

// Discover finds the milestones of a history and the phases that they fall into. Labels
// come in the order in which deals typically first reach them. A phase begins with a
// label that most won deals have, where a deal takes a day or more to come from the one
// before, or one deal in five does not come along; where that makes too many phases, those
// that lie closest in time are one. What is seen in nearly every won deal that went
// further is required.
func Discover(traces []Trace) []Found {
	reached := map[string]int{}
	var ways [][]string
	for i := range traces {
		var way []string
		for _, r := range traces[i].Reached {
			reached[r.Label]++
			way = append(way, r.Label)
		}
		ways = append(ways, way)
	}
	var labels []string
	for label := range reached {
		labels = append(labels, label)
	}
	slices.SortFunc(labels, func(a, b string) int { return cmp.Or(cmp.Compare(reached[b], reached[a]), cmp.Compare(a, b)) })
	labels = deals.InTypicalOrder(labels[:min(len(labels), mostLabels)], ways)
	judged := judgedBy(traces)
	list := make([]Found, len(labels))
	for i, label := range labels {
		list[i] = Found{Label: label, Deals: reached[label]}
		list[i].Share = share(judged, label)
		list[i].Leads = list[i].Share >= leading
	}
	for i := range list {
		list[i].require(judged, list[i+1:])
	}
	intoPhases(list, traces)
	timed(list, traces)
	return list
}

// judgedBy is the deals that shares are of: the won ones, if they are enough to say.
func judgedBy(traces []Trace) []Trace {
	won := slices.DeleteFunc(slices.Clone(traces), func(t Trace) bool { return t.Outcome != deals.Won || len(t.Reached) == 0 })
	if len(won) >= fewWon {
		return won
	}
	return slices.DeleteFunc(slices.Clone(traces), func(t Trace) bool { return len(t.Reached) == 0 })
}

func share(traces []Trace, label string) float64 {
	with := 0
	for i := range traces {
		if _, has := traces[i].at(label); has {
			with++
		}
	}
	return float64(with) / float64(max(len(traces), 1))
}

// require tells whether deals that went further have the label nearly always. Further is
// any later label that may begin a phase.
func (f *Found) require(judged []Trace, later []Found) {
	last := !slices.ContainsFunc(later, func(g Found) bool { return g.Leads })
	further := slices.DeleteFunc(slices.Clone(judged), func(t Trace) bool {
		return !last && !slices.ContainsFunc(later, func(g Found) bool { _, has := t.at(g.Label); return g.Leads && has })
	})
	f.Further, f.Sure = len(further), share(further, f.Label)
	f.Required = f.Leads && f.Further >= fewWon && f.Sure >= nearlyAll
}

// intoPhases says where each label falls. One that leads nowhere stays with those before.
func intoPhases(list []Found, traces []Trace) {
	type border struct {
		at   int // the first label of the phase
		days float64
	}
	var borders []border
	before := -1
	for i := range list {
		if !list[i].Leads {
			continue
		}
		if before < 0 {
			borders = append(borders, border{at: i})
		} else if days, lost := apart(traces, list[before].Label, list[i].Label); days >= dayApart || lost >= leftBehind {
			borders = append(borders, border{i, days})
		}
		before = i
	}
	for len(borders) > phasesFound {
		least := 1
		for i := 2; i < len(borders); i++ {
			if borders[i].days < borders[least].days {
				least = i
			}
		}
		borders = slices.Delete(borders, least, least+1)
	}
	phase := 1
	for i := range list {
		if phase < len(borders) && borders[phase].at == i {
			phase++
		}
		list[i].Phase = phase
	}
}

// apart is how many days typically lie between two labels, and what part of the deals
// that reached the first never reach the second. Deals that are still open may yet.
func apart(traces []Trace, a, b string) (days, lost float64) {
	var took []float64
	ended, behind := 0, 0
	for i := range traces {
		from, hasA := traces[i].at(a)
		to, hasB := traces[i].at(b)
		switch {
		case hasA && hasB:
			took = append(took, inDays(from, to))
			ended++
		case hasA && traces[i].Outcome != "":
			behind++
			ended++
		}
	}
	return median(took), float64(behind) / float64(max(ended, 1))
}

// timed finds how long each label typically takes, from reaching the phase before: from
// the last of its required labels or, where it requires none, the first that was reached.
func timed(list []Found, traces []Trace) {
	for i := range list {
		var took []float64
		for j := range traces {
			to, has := traces[j].at(list[i].Label)
			from, began := traces[j].reachedPhase(list, list[i].Phase-1)
			if has && began && to >= from {
				took = append(took, inDays(from, to))
			}
		}
		list[i].Days, list[i].Timed = median(took), len(took)
	}
}

// reachedPhase is when a deal reached a phase; phase 0 is where it is opened.
func (t *Trace) reachedPhase(list []Found, phase int) (at calendar.Instant, is bool) {
	if phase == 0 {
		return t.Opened, true
	}
	required := slices.ContainsFunc(list, func(f Found) bool { return f.Phase == phase && f.Required })
	for _, f := range list {
		if f.Phase != phase || required && !f.Required {
			continue
		}
		reached, has := t.at(f.Label)
		switch {
		case !has && required:
			return 0, false
		case has && (!is || required == (reached > at)):
			at, is = reached, true
		}
	}
	return at, is
}

func inDays(from, to calendar.Instant) float64 { return to.Sub(from).Hours() / 24 }

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
