package forecasts

import (
	"fmt"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/money"
	"milepost/people"
	"milepost/stats/totals"
)

// Together is what a line comes to by the end of a period, booked, open and new: in wins,
// and in money in minor units.
type Together struct {
	Wins, Money Spread
	drawn       [2][]int64 // by way of how things may turn out: wins, money
}

// Reach is the probability that a target is reached: the share of the ways how things may
// turn out in which it is. False without ranges.
func (t *Together) Reach(target int64, inMoney bool) (float64, bool) {
	if inMoney {
		return totals.Reach(t.drawn[1], target)
	}
	return totals.Reach(t.drawn[0], target)
}

// taught is what a generation has learned up to the midnight of a day: the model, what
// its earlier forecasts taught about ranges, and what deals are to come.
type taught struct {
	of       landmark.Generation
	methods  []Method
	course   *course
	coming   *Arrivals
	cautions []Caution // that are in the history
}

// Draw adds to an outlook its ranges, and what deals that do not exist yet will bring. It
// does nothing while no generation has learned. What a line of people comes to is, in
// every draw, what its parts come to, whoever looks: all draw the same.
func (f *Forecast) Draw(o *Outlook) error {
	if f.taught == nil || o.TooFew() {
		return nil
	}
	open, err := f.drawOpen(o)
	if err != nil {
		return fmt.Errorf("adding up what is open: %w", err)
	}
	if err := f.drawNew(o, open); err != nil {
		return fmt.Errorf("adding up what is to come: %w", err)
	}
	wins, minor := make([]int64, rangeDraws), make([]int64, rangeDraws)
	o.Drawn, o.Lessons = true, f.taught.course.at(f.Horizons[0]).heard
	for i := range o.Rows {
		l := &o.Rows[i]
		l.Range = l.together(open.GroupWins[i], open.GroupAmount[i])
		add(wins, open.GroupWins[i])
		add(minor, open.GroupAmount[i])
		o.Total.NewWins += l.NewWins
		o.Total.New.Minor += l.New.Minor
	}
	o.Total.Range = o.Total.together(wins, minor)
	return nil
}

// together puts what is booked under the draws.
func (l *Line) together(wins, minor []int64) Together {
	shift := func(drawn []int64, by int64) []int64 {
		list := slices.Clone(drawn)
		for n := range list {
			list[n] += by
		}
		return list
	}
	t := Together{drawn: [2][]int64{shift(wins, int64(l.Wins)), shift(minor, l.Booked.Minor)}}
	t.Wins, t.Money = spreadOf(t.drawn[0]), spreadOf(t.drawn[1])
	return t
}

// drawOpen draws the open deals, by the lines of an outlook.
func (f *Forecast) drawOpen(o *Outlook) (*totals.Drawn, error) {
	return f.openPlan(o, len(o.Rows), func(line int) int { return line }).Draw()
}

// openPlan is the plan of the open deals, with amounts in the outlook's currency; group
// tells in which of some groups a line is, by its number from 1, and 0 for none.
func (f *Forecast) openPlan(o *Outlook, groups int, group func(line int) int) *totals.Plan {
	staff, line := f.staffing(), o.groups()
	plan := f.plan(OfRecord(f.Methods), 0, f.taught.course.at(f.Horizons[0]), &staff, groups, func(i int) int {
		return group(line(f.Deals[i].Deal, people.ID(f.past.Person(f.Deals[i].Owner))))
	})
	counts := f.inCurrency(o)
	for i := range f.Deals {
		if !counts(f.Deals[i].Currency) {
			plan.Items[i].Amount = 0
		}
	}
	return plan
}

// groups tells in which line a deal is, from 1; 0 for none.
func (o *Outlook) groups() func(deal int32, owner people.ID) int {
	places := map[string]int{}
	for i := range o.Rows {
		places[o.Rows[i].key(o.By)] = i + 1
	}
	return func(deal int32, owner people.ID) int {
		key, counts := o.sum.key(deal, owner)
		if !counts {
			return 0
		}
		return places[key]
	}
}

func (l *Line) key(by string) string {
	if by == "" {
		return string(l.Person)
	}
	return l.Name
}

// drawNew adds what does not exist yet to the draws, shared among the lines as the deals
// are that came lately.
func (f *Forecast) drawNew(o *Outlook, to *totals.Drawn) error {
	coming := f.taught.coming
	if coming == nil {
		return nil
	}
	like := o.like(coming, f)
	plan := &totals.Plan{Tree: totals.Tree{-1}, Groups: len(o.Rows), Learner: totals.New(), Seed: drawSeed, Draws: rangeDraws}
	plan.New = coming.plan(f.days(0), f.inCurrency(o), func(history.Label) []int { return like })
	drawn, err := plan.Draw()
	if err != nil {
		return err
	}
	wins, minor := coming.Wins(f.days(0)), coming.Amount(f.days(0), f.past.Labelled(string(o.Currency)))
	for i := range o.Rows {
		add(to.GroupWins[i], drawn.GroupWins[i])
		add(to.GroupAmount[i], drawn.GroupAmount[i])
		part := share(like, i+1)
		o.Rows[i].NewWins = wins * part
		o.Rows[i].New = money.Amount{Minor: int64(math.Round(minor * part)), Currency: o.Currency}
	}
	return nil
}

// inCurrency tells which amounts an outlook counts.
func (f *Forecast) inCurrency(o *Outlook) func(history.Label) bool {
	return func(c history.Label) bool { return f.Name(c) == string(o.Currency) }
}

// like are the lines in which the deals are that came lately.
func (o *Outlook) like(coming *Arrivals, f *Forecast) []int {
	group := o.groups()
	return coming.like(func(deal int32) int {
		return group(deal, people.ID(f.past.Person(f.past.Describe(deal).Owner)))
	})
}
