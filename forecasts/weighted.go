package forecasts

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
func (StageWeighted) Fit(past *Past, horizons []Horizon) Fitted {
	table := make([]closedSeen, past.Labels())
	var all closedSeen
	for i := range past.Deals() {
		cause, at := past.ended(int32(i))
		if cause == Open {
			continue
		}
		seen := false
		stays := past.stays(int32(i))
		for s := range stays {
			day, ok := past.firstSnapshot(stays[s].from, stays[s].to)
			if !ok {
				continue
			}
			remaining := int64(at - past.log.days.of(day, past.log.place))
			if !seen {
				all.add(cause, remaining)
				seen = true
			}
			if !seenBefore(past, stays[:s], stays[s].stage) {
				table[stays[s].stage].add(cause, remaining)
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
func seenBefore(past *Past, earlier []stay, stage Label) bool {
	for i := range earlier {
		if earlier[i].stage == stage && past.snapshots(earlier[i].from, earlier[i].to) > 0 {
			return true
		}
	}
	return false
}

// closedSeen is the ended deals seen at a stage: for each cause the times from the
// first snapshot to the end, in milliseconds.
type closedSeen struct {
	deals     int
	remaining [causes][]int64
}

func (c *closedSeen) add(cause Cause, remaining int64) {
	c.deals++
	c.remaining[cause] = append(c.remaining[cause], remaining)
}

func (c *closedSeen) odds(horizons []Horizon) []Odds {
	list := make([]Odds, len(horizons))
	for _, cause := range []Cause{Won, Lost, NoAction} {
		n := len(c.remaining[cause])
		if n == 0 {
			continue
		}
		share, typical := float64(n)/float64(c.deals), median(c.remaining[cause])/float64(dayMillis)
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
func (f *shares) Odds(deal *OpenDeal, horizon int) Odds {
	if odds := f.table[deal.Stage]; odds != nil {
		return odds[horizon]
	}
	return f.all[horizon]
}
