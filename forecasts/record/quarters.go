package record

import (
	"context"
	"fmt"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/people"
	"milepost/stats/scores"
)

// Leads are how many days before the end of a fiscal quarter forecasts are compared.
var Leads = []int{90, 60, 30, 7}

// mostQuarters is how many ended quarters are looked back at.
const mostQuarters = 12

// Quarter is an ended fiscal quarter with what was said of it so many days before its end.
type Quarter struct {
	calendar.Period
	Day  calendar.Date // on which it was said
	Said map[string]Score
	More map[string]Details
}

// quartersAt reads what was said of the last quarters that ended, oldest first, by lead.
// Where nothing was said on the very day, one of the days about it stands for it.
func quartersAt(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, wanted func(Score) bool) (map[int][]Quarter, error) {
	found := map[int][]Quarter{}
	p := o.Fiscal().Quarter(calendar.DateOf(now, o.Place()))
	for range mostQuarters {
		p = o.Fiscal().Quarter(p.From.AddDays(-1))
		list, err := scoresUntil(ctx, d, p.Until.Midnight(o.Place()))
		if err != nil {
			return nil, fmt.Errorf("reading scores of %s: %w", p.Name, err)
		}
		list = slices.DeleteFunc(list, func(s Score) bool { return !wanted(s) || s.Deals == 0 })
		for _, lead := range Leads {
			if q, is := about(p, lead, list); is {
				found[lead] = append(found[lead], q)
			}
		}
	}
	for _, quarters := range found {
		slices.Reverse(quarters)
		for i := range quarters {
			q := &quarters[i]
			details, err := detailsAt(ctx, d, forecasts.Horizon(q.Day.DaysUntil(q.Until)), []calendar.Date{q.Day})
			if err != nil {
				return nil, fmt.Errorf("reading the details of %s: %w", q.Name, err)
			}
			q.More = details[q.Day]
		}
	}
	return found, nil
}

// about chooses the day nearest to a lead, a tenth of it away at most.
func about(p calendar.Period, lead int, list []Score) (q Quarter, found bool) {
	wanted, nearest := p.Until.AddDays(-lead), math.MaxInt
	for _, s := range list {
		off := max(wanted.DaysUntil(s.Day), s.Day.DaysUntil(wanted))
		if off*10 > lead || off > nearest || int(s.Horizon) != s.Day.DaysUntil(p.Until) {
			continue
		}
		if off < nearest {
			q, found, nearest = Quarter{Period: p, Day: s.Day, Said: map[string]Score{}}, true, off
		}
		if s.Day == q.Day {
			q.Said[s.Method] = s
		}
	}
	return q, found
}

// LeadScores are one method's scores over several quarters, so many days before the end.
type LeadScores struct {
	Method              string
	Brier, Log, Classes float64
	Wins, Money         *Missed // nil where nothing came
}

// Missed is how far totals were off, and how far they are off where every chance is right:
// NaN where nothing was expected.
type Missed struct{ WAPE, Bias, Floor float64 }

// LeadOf compares methods at one lead, over the quarters in which all of them spoke of the
// same deals. Amounts are those in one currency.
func LeadOf(quarters []Quarter, currency string) (methods []LeadScores, shared []Quarter) {
	var list []Score
	for _, q := range quarters {
		for _, s := range q.Said {
			list = append(list, s)
		}
	}
	c := Compare(list, 1)
	for _, q := range quarters {
		if slices.Contains(c.Days, q.Day) {
			shared = append(shared, q)
		}
	}
	for m, name := range c.Methods {
		t := Total(c.Rows[m])
		n := float64(t.Deals)
		s := LeadScores{Method: name, Brier: t.Brier / n, Log: t.Log / n, Classes: t.Classes / n}
		var wins, money total
		for _, q := range shared {
			said, in := q.Said[name], q.More[name].Money[currency]
			wins.add(said.WinsSaid, float64(said.WinsCame), said.Variance)
			money.add(in.Said, in.Came, in.Variance)
		}
		s.Wins, s.Money = wins.missed(), money.missed()
		methods = append(methods, s)
	}
	return methods, shared
}

// total is one total a quarter.
type total struct {
	said, came []float64
	chance     []scores.Chance
}

func (t *total) add(said, came, variance float64) {
	t.said, t.came = append(t.said, said), append(t.came, came)
	t.chance = append(t.chance, scores.Chance{Mean: said, Variance: variance})
}

func (t *total) missed() *Missed {
	wape, known := scores.WAPE(t.said, t.came)
	off, _ := scores.Bias(t.said, t.came)
	floor, can := scores.NoiseFloor(t.chance)
	if !known {
		return nil
	}
	if !can { // nothing was expected
		floor = math.NaN()
	}
	return &Missed{wape, off, floor}
}
