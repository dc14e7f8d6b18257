package forecasts

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"milepost/forecasts/landmark"
)

// Lever is one thing that may come to be known of an open deal next, and by how much it
// would move the deal's chance to be won within the horizon: a milestone that is
// confirmed, a criterion that is met, a claim that is found not to hold. It is what the
// model says of deals of which that was known, all else alike; not what would be brought
// about.
type Lever struct {
	Deal int // its place in the forecast
	What *What
	By   float64
}

// What is that which may come to be known; levers of many deals share it.
type What struct {
	Feature, Group string
	From, To       int
	Deals          int // past deals in which it stood so
}

// Falls tells whether it is a claim that is found not to hold.
func (w *What) Falls() bool { return w.To < w.From }

// TooFew tells whether too few past deals stood so to say anything.
func (w *What) TooFew() bool { return w.Deals < fewestAlike }

// fewestAlike is how many past deals must have stood like this before a page says what it
// comes to.
const fewestAlike = 10

// Levers lists what may come to be known of each open deal next, deal by deal; false while
// no generation has learned. It is worked out once for a forecast.
func (f *Forecast) Levers() ([]Lever, bool) {
	fit, learned := f.fitted[OfRecord(f.Methods)].(*trained)
	if !learned {
		return nil, false
	}
	return fit.levers(f), true
}

// levers asks on all cores, some deals each; every deal is asked by itself, so that what
// comes out does not depend on how many there are.
func (t *trained) levers(f *Forecast) []Lever {
	t.pulling.Do(func() {
		parts := make([][]Lever, max(1, runtime.GOMAXPROCS(0)))
		var work sync.WaitGroup
		for p := range parts {
			work.Go(func() { parts[p] = t.pull(f, p*len(f.Deals)/len(parts), (p+1)*len(f.Deals)/len(parts)) })
		}
		work.Wait()
		t.pulls = slices.Concat(parts...)
	})
	return t.pulls
}

// pull asks about the deals from one place to another.
func (t *trained) pull(f *Forecast, from, to int) (levers []Lever) {
	known := map[What]*What{}
	asking, ahead := t.model.Ask(f.past), f.stretch()
	for i := from; i < to; i++ {
		now := f.Odds[OfRecord(f.Methods)][0][i].Won
		asking.Look(&f.Deals[i]).Steps(ahead.Begins, ahead.Ends, func(s landmark.Step) {
			what := known[What{s.Feature, s.Group, s.From, s.To, s.Deals}]
			if what == nil {
				what = &What{s.Feature, s.Group, s.From, s.To, s.Deals}
				known[*what] = what
			}
			levers = append(levers, Lever{i, what, s.Chance - now})
		})
	}
	return levers
}

// weighed is a lever with what it comes to in the total, in minor units, or in deals where
// these have no amounts.
type weighed struct {
	Lever
	Gain float64
}

// weigh tells what levers come to, where a deal that is won is worth so much; NaN leaves
// the deal out.
func weigh(levers []Lever, worth []float64) (list []weighed) {
	for _, l := range levers {
		if gain := l.By * worth[l.Deal]; !math.IsNaN(gain) {
			list = append(list, weighed{l, gain})
		}
	}
	return list
}

// strongest lists those that would add most, or those whose fall would take most away.
// What too few past deals tell of is left out, and what hardly moves the chance.
func strongest(list []weighed, falls bool, most int) (chosen []weighed) {
	strength := func(w *weighed) float64 {
		if falls {
			return -w.Gain
		}
		return w.Gain
	}
	for i := range list {
		w := &list[i]
		if w.What.Falls() != falls || w.What.TooFew() || math.Abs(w.By) < worthSaying || !(strength(w) > 0) {
			continue
		}
		at := len(chosen)
		for at > 0 && strength(&chosen[at-1]) < strength(w) {
			at--
		}
		if at < most {
			chosen = slices.Insert(chosen[:min(len(chosen), most-1)], at, *w)
		}
	}
	return chosen
}

// summed is what is not shown of many deals, with what each alone would add, added up.
type summed struct {
	What
	Open int // deals that lack it
	Gain float64
}

// sumUp adds levers up by what they are, largest first.
func sumUp(list []weighed) (sums []summed) {
	parts := map[*What]*summed{}
	places := map[[2]string]*summed{}
	var order []*summed
	for _, w := range list {
		if w.What.Falls() {
			continue
		}
		part := parts[w.What]
		if part == nil {
			key := [2]string{w.What.Group, w.What.Feature}
			if part = places[key]; part == nil { // claimed, or not shown at all
				part = &summed{What: *w.What}
				places[key], order = part, append(order, part)
			}
			parts[w.What] = part
		}
		part.Open++
		part.Gain += w.Gain
	}
	for _, part := range order {
		sums = append(sums, *part)
	}
	slices.SortStableFunc(sums, func(a, b summed) int {
		return cmp.Or(cmp.Compare(b.Gain, a.Gain), cmp.Compare(a.Feature, b.Feature))
	})
	return sums
}
