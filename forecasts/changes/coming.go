package changes

import (
	"fmt"
	"math"

	"milepost/forecasts"
)

// Coming is what deals that do not exist yet are expected to bring by the period's end: as it
// was expected then; the same at the exchange rates of now; by the pace of then in the days
// that are left now; and as it is now. From the first to the second only currencies moved,
// from there to the third time has passed, and from there on the pace was learned.
type Coming struct{ Then, Exchanged, Passed, Now Worth }

// comingOf asks both ends.
func (q *Question) comingOf(ends [2]*forecasts.Forecast) Coming {
	if q.Then.Model == nil || q.Now.Model == nil {
		return Coming{}
	}
	at := func(f *forecasts.Forecast, rates *forecasts.Outlook, ahead forecasts.Stretch, in *Side) Worth {
		wins, minor := f.NotYet(rates, ahead, in.In)
		return Worth{Minor: int64(math.Round(minor)), Wins: int64(math.Round(wins * oneWin))}
	}
	return Coming{at(ends[0], q.at(&q.Then), q.Then.Ahead, &q.Then), at(ends[0], q.Outlook, q.Then.Ahead, &q.Then),
		at(ends[0], q.Outlook, q.Now.Ahead, &q.Then), at(ends[1], q.Outlook, q.Now.Ahead, &q.Now)}
}

// any tells whether anything is expected of them, at either end.
func (c Coming) any() bool { return c.Then.moves() || c.Now.moves() }

// comingWords say what changed of them, and why.
func (v view) comingWords() string {
	c, why := v.Ask.Coming, "for fewer days are left in which they can come and be won, and those that came are among the new ones"
	if v.Ask.Now.Ahead.Begins > 0 {
		why = "for the period is nearer, and those that came are among the new ones"
	}
	return fmt.Sprintf("Deals that do not exist yet, as they have come and gone lately: %s expected then, %s now. Time that passed: %s, %s; what was learned of how they come: %s.",
		v.level(c.Then), v.level(c.Now), v.signed(c.Passed.minus(c.Exchanged)), why, v.signed(c.Now.minus(c.Passed)))
}

// headline says how the sum leads to the figure that the forecast page shows first.
func (v view) headline() string {
	if v.Middle == nil {
		return ""
	}
	off := v.Middle.minus(v.Fall.End)
	return fmt.Sprintf("The forecast page says %s. That is the middle of thousands of ways how all of this may turn out: from the sum of the chances, %s, it differs by %s, because of what earlier forecasts taught about being too high or too low, and because a few large deals pull a sum, and not a middle.",
		v.level(*v.Middle), v.level(v.Fall.End), v.signed(off))
}
