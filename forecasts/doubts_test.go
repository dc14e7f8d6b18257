package forecasts

import (
	"math"
	"testing"

	"milepost/forecasts/landmark"
)

// A range lies around its figure, stays a chance, and grows with the deviation; there is
// none where nothing was worked out.
func TestRangesOfChances(t *testing.T) {
	for _, p := range []float64{.02, .2, .5, .97} {
		narrow, wide := chanceRange(p, .005), chanceRange(p, .03)
		if !(0 < wide.Low && wide.Low < narrow.Low && narrow.Low < p && p < narrow.High && narrow.High < wide.High && wide.High < 1) {
			t.Errorf("around %v: %v and %v", p, narrow, wide)
		}
	}
	if got := chanceRange(.5, .02); math.Abs(got.High-.5256) > 1e-4 || math.Abs(got.Low-.4744) > 1e-4 {
		t.Errorf("half, give or take .02: %v", got)
	}
	for _, none := range []Range{chanceRange(0, .1), chanceRange(1, .1), chanceRange(.5, 0), chanceRange(math.NaN(), .1)} {
		if none.Known() || none.chanceWords()+none.pointWords() != "" {
			t.Errorf("a range of nothing: %v", none)
		}
	}
	if got := (Range{-.031, .124}).pointWords(); got != "−3 to +12, " {
		t.Errorf("in words: %q", got)
	}
}

// The reasons that are shown have ranges around their points, where the model told how
// sure it is.
func TestReasonsHaveRanges(t *testing.T) {
	w := evidenced(400, 30, 4)
	log, now := w.log(), w.at(300.5)
	m := landmark.Train(log.Before(now), landmark.Milestones, landmark.Options{Tell: true})
	f := Say(log, now, []Horizon{40}, []Method{PastYield{}, Served{m}})
	reasons := 0
	for i := range f.Deals {
		x, _ := f.Explain(i)
		if !x.Range.Known() || x.Range.Low >= x.Odds.Won || x.Range.High <= x.Odds.Won {
			t.Errorf("%s: the chance %v lies in %v", f.Deals[i].ID, x.Odds.Won, x.Range)
		}
		for _, r := range x.Reasons {
			reasons++
			if middle := (r.Range.Low + r.Range.High) / 2; !r.Range.Known() || math.Abs(middle-r.Points) > 1e-12 || r.Range.High-r.Range.Low > .8 {
				t.Errorf("%s: %q is worth %v, in %v", f.Deals[i].ID, r.Words, r.Points, r.Range)
			}
		}
	}
	if reasons < 50 {
		t.Errorf("only %d reasons", reasons)
	}
}
