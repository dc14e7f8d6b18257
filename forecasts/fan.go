package forecasts

import (
	"fmt"
	"sync"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/people"
	"milepost/stats/hazard"
)

// Fan is the way of a total through its period: what was booked by then, and from now on
// the ranges of what may be.
type Fan struct {
	Booked []FanBooked
	Ahead  []FanAhead // the first is today, or the day before the period, with no doubt; the last is the period's end
}

// FanBooked is what was booked by the end of a day.
type FanBooked struct {
	Day   calendar.Date
	Wins  int64
	Money int64 // minor units
}

// FanAhead is what will be booked by a day, as far as one can say.
type FanAhead struct {
	Day         calendar.Date
	Wins, Money Spread
}

const (
	fanSteps = 14  // about so many days of a period are drawn, as far apart as each other
	fanDraws = 800 // for each of those ahead; the last has all
)

// Fan draws the way of an outlook's total; nil while there are no ranges.
func (f *Forecast) Fan(o *Outlook) (*Fan, error) {
	fit, learned := f.fitted[OfRecord(f.Methods)].(*trained)
	if !o.Drawn || !learned {
		return nil, nil
	}
	today, last := calendar.DateOf(f.AsOf, f.past.Place()), o.Period.Until.AddDays(-1)
	from := max(today, o.Period.From.AddDays(-1)) // nothing comes of a period before it begins
	step := max(1, o.Period.From.DaysUntil(last)/fanSteps)
	fan := &Fan{Booked: f.booked(o, today, step)}
	if len(fan.Booked) == 0 {
		fan.Booked = []FanBooked{{Day: from}}
	}
	now := FanAhead{Day: from}
	now.Wins, now.Money = certain(int64(o.Total.Wins)), certain(o.Total.Booked.Minor)
	fan.Ahead = append(fan.Ahead, now)
	err := f.drawn(func(w *ways) error {
		curves := sync.OnceValue(func() []hazard.Curve { return fit.curves(f) })
		like := anyCurrency(w.like(f, o.whole()))
		for day := o.Period.From.AddDays(step - 1); day < last; day = day.AddDays(step) {
			if today.DaysUntil(day) < 1 || day.DaysUntil(last) < step {
				continue
			}
			ahead := Horizon(today.DaysUntil(day) + 1) // by its end
			is, err := w.at(f, o.exchange, ahead, fanDraws, func() func(i int) float64 {
				list, days := curves(), daysAhead(f.past, ahead)
				begins := f.stretch().Begins
				return func(i int) float64 { return fit.between(list[i], begins, days) }
			})
			if err != nil {
				return err
			}
			drawn := is.sum(w, o.exchange, 1, func(owner people.ID) int { return o.inside(owner) })
			if err := w.addComing(f, drawn, ahead, o.exchange, like); err != nil {
				return err
			}
			t := o.Total.together(drawn.wins[0], drawn.minor[0])
			fan.Ahead = append(fan.Ahead, FanAhead{Day: day, Wins: t.Wins, Money: t.Money})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("drawing the way to the period's end: %w", err)
	}
	fan.Ahead = append(fan.Ahead, FanAhead{last, o.Total.Range.Wins, o.Total.Range.Money})
	return fan, nil
}

func certain(v int64) Spread { return Spread{v, [2]int64{v, v}, [2]int64{v, v}, [2]int64{v, v}} }

// booked adds up the wins of the period so far, by every so many days.
func (f *Forecast) booked(o *Outlook, today calendar.Date, step int) (list []FanBooked) {
	place := f.past.Place()
	at := FanBooked{}
	byDay := map[calendar.Date][]history.Win{}
	for _, win := range f.past.Wins(o.Period.From.Midnight(place), o.Period.Until.Midnight(place)) {
		if _, counts := o.sum.key(win.Deal, people.ID(f.past.Person(win.Owner))); counts {
			day := calendar.DateOf(win.At, place)
			byDay[day] = append(byDay[day], win)
		}
	}
	for day := o.Period.From; day <= today; day = day.AddDays(1) {
		for _, win := range byDay[day] {
			at.Wins++
			worth, _ := o.Booked(&win)
			at.Money += worth
		}
		if (o.Period.From.DaysUntil(day)+1)%step == 0 || day == today {
			list = append(list, FanBooked{day, at.Wins, at.Money})
		}
	}
	return list
}

// whole puts all lines into one group.
func (o *Outlook) whole() func(deal int32, owner people.ID) int {
	line := o.groups()
	return func(deal int32, owner people.ID) int {
		if o.sum.tells { // a deal without an amount is there as well
			return o.inside(owner)
		}
		return min(1, line(deal, owner))
	}
}

// inside is 1 for an owner whose deals are in some line, else 0.
func (o *Outlook) inside(owner people.ID) int {
	if _, inside := o.sum.under(owner); inside && o.sum.sees(owner) {
		return 1
	}
	return 0
}

// between is the chance to be won from so many days on, and within so many.
func (t *trained) between(c hazard.Curve, from, days float64) float64 {
	p := t.model.Within(c, days)[history.Won]
	if from > 0 {
		p -= t.model.Within(c, from)[history.Won]
	}
	return rounded(p)
}

// curves are how the open deals go on.
func (t *trained) curves(f *Forecast) []hazard.Curve {
	asking, list := t.model.Ask(f.past), make([]hazard.Curve, len(f.Deals))
	for i := range f.Deals {
		list[i] = asking.Curve(&f.Deals[i])
	}
	return list
}
