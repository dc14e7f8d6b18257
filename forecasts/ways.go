package forecasts

import (
	"slices"
	"sync"

	"milepost/forecasts/history"
	"milepost/money"
	"milepost/people"
	"milepost/stats/totals"
)

// ways are the thousands of ways how the open deals of a forecast may turn out. They are
// drawn when somebody looks first, and kept with the forecast for all who look after: in
// which way a deal is won is the same for everyone. What anyone is shown are sums of them
// over the owners whom the looker may see, and those are nobody else's.
type ways struct {
	turn   sync.Mutex
	staff  staffing
	owners []people.ID // by part of the staffing less one
	moneys []history.Label
	ahead  map[aheadKey]*drawnAhead
	byDeal *totals.Ways
	many   map[comingKey][]int64
	lately []lateDeal
	bytes  int // that all this takes
}

// aheadKey is how many days ahead, and into which currency amounts were exchanged before
// they were added up; empty where none were.
type aheadKey struct {
	days Horizon
	in   money.Currency
}

// drawnAhead is what was drawn for so many days ahead, by owner. Nothing is there for an
// owner without deals in a currency.
type drawnAhead struct {
	draws uint32
	wins  [][]int64
	money map[history.Label][][]int64
}

func (f *Forecast) newWays() *ways {
	w := &ways{staff: f.staffing(), moneys: f.moneys(), ahead: map[aheadKey]*drawnAhead{}, many: map[comingKey][]int64{}}
	w.owners = make([]people.ID, len(w.staff.names))
	for i, part := range w.staff.part {
		w.owners[part-1] = people.ID(f.past.Person(f.Deals[i].Owner))
	}
	return w
}

// drawn are the ways of a forecast; work has them to itself, so that two who look at once
// wait for one drawing.
func (f *Forecast) drawn(work func(w *ways) error) error {
	w := f.ways.Load()
	for w == nil {
		f.ways.CompareAndSwap(nil, f.newWays())
		w = f.ways.Load()
	}
	w.turn.Lock()
	defer w.turn.Unlock()
	err := work(w)
	if f.shelf != nil {
		f.shelf.put(f, w.bytes)
	}
	return err
}

// openPlan is the plan of the open deals; group tells in which of some groups a deal is.
func (f *Forecast) openPlan(w *ways, groups int, group func(i int) int) *totals.Plan {
	return f.plan(OfRecord(f.Methods), 0, f.taught.course.at(f.Horizons[0]), &w.staff, groups, group)
}

// at draws the open deals for so many days ahead, by owner and currency, with amounts as
// they are exchanged; chance gives a deal's, and is asked for only where it was not drawn yet.
func (w *ways) at(f *Forecast, x *exchange, ahead Horizon, draws uint32, chance func() func(i int) float64) (*drawnAhead, error) {
	key := aheadKey{ahead, x.into(w.moneys)}
	if is := w.ahead[key]; is != nil && is.draws == draws {
		return is, nil
	}
	plan := w.byMoney(f)
	if plan.Draws = draws; key.in != "" {
		x.price(f, plan)
	}
	if chance != nil {
		of := chance()
		for i := range plan.Items {
			plan.Items[i].Chance = of(i)
		}
	}
	drawn, err := plan.Draw()
	if err != nil {
		return nil, err
	}
	is := &drawnAhead{draws: draws, wins: drawn.Wins[1:], money: map[history.Label][][]int64{}}
	for k, currency := range w.moneys {
		is.money[currency] = make([][]int64, len(w.owners))
		for part := range w.owners {
			minor := drawn.Amount[part+1]
			if plan.Groups > 0 {
				minor = drawn.GroupAmount[part*len(w.moneys)+k]
			}
			if slices.ContainsFunc(minor, func(v int64) bool { return v != 0 }) {
				is.money[currency][part] = minor
				w.bytes += 8 * len(minor)
			}
		}
	}
	w.bytes += 8 * int(draws) * len(is.wins)
	w.ahead[key] = is
	return is, nil
}

// byMoney is the plan of the open deals with a group for each owner and currency; where
// there is one currency only, the owners' parts are enough.
func (w *ways) byMoney(f *Forecast) *totals.Plan {
	moneys := len(w.moneys)
	if moneys < 2 {
		return f.openPlan(w, 0, func(int) int { return 0 })
	}
	return f.openPlan(w, len(w.owners)*moneys, func(i int) int {
		at := slices.Index(w.moneys, f.Deals[i].Currency)
		if at < 0 {
			return 0
		}
		return (w.staff.part[i]-1)*moneys + at + 1
	})
}
