package testworld

import (
	"math"

	"milepost/calendar"
	"milepost/deals"
)

// Insight is how much of how the deal will end the rep senses, in logit.
const Insight = .9

// called are the odds, in logit, that a rep of no optimism gives a deal by stage.
var called = [5]float64{-2.4, -1.7, -.9, .1, 1.3}

// keepDates walks through the days of a deal and tells when its owner expected it
// to close, how that slipped, and what was called for the quarter.
func (t *teller) keepDates() {
	p, time := t.p, &t.w.time
	expected := t.expect(p.created, 0)
	t.marks = append(t.marks, mark{p.created, 0, atBirth, deals.CloseDateSet, deals.Fact{Date: expected}})
	for i, v := range p.visits {
		if i > 0 && v.stage >= 3 && p.is(.55) && !p.whale {
			if revised := t.expect(v.from, v.stage); revised != expected {
				expected = revised
				t.say(v.from, 0, deals.CloseDateSet, deals.Fact{Date: expected})
			}
		}
		for day := v.from + 1; day < v.until && day <= time.today; day++ {
			if !time.works(day) {
				continue
			}
			if t.slips(day, expected, v.rep.rep) {
				expected = t.later(day, expected)
				t.say(day, 0, deals.CloseDateSet, deals.Fact{Date: expected})
			}
			t.call(day, v, expected)
		}
	}
}

// expect is when the owner thinks that the deal closes, on coming to a stage: the
// usual time that remains, less what is hoped, often at the end of a month.
func (t *teller) expect(day, stage int) calendar.Date {
	p := t.p
	if p.whale {
		return quarterEnd(t.w.time.dates[day].AddDays(100))
	}
	days := 0.0
	for _, s := range Stages[stage:] {
		days += s.Days * 1.55 / p.segment.Pace
	}
	hope := .8 * math.Exp(-.16*p.rep.rep.Optimism)
	date := t.w.time.dates[day].AddDays(max(7, int(p.around(days*hope, .3))))
	if p.is(.6) {
		return monthEnd(date)
	}
	return t.w.time.dates[t.w.time.nextWorking(t.w.time.day(date))]
}

// slips tells whether the owner moves the close date on a day: it is near or past,
// and the deal is not. Some let it lie for weeks.
func (t *teller) slips(day int, expected calendar.Date, r *RepTruth) bool {
	left := t.w.time.dates[day].DaysUntil(expected)
	switch {
	case t.p.whale:
		return left <= 2
	case left > 3:
		return false
	case left > 0:
		return t.p.is(.08)
	}
	return t.p.is(.16 * (1 - 2*r.Late))
}

func (t *teller) later(day int, expected calendar.Date) calendar.Date {
	if t.p.whale {
		return quarterEnd(expected.AddDays(15))
	}
	date := t.w.time.dates[day].AddDays(t.p.between(14, 62))
	if t.p.is(.6) {
		return monthEnd(date)
	}
	return t.w.time.dates[t.w.time.nextWorking(t.w.time.day(date))]
}

// call tells what the owner calls for the quarter: in its third and ninth week, for
// deals expected to close in it.
func (t *teller) call(day int, v visit, expected calendar.Date) {
	today := t.w.time.dates[day]
	quarter := calendar.Fiscal{Start: 1}.Quarter(today)
	since := quarter.From.DaysUntil(today)
	if weekday := today.Time().Weekday(); weekday != 1 || since/7 != 2 && since/7 != 8 {
		return
	}
	if v.stage == 0 || !quarter.Contains(expected) || day < t.w.time.opening {
		return
	}
	x := called[v.stage] + v.rep.rep.Optimism + .5*t.p.NormFloat64()
	if x += Insight; !v.goesOn {
		x -= 2 * Insight
	}
	name := "pipeline"
	switch {
	case x > .8:
		name = "commit"
	case x > -.4:
		name = "best"
	case x < -2.6:
		name = "omitted"
	}
	t.say(day, 0, deals.CallGiven, deals.Fact{Name: name, Amount: t.worthOn(day)})
}
