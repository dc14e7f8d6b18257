package landmark

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/reference"
	"milepost/stats/hazard"
)

// sold is a history of so many deals over 400 days: each goes from "talk" to "offer"; of
// those that came to have the plan, many are won.
func sold(deals int, seed uint64) *history.Past {
	r := rand.New(rand.NewPCG(seed, 1))
	b := history.NewBuilder(time.UTC)
	at := func(day float64) calendar.Instant { return calendar.Instant((20000 + day) * day64) }
	for i := range deals {
		id, n := fmt.Sprintf("%05d", i), int64(0)
		add := func(day float64, kind history.Kind, text string, value int64) {
			n++
			b.Add(id, history.Fact{Recorded: at(day), Effective: at(day), Sequence: int64(i)*10 + n, Kind: kind, Label: b.Label(text), Value: value})
		}
		start := 350 * r.Float64()
		offer, end := start+10*r.ExpFloat64(), start+10+30*r.ExpFloat64()
		chance := .2
		add(start, history.Created, "", 0)
		add(start, history.Stage, "talk", 0)
		add(start, history.Criterion, "money", int64(r.IntN(2))*history.Met)
		if offer < end && offer < 400 {
			add(offer, history.Stage, "offer", 0)
			if r.IntN(2) == 0 {
				chance = .7
				add(offer, history.Milestone, "plan", history.Achieved)
			}
		}
		cause := history.Lost
		switch draw := r.Float64(); {
		case draw < chance:
			cause = history.Won
		case draw < chance+.1:
			cause = history.NoAction
		}
		if end < 400 {
			add(end, history.Outcome, "", int64(cause))
		}
	}
	return b.Log().Before(at(400))
}

const day64 = float64(history.DayMillis)

// A curve of constant hazards, as a rung assumes, comes to that rung again.
func TestACurveComesToItsRung(t *testing.T) {
	c := (&sweeper{past: sold(50, 1)}).cut()
	m := &Trained{cuts: c}
	shipped := reference.Shipped()
	for _, want := range shipped.Rungs {
		var curve hazard.Curve
		for k, end := range c.ends {
			var h [hazard.Causes]float64
			sum := 1.0
			for cause, eta := range odds(want, (end-c.start(k))/c.cycle) {
				h[cause] = math.Exp(eta)
				sum += h[cause]
			}
			for cause := range h {
				h[cause] /= sum
			}
			curve = append(curve, h)
		}
		got := m.becomes(curve)
		if math.Abs(got.Won-want.Won)+math.Abs(got.NoAction-want.NoAction)+math.Abs(got.Remaining-want.Remaining) > 1e-12 {
			t.Errorf("%+v comes to %+v", want, got)
		}
	}
}

// Without an outcome everything is as assumed, and nothing has moved.
func TestNothingIsTaughtWithoutDeals(t *testing.T) {
	told := Train(sold(0, 1), Milestones, Options{Tell: true}).Taught()
	if told == nil || !told.Fitted || told.Ended != 0 || len(told.Stages) != 0 || len(told.Milestones) != 0 {
		t.Errorf("without deals: %+v", told)
	}
	if Train(sold(5, 1), Milestones, Options{}).Taught() != nil {
		t.Error("what nobody asked for was worked out")
	}
	if l := Ladder(sold(30, 1)); l.Fitted || len(l.Stages) != 2 || l.Stages[0].Name != "talk" || l.Stages[1].Height != 1 || l.Stages[0].Ended.Deals == 0 || l.Stages[1].Own != l.Stages[1].Assumed {
		t.Errorf("the ladder without a model: %+v", l)
	}
}

// With few deals the assumptions hold, with many they are overcome; what is told of each
// stage is what the deals came to, and a milestone that goes with winning says so.
func TestOwnDealsTakeOver(t *testing.T) {
	gloomy := reference.Shipped()
	for i := range gloomy.Rungs {
		gloomy.Rungs[i] = reference.Rung{Won: .03, NoAction: .8, Remaining: 4}
	}
	var before *reference.Taught
	for _, deals := range []int{30, 200, 3000} {
		told := Train(sold(deals, 7), Milestones, Options{Tell: true, Reference: &gloomy}).Taught()
		if len(told.Stages) != 2 || len(told.Milestones) != 1 || len(told.Criteria) != 1 {
			t.Fatalf("%d deals: %+v", deals, told)
		}
		plan := told.Milestones[0].Levels
		for i, s := range told.Stages {
			if s.Moved <= 0 || s.Moved >= 1 || before != nil && s.Moved <= before.Stages[i].Moved {
				t.Errorf("%d deals, %s: moved %.2f", deals, s.Name, s.Moved)
			}
			if s.Ended.Deals == 0 || s.Own.Won < .03 || s.Own.Won+s.Own.NoAction >= 1 || s.Own.Remaining <= 0 {
				t.Errorf("%d deals, %s: %+v", deals, s.Name, s)
			}
		}
		if before != nil && (plan[2].Moved <= before.Milestones[0].Levels[2].Moved || plan[2].High-plan[2].Low >= before.Milestones[0].Levels[2].High-before.Milestones[0].Levels[2].Low) {
			t.Errorf("%d deals: %+v, before %+v", deals, plan, before.Milestones[0].Levels)
		}
		if plan[1].Moved > 1e-9 || plan[1].Deals != 0 {
			t.Errorf("%d deals: nobody claimed the plan, and it is %+v", deals, plan[1])
		}
		before = told
	}
	for _, s := range before.Stages {
		share := float64(s.Ended.Won) / float64(s.Ended.Deals)
		if math.Abs(s.Own.Won-share) > .06 || s.Moved < .8 {
			t.Errorf("%s: %.2f of %d were won, the model says %.2f, moved %.2f", s.Name, share, s.Ended.Deals, s.Own.Won, s.Moved)
		}
	}
	// The odds of .7 against .2 are nine times as good; part of them stands with the stage.
	if plan := before.Milestones[0].Levels[2]; plan.Low < .5 || plan.High > 3 || plan.Moved < .8 || plan.Deals < 1000 {
		t.Errorf("the plan: %+v", plan)
	}
	if money := before.Criteria[0].Levels[2]; math.Abs(money.Own) > money.High-money.Low || money.Deals < 1000 {
		t.Errorf("what tells nothing: %+v", money)
	}
}
