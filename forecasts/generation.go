package forecasts

import (
	"strconv"
	"sync"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// Generation is a landmark model as a method; see the package landmark.
type Generation struct{ Of landmark.Generation }

// Backtested are the methods that a backtest compares, in the order of its report: the
// two simple ones, the three generations, and what the reps' own word adds to the third.
func Backtested() []Method {
	return append(Methods(), Generation{landmark.Activities}, Generation{landmark.Triad}, Generation{landmark.Milestones}, Generation{landmark.WithCalls})
}

// Name is "generation-1", "generation-2", "generation-3" or "with-calls".
func (g Generation) Name() string {
	if g.Of == landmark.WithCalls {
		return "with-calls"
	}
	return "generation-" + strconv.Itoa(int(g.Of))
}

// Lacks says what a history lacks for the generation to be one of its own: without it,
// it would repeat the figures of the one before.
func (g Generation) Lacks(log *history.Log, until calendar.Instant) string {
	switch {
	case g.Of == landmark.Triad && !log.Tells(history.Criterion, until):
		return "nobody answered a criterion of the qualification triad"
	case g.Of == landmark.Milestones && !log.Tells(history.Milestone, until):
		return "no milestone was shown"
	case g.Of == landmark.WithCalls && !log.Tells(history.Call, until) && !log.Tells(history.CloseDate, until):
		return "nobody gave a close date or a call"
	}
	return ""
}

// Fit learns once; every horizon is read off the same curves.
func (g Generation) Fit(past *history.Past, horizons []Horizon) Fitted {
	return asked(landmark.Train(past, g.Of, landmark.Options{}), past, horizons)
}

// Served is a generation that has learned already, and is asked from then on.
type Served struct{ Model *landmark.Trained }

// Name is the generation's.
func (s Served) Name() string { return Generation{s.Model.Generation}.Name() }

// Fit asks the model about the deals as they stand in a past.
func (s Served) Fit(past *history.Past, horizons []Horizon) Fitted {
	return asked(s.Model, past, horizons)
}

func asked(m *landmark.Trained, past *history.Past, horizons []Horizon) Fitted {
	t := &trained{model: m, asking: m.Ask(past), odds: map[int32][]Odds{}}
	for _, h := range horizons {
		t.days = append(t.days, daysAhead(past, h))
	}
	return t
}

// trained is a model that is asked deal by deal.
type trained struct {
	model  *landmark.Trained
	asking *landmark.Asking
	days   []float64
	odds   map[int32][]Odds
	once   sync.Once
	mean   *landmark.Average

	pulling sync.Once
	pulls   []Lever
}

// average is the open deals that a single one is told from; gathered once, when somebody
// asks why.
func (t *trained) average(open []history.OpenDeal, past *history.Past) *landmark.Average {
	t.once.Do(func() { t.mean = t.model.Ask(past).Average(open) })
	return t.mean
}

// Odds are the deal's.
func (t *trained) Odds(deal *history.OpenDeal, horizon int) Odds {
	odds, has := t.odds[deal.Deal]
	if !has {
		curve := t.asking.Curve(deal)
		for _, days := range t.days {
			p := t.model.Within(curve, days)
			odds = append(odds, Odds{p[history.Won], p[history.Lost], p[history.NoAction]})
		}
		t.odds[deal.Deal] = odds
	}
	return odds[horizon]
}
