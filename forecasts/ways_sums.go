package forecasts

import (
	"milepost/forecasts/history"
	"milepost/people"
	"milepost/stats/totals"
)

// sums are draws by group: wins, and amounts in one currency.
type sums struct{ wins, minor [][]int64 }

func newSums(groups int, draws uint32) sums {
	s := sums{make([][]int64, groups), make([][]int64, groups)}
	for g := range groups {
		s.wins[g], s.minor[g] = make([]int64, draws), make([]int64, draws)
	}
	return s
}

// sum adds owners up by groups, from 1; 0 for those who are in none.
func (is *drawnAhead) sum(w *ways, x *exchange, groups int, group func(owner people.ID) int) sums {
	s := newSums(groups, is.draws)
	for part, owner := range w.owners {
		g := group(owner)
		if g == 0 {
			continue
		}
		add(s.wins[g-1], is.wins[part])
		for currency, minor := range is.money {
			if minor[part] != nil && x.at(currency) != nil {
				add(s.minor[g-1], minor[part])
			}
		}
	}
	return s
}

// sumDeals adds deals up by groups that are not made of owners.
func (w *ways) sumDeals(f *Forecast, x *exchange, groups int, group func(i int) int) (sums, error) {
	plan := f.openPlan(w, groups, group)
	x.price(f, plan)
	if w.byDeal == nil {
		drawn, err := plan.Ways()
		if err != nil {
			return sums{}, err
		}
		w.byDeal = drawn
		w.bytes += drawn.Bytes()
	}
	wins, minor := w.byDeal.Sum(plan.Items, groups)
	return sums{wins, minor}, nil
}

// comingKey is what a drawn number of deals to come belongs to: how many days ahead, and
// where its random numbers are.
type comingKey struct {
	ahead Horizon
	id    uint64
}

// addComing adds to sums the deals that do not exist yet, shared among the groups as the
// deals are that came lately.
func (w *ways) addComing(f *Forecast, to sums, ahead Horizon, x *exchange, like func(history.Label) []int) error {
	coming := x.coming(f)
	if coming == nil || len(to.wins) == 0 {
		return nil
	}
	plan := &totals.Plan{Tree: totals.Tree{-1}, Groups: len(to.wins), Learner: totals.New(), Seed: drawSeed, Draws: uint32(len(to.wins[0]))}
	plan.New = coming.plan(Stretch{f.stretch().Begins, daysAhead(f.past, ahead)}, like)
	for i := range plan.New {
		new := &plan.New[i]
		key := comingKey{ahead, new.ID}
		if w.many[key] == nil {
			var err error
			if w.many[key], err = new.Count(plan.Seed, plan.Draws); err != nil {
				return err
			}
			w.bytes += 8 * int(plan.Draws)
		}
		new.Many = w.many[key]
	}
	drawn, err := plan.Draw()
	if err != nil {
		return err
	}
	for g := range to.wins {
		add(to.wins[g], drawn.GroupWins[g])
		add(to.minor[g], drawn.GroupAmount[g])
	}
	return nil
}

// like are the groups, from 1, of the deals that came lately, 0 for none: those to come
// will be such as these.
func (w *ways) like(f *Forecast, group func(deal int32, owner people.ID) int) []int {
	coming := f.taught.coming
	if coming == nil {
		return nil
	}
	if w.lately == nil {
		w.lately = []lateDeal{}
		for _, name := range coming.recent {
			if deal, is := f.past.Named(name); is {
				w.lately = append(w.lately, lateDeal{deal, people.ID(f.past.Person(f.past.Describe(deal).Owner))})
			}
		}
	}
	list := make([]int, len(w.lately))
	for i, late := range w.lately {
		list[i] = group(late.deal, late.owner)
	}
	return list
}

// lateDeal is a deal that came lately, by its number in the forecast's log.
type lateDeal struct {
	deal  int32
	owner people.ID
}
