package testworld

import (
	"context"
	"math"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// season is each month's share of a year's target, in twelfths: deals are signed before
// the summer and at the ends of quarters.
var season = [12]float64{.95, .9, 1.2, 1, .95, 1.15, .7, .8, 1.1, 1, 1.08, 1.17}

// planner sets targets: what each rep carries in a month of this year, in the money of
// the team.
type planner struct {
	*world
	fair map[*member]float64
	led  []targets.Setting // team targets of the manager who stepped down
}

// plan sets the targets of last, this and the next fiscal year, as they were handed
// down before each, and changed when people came and went.
func (w *world) plan() {
	pl := &planner{world: w, fair: w.fairShares()}
	year := calendar.Fiscal{Start: 1}.Year(w.time.dates[w.time.today])
	last, next := calendar.Fiscal{Start: 1}.Year(year.From.AddDays(-1)), calendar.Fiscal{Start: 1}.Year(year.Until)
	for i, y := range []calendar.Period{last, year, next} {
		day := max(w.time.day(y.From.AddDays(-30)), w.time.opening+3)
		day = min(day, w.time.today-16)
		pl.handDown(y, w.time.nextWorking(day), []float64{.93, 1, 1.08}[i])
	}
	pl.turnover(last, .93)
	pl.turnover(year, 1)
}

// fairShares are what each rep may be asked for: half by what they bring, half by what
// reps bring on average, more of their own where a quarter stalled them.
func (w *world) fairShares() map[*member]float64 {
	own, months := map[*member]float64{}, map[*member]float64{}
	total, all := 0.0, 0.0
	for _, m := range w.cast.reps {
		for day := w.time.opening; day < w.time.today; day++ {
			if w.cast.here(m, day) {
				months[m] += 12.0 / 365
			}
		}
		all += months[m]
	}
	for _, p := range w.deals {
		if p.outcome == deals.Won && p.closed() < w.time.today && p.closed() > w.time.opening {
			worth := p.worth.Float() / rateOf(p.worth.Currency)
			own[p.owner()] += worth
			total += worth
		}
	}
	mean := total / max(all, 1)
	fair := map[*member]float64{}
	for _, m := range w.cast.reps {
		share := .5*own[m]/max(months[m], 1) + .5*mean
		switch {
		case m.name == strugglingName:
			share = 1.1 * mean
		case m.team == w.truth.Stall.Region:
			share = max(share, mean) * 1.06
		case m.team == strongTeam:
			share *= .92
		}
		t := teamNamed(m.team)
		fair[m] = share * t.rate * t.share * w.more.around(1, .05)
	}
	return fair
}

func rateOf(c money.Currency) float64 {
	for i := range teams {
		if teams[i].currency == c {
			return teams[i].rate
		}
	}
	return 1
}

// month is what a rep carries in a month: season, the year's growth, and less while
// they are new.
func (pl *planner) month(m *member, month calendar.Date, growth float64) *int64 {
	ramp := 1.0
	if m.from > 0 {
		since := pl.time.dates[pl.cast.monthDay(m.from)]
		ramp = min(1, .2+.2*float64(since.DaysUntil(month))/30)
	}
	major := pl.fair[m] * season[month.Time().Month()-1] * growth * max(ramp, .2)
	value := int64(math.Round(major/500)*500) * 100
	return &value
}

// quota is a setting of what a rep carries.
func (pl *planner) quota(m *member, month calendar.Date, growth float64, day int) targets.Setting {
	currency := pl.cast.teamOn(m, day).currency
	return targets.Setting{Cell: targets.Cell{Person: m.id, Scope: targets.Own, Month: month, Measure: targets.Money(currency)},
		Value: pl.month(m, month, growth)}
}

// set records settings in a person's name.
func (pl *planner) set(day, minute int, by people.ID, list []targets.Setting) {
	if len(list) == 0 {
		return
	}
	pl.happens(pl.time.at(day, minute), by, func(ctx context.Context, l *ledger.Writer) error {
		return targets.SetAll(ctx, l, list)
	})
}
