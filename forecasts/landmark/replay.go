package landmark

import (
	"milepost/calendar"
	"milepost/forecasts/history"
)

// Replay tells a model the story of one deal, in the order that the asker chooses: first
// what was known at an instant, then this news and that, and between them it is asked
// for the chance to be won. In whatever order the news of each kind is told, where it
// ends is how the deal stands when all of it is known; the order only decides how much
// of the way falls to which news.
//
// An Asking tells one story at a time: a new Replay ends the one before.
type Replay struct {
	asking *Asking
	stage  history.Label
}

// Replay begins with what counted before an instant, when the deal stood at a stage. The
// deal is given by its number in the log of the past that is asked about.
func (a *Asking) Replay(deal int32, stage history.Label, before calendar.Instant) *Replay {
	a.sweeper.start(deal)
	facts := a.sweeper.past.Facts(deal)
	for i := range facts {
		if facts[i].Counts() >= before {
			break
		}
		a.sweeper.take(&facts[i])
	}
	return &Replay{a, stage}
}

// Tell makes a fact known. Facts of one kind must be told in their order.
func (r *Replay) Tell(f *history.Fact) { r.asking.sweeper.take(f) }

// MoveTo puts the deal at a stage.
func (r *Replay) MoveTo(stage history.Label) { r.stage = stage }

// Won is the chance to be won within so many days of an instant, with what was told so
// far, looked at then: the clocks of the deal stand as they do at that instant.
func (r *Replay) Won(at calendar.Instant, days float64) float64 {
	return r.asking.model.won(r.asking.stands(r.asking.sweeper.look(at, r.stage)), days)
}

// Rests is for how many days, at an instant, the deal has not got further; -1 where it
// never did.
func (r *Replay) Rests(at calendar.Instant) float64 {
	return r.asking.sweeper.look(at, r.stage).clock
}

// Height is where a stage stands on the ladder that the model knows: 0 for the first, 1
// for the last; false for a stage that it has not seen.
func (m *Trained) Height(stage history.Label) (float64, bool) {
	height, has := m.heights[stage]
	return height, has
}
