package forecasts

import (
	"context"
	"fmt"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

const (
	// judgedHorizon is the horizon at which generations are held against each other.
	judgedHorizon = Horizon(30)
	// mostJudged is how many of the newest are read, half a horizon apart at least: those
	// that overlap more tell the same again.
	mostJudged = 16
	// fewestJudged is how many kept forecasts of both must be over first.
	fewestJudged = 8
	// surely is by how many standard errors the one that looks at less must be better.
	surely = 2.5
)

// supported is the generation that the organization's own record supports: the one that
// looks at most, unless one that looks at less has done better in the forecasts that were
// kept of both, by more than chance does. Days are those that may be read again.
func (k *keeper) supported(ctx context.Context, day calendar.Date) (landmark.Generation, error) {
	best := furthest(k.log, []calendar.Instant{k.now}).(Generation)
	most, err := k.recalled(ctx, best, day)
	if err != nil {
		return 0, err
	}
	record, margin := best.Of, surely
	for of := best.Of - 1; of >= landmark.Activities; of-- {
		less, err := k.recalled(ctx, Generation{of}, day)
		if err != nil {
			return 0, err
		}
		if sure := better(most, less); sure > margin {
			record, margin = of, sure
		}
	}
	return record, nil
}

// recalled reads what was kept of a generation for as far as it is judged by.
func (k *keeper) recalled(ctx context.Context, g Generation, day calendar.Date) (*course, error) {
	c := newCourse(k.log)
	days, err := keptDays(ctx, k.db, k.org.ID, g.Name(), day.AddDays(-int(judgedHorizon)))
	if err != nil {
		return nil, fmt.Errorf("listing kept forecasts: %w", err)
	}
	var apart []calendar.Date
	for _, day := range slices.Backward(days) {
		if len(apart) < mostJudged && (len(apart) == 0 || day.DaysUntil(apart[len(apart)-1]) >= int(judgedHorizon)/2) {
			apart = append(apart, day)
		}
	}
	slices.Reverse(apart)
	return c, k.recallDays(ctx, c, g.Name(), apart)
}

// better is by how many standard errors the second of two has the smaller Brier score, on
// the same deals and days; nothing while few days are over.
func better(a, b *course) float64 {
	j := slices.Index(steadyHorizons, judgedHorizon)
	var gains []float64
	for _, x := range a.lessons {
		at := slices.IndexFunc(b.lessons, func(y lesson) bool { return y.at == x.at })
		if at < 0 {
			continue
		}
		first, hasFirst := brierAt(x.trial, j)
		second, hasSecond := brierAt(b.lessons[at].trial, j)
		if hasFirst && hasSecond {
			gains = append(gains, first-second)
		}
	}
	if len(gains) < fewestJudged {
		return 0
	}
	n, mean, squares := float64(len(gains)), 0.0, 0.0
	for _, g := range gains {
		mean += g / n
	}
	for _, g := range gains {
		squares += (g - mean) * (g - mean)
	}
	if squares == 0 {
		return 0
	}
	return mean / math.Sqrt(squares/(n-1)/n)
}

// brierAt is the Brier score of a kept forecast at a horizon that is over.
func brierAt(t *trial, j int) (float64, bool) {
	if t.came[j] == nil || len(t.said[0][j]) == 0 {
		return 0, false
	}
	sum := 0.0
	for i, odds := range t.said[0][j] {
		miss := odds.Won
		if t.came[j][i] == history.Won {
			miss--
		}
		sum += miss * miss
	}
	return sum / float64(len(t.said[0][j])), true
}
