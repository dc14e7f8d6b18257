package forecasts

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/stats/scores"
)

const (
	// judgedHorizon is the horizon at which generations are held against each other.
	judgedHorizon = Horizon(30)
	// mostJudged is how many of the newest are read, half a horizon apart at least: those
	// that overlap more tell the same again.
	mostJudged = 16
	// fewestJudged is how many kept forecasts of both must be over first.
	fewestJudged = 8
	// surely is how sure it must be that the one that looks at less is better, both sides counted.
	surely = .98
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
	record, margin := best.Of, 0.0
	for of := best.Of - 1; of >= landmark.Activities; of-- {
		less, err := k.recalled(ctx, Generation{of}, day)
		if err != nil {
			return 0, err
		}
		if lead := better(most, less); lead > margin {
			record, margin = of, lead
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

// better is by how much, surely, the second of two has the smaller Brier score, on the same
// deals and days: the lower end of the interval; nothing while few days are over.
func better(a, b *course) float64 {
	j := slices.Index(steadyHorizons, judgedHorizon)
	var most, less, cases []float64
	for _, x := range a.lessons {
		at := slices.IndexFunc(b.lessons, func(y lesson) bool { return y.at == x.at })
		if at < 0 {
			continue
		}
		first, deals := brierAt(x.trial, j)
		second, same := brierAt(b.lessons[at].trial, j)
		if deals > 0 && deals == same {
			most, less, cases = append(most, first), append(less, second), append(cases, float64(deals))
		}
	}
	if len(cases) < fewestJudged {
		return 0
	}
	lead, known := scores.Paired(less, most, cases, surely)
	if !known {
		return 0
	}
	return lead.Low
}

// brierAt is the sum of squared misses of a kept forecast at a horizon that is over, and over
// how many deals.
func brierAt(t *trial, j int) (sum float64, deals int) {
	if t.came[j] == nil {
		return 0, 0
	}
	for i, odds := range t.said[0][j] {
		miss := odds.Won
		if t.came[j][i] == history.Won {
			miss--
		}
		sum += miss * miss
	}
	return sum, len(t.said[0][j])
}
