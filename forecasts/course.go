package forecasts

import (
	"math"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/totals"
)

// course is what one method's earlier forecasts have taught about ranges, at each of the
// steady horizons: those that were kept, once their horizon had ended.
type course struct {
	log     *history.Log
	lessons []lesson
	pupils  []*pupil // by steady horizon
	edition int64    // how often rehearsed forecasts had been replaced when it heard of them
}

func newCourse(log *history.Log) *course {
	c := &course{log: log}
	for place, h := range steadyHorizons {
		c.pupils = append(c.pupils, &pupil{place: place, horizon: h, learner: totals.New()})
	}
	return c
}

// hear takes in what was over by an instant.
func (c *course) hear(now calendar.Instant) error {
	for _, p := range c.pupils {
		if err := p.hear(c.log, c.lessons, now); err != nil {
			return err
		}
	}
	return nil
}

// at is what was taught about the steady horizon that is nearest to one, by their ratio.
func (c *course) at(h Horizon) *pupil {
	best := c.pupils[0]
	for _, p := range c.pupils {
		if math.Abs(math.Log(float64(p.horizon)/float64(h))) < math.Abs(math.Log(float64(best.horizon)/float64(h))) {
			best = p
		}
	}
	return best
}

// keep adds a forecast that was made, as a lesson for those that come after it; what comes
// of it is known up to an instant.
func (c *course) keep(f *Forecast, method int, known calendar.Instant) {
	t := &trial{staff: f.staffing(), said: [][][]Odds{nil}}
	var deals []int32
	for i := range f.Deals {
		deals = append(deals, f.Deals[i].Deal)
		amount, _ := f.Money(&f.Deals[i])
		t.currency, t.amount = append(t.currency, string(amount.Currency)), append(t.amount, amount.Float())
	}
	for _, h := range steadyHorizons {
		if j := slices.Index(f.Horizons, h); j >= 0 {
			t.said[0] = append(t.said[0], f.Odds[method][j])
		} else {
			t.said[0] = append(t.said[0], nil)
		}
	}
	c.add(f.AsOf, t, deals, known)
}

// add completes a trial with what came, where it is known already.
func (c *course) add(at calendar.Instant, t *trial, deals []int32, known calendar.Instant) {
	t.came, t.won = make([][]history.Cause, len(steadyHorizons)), make([][]booking, len(steadyHorizons))
	for j, h := range steadyHorizons {
		until := later(at, h, c.log.Place())
		if until > known || t.said[0][j] == nil {
			continue
		}
		t.came[j], t.won[j] = make([]history.Cause, len(deals)), make([]booking, len(deals))
		for i, deal := range deals {
			t.came[j][i] = c.log.EndedBefore(deal, until)
			if then, won := c.log.WonBefore(deal, until); won {
				t.won[j][i] = bookingOf(c.log, &then)
			}
		}
	}
	c.lessons = append(c.lessons, lesson{at: at, trial: t})
}

// grown are the logarithms of what won deals were worth in the end over what was known
// of them before.
func (t *trial) grown(j int) (list []float64) {
	if t.won == nil || t.won[j] == nil {
		return nil
	}
	for i, won := range t.won[j] {
		if won.amount > 0 && t.amount[i] > 0 && won.currency == t.currency[i] {
			list = append(list, math.Log(won.amount/t.amount[i]))
		}
	}
	return list
}
