package forecasts

import (
	"cmp"
	"maps"
	"slices"

	"milepost/forecasts/history"
	"milepost/stats/draws"
	"milepost/stats/totals"
)

// Spread is what is said of one total: its median, and the ranges that hold it in 50, 80
// and 95 of a hundred cases, ends included. Amounts are in minor units.
type Spread struct {
	Median int64    `json:"median"`
	Half   [2]int64 `json:"50"`
	Most   [2]int64 `json:"80"`
	Nearly [2]int64 `json:"95"`
}

func spreadOf(drawn []int64) Spread {
	s, _ := totals.Summarize(drawn)
	return Spread{s.Median, [2]int64{s.Half.Low, s.Half.High}, [2]int64{s.Most.Low, s.Most.High}, [2]int64{s.Nearly.Low, s.Nearly.High}}
}

// WinsAndMoney is a total of wins, and of what they are worth by currency.
type WinsAndMoney struct {
	Wins       Spread          `json:"wins"`
	ByCurrency Ordered[Spread] `json:"by_currency"`
}

// Spreads are the ranges of a total within a horizon: of what is open, and with what does
// not exist yet, which is said of the company only.
type Spreads struct {
	Open    WinsAndMoney  `json:"open"`
	WithNew *WinsAndMoney `json:"with_new,omitempty"`
}

// Ranges are those of a forecast by one method, by horizon; owners as in Totals.
type Ranges struct {
	Company Ordered[Spreads]          `json:"company"`
	Owners  Ordered[Ordered[Spreads]] `json:"owners"`
}

// drawSeed is where the random numbers begin. It is always the same: two forecasts of one
// deal then differ by what is known of it, and not by luck.
const drawSeed = 1

// plan is what a method's chances are added up by: the company and its owners. Group
// tells in which of some groups a deal is, by its place, from 1; 0 for none.
func (f *Forecast) plan(method, horizon int, p *pupil, staff *staffing, groups int, group func(i int) int) *totals.Plan {
	plan := &totals.Plan{Tree: staff.tree, Groups: groups, Learner: p.learner, Seed: drawSeed, Draws: rangeDraws, Ratios: totals.Ratios([][]float64{p.grown})}
	for i := range f.Deals {
		d := &f.Deals[i]
		plan.Items = append(plan.Items, totals.Item{ID: staff.item[i], Part: staff.part[i], Group: group(i), Chance: rounded(f.Odds[method][horizon][i].Won),
			Amount: min(max(d.Amount, 0), totals.MostAmount)})
	}
	return plan
}

// ranges adds up what one method says, within some draws, by what a course has taught.
func (f *Forecast) ranges(method int, c *course, coming *Arrivals, draws uint32) (*Ranges, error) {
	staff := f.staffing()
	r := &Ranges{Company: Ordered[Spreads]{}, Owners: Ordered[Ordered[Spreads]]{}}
	for j := range f.Horizons {
		if err := f.rangesAt(r, &staff, method, j, c, coming, draws); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// moneys are the currencies of the open deals, by name.
func (f *Forecast) moneys() []history.Label {
	seen := map[history.Label]bool{}
	for i := range f.Deals {
		seen[f.Deals[i].Currency] = true
	}
	delete(seen, 0)
	return slices.SortedFunc(maps.Keys(seen), func(a, b history.Label) int { return cmp.Compare(f.Name(a), f.Name(b)) })
}

func (f *Forecast) rangesAt(r *Ranges, staff *staffing, method, j int, c *course, coming *Arrivals, draws uint32) error {
	moneys := f.moneys()
	plan := f.plan(method, j, c.at(f.Horizons[j]), staff, (len(staff.tree)-1)*len(moneys), func(i int) int {
		at := slices.Index(moneys, f.Deals[i].Currency)
		if at < 0 {
			return 0
		}
		return (staff.part[i]-1)*len(moneys) + at + 1
	})
	plan.Draws = draws
	drawn, err := plan.Draw()
	if err != nil {
		return err
	}
	whole, byMoney := WinsAndMoney{Wins: spreadOf(drawn.Wins[0]), ByCurrency: Ordered[Spread]{}}, make([][]int64, len(moneys))
	for k := range moneys {
		byMoney[k] = make([]int64, draws)
		for part := range len(staff.tree) - 1 {
			add(byMoney[k], drawn.GroupAmount[part*len(moneys)+k])
		}
		whole.ByCurrency = append(whole.ByCurrency, Named[Spread]{f.Name(moneys[k]), spreadOf(byMoney[k])})
	}
	all, err := f.withNew(drawn.Wins[0], moneys, byMoney, coming, j)
	if err != nil {
		return err
	}
	name := f.Horizons[j].String()
	r.Company = append(r.Company, Named[Spreads]{name, Spreads{whole, all}})
	for part, owner := range staff.names {
		own := WinsAndMoney{Wins: spreadOf(drawn.Wins[part+1]), ByCurrency: Ordered[Spread]{}}
		for k := range moneys {
			own.ByCurrency = append(own.ByCurrency, Named[Spread]{f.Name(moneys[k]), spreadOf(drawn.GroupAmount[part*len(moneys)+k])})
		}
		if j == 0 {
			r.Owners = append(r.Owners, Named[Ordered[Spreads]]{Name: owner})
		}
		r.Owners[part].Value = append(r.Owners[part].Value, Named[Spreads]{name, Spreads{Open: own}})
	}
	return nil
}

// withNew adds what does not exist yet to draws of what does; nil where nobody can say.
func (f *Forecast) withNew(wins []int64, moneys []history.Label, amounts [][]int64, coming *Arrivals, j int) (*WinsAndMoney, error) {
	if coming == nil {
		return nil, nil
	}
	plan := &totals.Plan{Tree: totals.Tree{-1}, Groups: len(moneys), Learner: totals.New(), Seed: drawSeed, Draws: uint32(len(wins))}
	plan.New = coming.plan(Stretch{Ends: f.days(j)}, func(currency history.Label) []int {
		return []int{slices.Index(moneys, currency) + 1}
	})
	drawn, err := plan.Draw()
	if err != nil {
		return nil, err
	}
	add(drawn.Wins[0], wins)
	all := &WinsAndMoney{Wins: spreadOf(drawn.Wins[0]), ByCurrency: Ordered[Spread]{}}
	for k := range moneys {
		add(drawn.GroupAmount[k], amounts[k])
		all.ByCurrency = append(all.ByCurrency, Named[Spread]{f.Name(moneys[k]), spreadOf(drawn.GroupAmount[k])})
	}
	return all, nil
}

// days is how long a horizon is, in days of 24 hours.
func (f *Forecast) days(j int) float64 { return daysAhead(f.past, f.Horizons[j]) }

func daysAhead(past *history.Past, h Horizon) float64 {
	return float64(later(past.AsOf(), h, past.Place())-past.AsOf()) / float64(history.DayMillis)
}

func add(to, more []int64) {
	for i := range to {
		to[i] += more[i]
	}
}

// item is where the random numbers of a deal are.
func item(d *history.OpenDeal) uint64 { return draws.Item(cmp.Or(d.External, d.ID)) }
