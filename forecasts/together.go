package forecasts

import (
	"fmt"
	"math"
	"slices"

	"milepost/calendar"
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

// taught is what a generation has learned up to an instant, mostly a midnight: the model, what
// its earlier forecasts taught about ranges, and what deals are to come.
type taught struct {
	of       landmark.Generation
	at       calendar.Instant // up to when
	sequence int64            // of the newest entry that was known
	ended    int              // deals that had ended by then
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
	return f.drawn(func(w *ways) error {
		drawn, err := f.drawOpen(o, w)
		if err != nil {
			return fmt.Errorf("adding up what is open: %w", err)
		}
		if err := f.drawNew(o, w, drawn); err != nil {
			return fmt.Errorf("adding up what is to come: %w", err)
		}
		o.take(drawn)
		o.Lessons = f.taught.course.at(f.Horizons[0]).heard
		return nil
	})
}

// take puts draws under the lines, and adds the lines up.
func (o *Outlook) take(drawn sums) {
	whole := newSums(1, rangeDraws)
	for i := range o.Rows {
		l := &o.Rows[i]
		l.Range = l.together(drawn.wins[i], drawn.minor[i])
		add(whole.wins[0], drawn.wins[i])
		add(whole.minor[0], drawn.minor[i])
		o.Total.NewWins += l.NewWins
		o.Total.New.Minor += l.New.Minor
	}
	o.Total.Range = o.Total.together(whole.wins[0], whole.minor[0])
	o.Drawn = true
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
func (f *Forecast) drawOpen(o *Outlook, w *ways) (sums, error) {
	line := o.groups()
	if o.By != "" {
		return w.sumDeals(f, o.exchange, len(o.Rows), func(i int) int {
			return line(f.Deals[i].Deal, people.ID(f.past.Person(f.Deals[i].Owner)))
		})
	}
	is, err := w.at(f, o.exchange, f.Horizons[0], rangeDraws, nil)
	if err != nil {
		return sums{}, err
	}
	return is.sum(w, o.exchange, len(o.Rows), func(owner people.ID) int { return line(0, owner) }), nil
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
func (f *Forecast) drawNew(o *Outlook, w *ways, to sums) error {
	lines, like := make([]*Line, len(o.Rows)), anyCurrency(w.like(f, o.groups()))
	if o.sum.tells {
		like = o.byCurrency(f, w.like(f, o.whole()))
	}
	for i := range o.Rows {
		lines[i] = &o.Rows[i]
	}
	f.expectNew(o, lines, like)
	return w.addComing(f, to, f.Horizons[0], o.exchange, like)
}

// expectNew tells lines what deals that do not exist yet are expected to bring them.
func (f *Forecast) expectNew(o *Outlook, lines []*Line, like func(history.Label) []int) {
	coming := o.exchange.coming(f)
	if coming == nil {
		return
	}
	for i, l := range lines {
		wins, minor := coming.bring(f.stretch(), like, o.sum.tells, i+1)
		l.NewWins, l.New = wins, money.Amount{Minor: int64(math.Round(minor)), Currency: o.Currency}
	}
}

// anyCurrency says that deals to come are in the same groups, whatever their currency.
func anyCurrency(like []int) func(history.Label) []int {
	return func(history.Label) []int { return like }
}

// byCurrency puts deals to come into the line of their currency, as many as are inside any.
func (o *Outlook) byCurrency(f *Forecast, inside []int) func(history.Label) []int {
	return func(c history.Label) []int {
		line := 1 + slices.IndexFunc(o.Rows, func(l Line) bool { return l.Name == f.Name(c) })
		list := slices.Clone(inside)
		for i := range list {
			list[i] *= line
		}
		return list
	}
}
