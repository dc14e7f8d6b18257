package testworld

import (
	"context"
	"fmt"
	"math"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/money/rates"
)

// ratesStream is where exchange rates are drawn, and ratesNames where the ids of their
// entries are: everything else stays as it was drawn before there were any.
const (
	ratesStream = 72
	ratesNames  = 73
)

// exchange lets operations give, on the first working day of each month, what a euro is
// worth: it wanders by a percent or so a month around what the teams reckon with.
func (w *world) exchange() {
	c, names := newChance(w.options.Seed, ratesStream), newChance(w.options.Seed, ratesNames)
	worth := map[money.Currency]float64{}
	first := w.time.dates[w.time.opening]
	for month := calendar.Date(first[:8] + "01"); month <= w.time.dates[w.time.today]; month = month.AddMonths(1) {
		var list []rates.Rate
		for _, t := range teams {
			if t.currency == euro {
				continue
			}
			worth[t.currency] = .7*worth[t.currency] + .012*c.NormFloat64()
			units, err := money.ParseRate(fmt.Sprintf("%.4f", t.rate*math.Exp(worth[t.currency])), false)
			if err != nil {
				continue // a team's rate is more than zero
			}
			list = append(list, rates.Rate{One: euro, Other: t.currency, Units: units, Day: month})
		}
		at := w.time.at(w.time.nextWorking(max(w.time.day(month), w.time.opening+1)), 9*60+5)
		if at >= w.time.now {
			return
		}
		w.happens(at, w.truth.Operations, func(ctx context.Context, l *ledger.Writer) error {
			theirs := l.DB
			defer func() { l.DB = theirs }()
			l.DB = theirs.Naming(names.id)
			return rates.Give(ctx, l, list, w.time.place)
		})
	}
}
