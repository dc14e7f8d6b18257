package forecasts

import "milepost/forecasts/history"

// PastYield asks how many of the deals that stood here before had ended so within
// the horizon. For a deal at stage g and a horizon h, over all past snapshots of
// open deals at stage g that are at least h old:
//
//	P(cause within h) = (snapshots whose deal stood as ended by cause h later + .5) / (snapshots + 2)
//
// A stage at which no snapshot is old enough takes the count over all stages; with
// none at all each cause gets .5/2.
type PastYield struct{}

// Name is "past-yield".
func (PastYield) Name() string { return PastYieldName }

// Fit counts the snapshots by arithmetic on stays: a deal that stood at a stage
// over a hundred midnights is one subtraction, not a hundred rows.
func (PastYield) Fit(past *history.Past, horizons []Horizon) Fitted {
	fit := &yields{labels: past.Labels(), horizons: len(horizons), table: make([]yield, past.Labels()*len(horizons)), all: make([]yield, len(horizons))}
	var stays []history.Stay
	var closings []history.Closing
	for i := range past.Deals() {
		stays, closings = past.AppendStays(stays[:0], int32(i)), past.AppendClosings(closings[:0], int32(i))
		for s := range stays {
			for j, h := range horizons {
				fit.table[int(stays[s].Stage)*len(horizons)+j].add(yieldOf(past, &stays[s], closings, h))
			}
		}
	}
	for stage := range fit.labels {
		for j := range horizons {
			fit.all[j].add(fit.table[stage*len(horizons)+j])
		}
	}
	return fit
}

// yieldOf counts a stay's snapshots that are at least h old, and how their deal
// stood h later. The snapshot of day d saw the deal end by then if the closing
// began before midnight of d+h and had not been undone by that midnight.
func yieldOf(p *history.Past, s *history.Stay, closings []history.Closing, h Horizon) yield {
	days := history.Day(h)
	last := min(s.To, p.Today()-days)
	var y yield
	y.snapshots = p.Snapshots(s.From, last)
	if y.snapshots == 0 {
		return y
	}
	for i := range closings {
		c := &closings[i]
		y.ended[c.Cause] += p.Snapshots(max(s.From, c.AtDay+1-days), min(last, c.UntilDay-days))
	}
	return y
}

type yield struct {
	snapshots int
	ended     [history.Causes]int
}

func (y *yield) add(more yield) {
	y.snapshots += more.snapshots
	for c := range y.ended {
		y.ended[c] += more.ended[c]
	}
}

type yields struct {
	labels, horizons int
	table            []yield // by stage, then horizon
	all              []yield // by horizon
}

// Odds are those of the deal's stage.
func (f *yields) Odds(deal *history.OpenDeal, horizon int) Odds {
	y := f.table[int(deal.Stage)*f.horizons+horizon]
	if y.snapshots == 0 {
		y = f.all[horizon]
	}
	var odds Odds
	for _, c := range []history.Cause{history.Won, history.Lost, history.NoAction} {
		*odds.of(c) = (float64(y.ended[c]) + .5) / (float64(y.snapshots) + 2)
	}
	return odds
}
