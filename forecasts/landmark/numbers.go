package landmark

import (
	"cmp"
	"slices"

	"milepost/forecasts/history"
)

// numbers are what a business calls things, counted.
type numbers struct {
	milestones, criteria, attributes map[history.Label]int
	names                            [3][]history.Label        // of the three, in that order
	median                           map[history.Label]float64 // amount of a deal, by currency
	unused                           int                       // names that are too many to be looked at
}

func newSweeper(p *history.Past, only func(int32) bool) *sweeper {
	w := &sweeper{past: p, only: only}
	w.milestones, w.criteria, w.attributes = map[history.Label]int{}, map[history.Label]int{}, map[history.Label]int{}
	amounts, told := map[history.Label][]int64{}, [3]map[history.Label]int{{}, {}, {}}
	w.each(func(deal int32) {
		facts := p.Facts(deal)
		for j := range facts {
			switch f := &facts[j]; f.Kind {
			case history.Milestone:
				told[0][f.Label]++
				w.number(0, w.milestones, f.Label)
			case history.Criterion:
				told[1][f.Label]++
				w.number(1, w.criteria, f.Label)
			case history.Attribute:
				told[2][history.Label(f.Value)]++
				w.number(2, w.attributes, history.Label(f.Value))
			case history.Amount:
				amounts[f.Label] = append(amounts[f.Label], f.Value)
			}
		}
	})
	for kind, known := range []map[history.Label]int{w.milestones, w.criteria, w.attributes} {
		w.keep(kind, known, told[kind])
	}
	w.median = map[history.Label]float64{}
	for currency, list := range amounts {
		w.median[currency] = history.Median(list)
	}
	return w
}

func (w *sweeper) number(kind int, known map[history.Label]int, label history.Label) {
	if _, has := known[label]; !has {
		known[label] = len(known)
		w.names[kind] = append(w.names[kind], label)
	}
}

// keep numbers only the names that are told of most, where there are too many.
func (w *sweeper) keep(kind int, known, told map[history.Label]int) {
	names := w.names[kind]
	if len(names) <= mostNames {
		return
	}
	w.unused += len(names) - mostNames
	slices.SortFunc(names, func(a, b history.Label) int {
		return cmp.Or(cmp.Compare(told[b], told[a]), cmp.Compare(w.past.Name(a), w.past.Name(b)))
	})
	clear(known)
	w.names[kind] = nil
	for _, label := range names[:mostNames] {
		w.number(kind, known, label)
	}
}
