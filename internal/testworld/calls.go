package testworld

import (
	"context"
	"math"

	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// callStream is where calls are drawn, apart from everything else.
const callStream = 71

const (
	sandbaggerName = "Tuomas Lehto" // promises little, and always brings more
	optimistName   = "Giulia Ferraro"
)

// habit is how somebody calls: their promise is what they expect times Lean; Wide is the
// spread of the logarithm; Late is in which week of the quarter they begin; Skips is the
// share of weeks without a call.
type habit struct {
	Lean, Wide float64
	Late       int
	Skips      float64
}

// habitOf is how a rep calls: most a little too high, and three as the story has it.
func habitOf(c chance, m *member) habit {
	h := habit{Lean: math.Exp(.05 + .12*c.NormFloat64()), Wide: .14, Skips: .06}
	switch m.name {
	case sandbaggerName:
		h = habit{Lean: .62, Wide: .1, Skips: .02}
	case optimistName:
		h = habit{Lean: 1.5, Wide: .16, Skips: .04}
	case strugglingName:
		h = habit{Lean: 1.25, Wide: .55, Late: 4, Skips: .35}
	}
	return h
}

// caller draws the calls that the company gave, week by week.
type caller struct {
	*world
	chance
	habits map[*member]habit
	wins   map[*member][]win
	usual  map[*member]float64 // what a rep wins in a quarter, in the team's money
}

// win is a deal that is won, told or not, with its owner then.
type win struct {
	day   int
	minor int64
}

// call lets each rep and each manager call the quarters since the opening, on Mondays.
func (w *world) call() {
	c := &caller{w, newChance(w.options.Seed, callStream), map[*member]habit{}, map[*member][]win{}, map[*member]float64{}}
	for _, m := range w.cast.reps {
		c.habits[m] = habitOf(c.chance, m)
	}
	c.gatherWins()
	fiscal := calendar.Fiscal{Start: 1}
	for day := w.time.opening + 7; day <= w.time.today; day++ {
		if w.time.dates[day].Time().Weekday() == 1 {
			c.monday(day, fiscal.Quarter(w.time.dates[day]))
		}
	}
}

// gatherWins finds what each rep wins, in the money of the rep's team, and how much of it
// is usual in a quarter.
func (c *caller) gatherWins() {
	for _, p := range c.deals {
		owner := p.ownerThen(p.closed())
		if p.outcome == deals.Won && p.worth.Currency == teamNamed(owner.team).currency {
			c.wins[owner] = append(c.wins[owner], win{p.closed(), p.worth.Minor})
			if p.closed() >= c.time.opening && p.closed() <= c.time.today {
				c.usual[owner] += float64(p.worth.Minor) * 91 / recordDays
			}
		}
	}
}

// expects is what a rep thinks on a day that a quarter comes to: what is booked, and of
// the rest a mixture of the usual and of what they sense of their deals, the nearer the
// end the more of that.
func (c *caller) expects(m *member, day int, q calendar.Period) float64 {
	from, until := c.time.day(q.From), c.time.day(q.Until)
	booked, rest := 0.0, 0.0
	for _, w := range c.wins[m] {
		switch {
		case w.day >= from && w.day < day:
			booked += float64(w.minor)
		case w.day >= day && w.day < until:
			rest += float64(w.minor)
		}
	}
	left := float64(until-day) / float64(until-from)
	return booked + (1-left)*rest + left*left*c.usual[m]
}

// monday is one round of calls: the reps in the morning, then their managers, the
// directors and the head of sales.
func (c *caller) monday(day int, q calendar.Period) {
	sums := map[*member]map[money.Currency]float64{}
	promise := func(to *member, in money.Currency, minor float64) {
		if sums[to] == nil {
			sums[to] = map[money.Currency]float64{}
		}
		sums[to][in] += minor
	}
	minute := 9 * 60
	for _, m := range c.cast.reps {
		h, week := c.habits[m], c.time.day(q.From)
		skips, wide := c.is(h.Skips), c.NormFloat64()
		if !c.cast.here(m, day) {
			continue
		}
		t := c.cast.teamOn(m, day)
		expected := c.expects(m, day, q)
		promise(c.cast.managerOf(t, day), t.currency, expected)
		if skips || (day-week)/7 < h.Late {
			continue
		}
		minute += 2
		commit := expected * h.Lean * math.Exp(h.Wide*wide)
		c.gives(m.id, calls.Own, day, minute+t.offset, q, t.currency, commit, 1.15+.25*math.Abs(wide))
	}
	c.above(day, q, sums)
}

// above lets those who lead call, a level after the other: each trusts their own view of
// the deals more than the sum of what was promised, and keeps a little back.
func (c *caller) above(day int, q calendar.Period, sums map[*member]map[money.Currency]float64) {
	up := func(from *member, to string, keep float64, minute int) {
		for _, in := range []money.Currency{euro, "GBP", "USD"} {
			expected, is := sums[from][in]
			if !is {
				continue
			}
			commit := expected * keep * math.Exp(.07*c.NormFloat64())
			c.gives(from.id, calls.Team, day, minute, q, in, commit, 1.12)
			if above := c.cast.byName[to]; above != nil {
				if sums[above] == nil {
					sums[above] = map[money.Currency]float64{}
				}
				sums[above][in] += expected
			}
		}
	}
	for i := range teams {
		up(c.cast.managerOf(&teams[i], day), teams[i].director, .97, 15*60+6*i)
	}
	for i, director := range []string{"Marcus Oyelaran", "Carla Benedetti"} {
		up(c.cast.byName[director], headName, .98, 16*60+20+7*i)
	}
	up(c.cast.byName[headName], "", .96, 17*60+10)
}

// gives records one call, in hundreds of the currency.
func (c *caller) gives(who people.ID, scope calls.Scope, day, minute int, q calendar.Period, in money.Currency, commit, best float64) {
	round := func(minor float64) int64 { return int64(math.Round(minor/50_000)) * 50_000 }
	fact := calls.Fact{Person: who, Scope: scope, From: q.From, Until: q.Until, Currency: in, Commit: round(commit), Best: round(commit * best)}
	c.happens(c.time.at(day, minute), who, func(ctx context.Context, l *ledger.Writer) error {
		return calls.GiveAll(ctx, l, []calls.Fact{fact})
	})
}
