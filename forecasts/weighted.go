package forecasts

import "milepost/forecasts/history"

// StageWeighted is what CRMs show: the win rate of closed deals by stage. For a
// deal at stage g and a horizon h, among the deals that had ended and were seen at
// stage g at a snapshot at least once:
//
//	P(cause within h) = share of them that ended by cause, if the median time from
//	                    the first snapshot at g to the end, over those of that
//	                    cause, is at most h; else 0
//
// A stage at which no ended deal was seen takes the share over all ended deals
// seen at any snapshot, from the first; with none at all every chance is 0.
type StageWeighted struct{}

// Name is "stage-weighted".
func (StageWeighted) Name() string { return StageWeightedName }

// Fit looks at each ended deal once.
func (StageWeighted) Fit(past *history.Past, horizons []Horizon) Fitted {
	table := make([]closedSeen, past.Labels())
	var all closedSeen
	var stays []history.Stay
	for i := range past.Deals() {
		cause, at := past.End(int32(i))
		if cause == history.Open {
			continue
		}
		seen := false
		stays = past.AppendStays(stays[:0], int32(i))
		for s := range stays {
			day, ok := past.FirstSnapshot(stays[s].From, stays[s].To)
			if !ok {
				continue
			}
			remaining := int64(at - past.Midnight(day))
			if !seen {
				all.add(cause, remaining)
				seen = true
			}
			if !seenBefore(past, stays[:s], stays[s].Stage) {
				table[stays[s].Stage].add(cause, remaining)
			}
		}
	}
	fit := &shares{table: make([][]Odds, len(table)), all: all.odds(horizons)}
	for stage := range table {
		if table[stage].deals > 0 {
			fit.table[stage] = table[stage].odds(horizons)
		}
	}
	return fit
}

// seenBefore tells whether one of the earlier stays was at the stage too, and at a
// snapshot.
func seenBefore(past *history.Past, earlier []history.Stay, stage history.Label) bool {
	for i := range earlier {
		if earlier[i].Stage == stage && past.Snapshots(earlier[i].From, earlier[i].To) > 0 {
			return true
		}
	}
	return false
}

// closedSeen is the ended deals seen at a stage: for each cause the times from the
// first snapshot to the end, in milliseconds.
type closedSeen struct {
	deals     int
	remaining [history.Causes][]int64
}

func (c *closedSeen) add(cause history.Cause, remaining int64) {
	c.deals++
	c.remaining[cause] = append(c.remaining[cause], remaining)
}

func (c *closedSeen) odds(horizons []Horizon) []Odds {
	list := make([]Odds, len(horizons))
	for _, cause := range []history.Cause{history.Won, history.Lost, history.NoAction} {
		n := len(c.remaining[cause])
		if n == 0 {
			continue
		}
		share, typical := float64(n)/float64(c.deals), history.Median(c.remaining[cause])/float64(history.DayMillis)
		for j, h := range horizons {
			if typical <= float64(h) {
				*list[j].of(cause) = share
			}
		}
	}
	return list
}

type shares struct {
	table [][]Odds // by stage, then horizon; nil where no ended deal was seen
	all   []Odds
}

// Odds are those of the deal's stage.
func (f *shares) Odds(deal *history.OpenDeal, horizon int) Odds {
	if odds := f.table[deal.Stage]; odds != nil {
		return odds[horizon]
	}
	return f.all[horizon]
}
