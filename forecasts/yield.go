package forecasts

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
func (PastYield) Fit(past *Past, horizons []Horizon) Fitted {
	fit := &yields{labels: past.Labels(), horizons: len(horizons), table: make([]yield, past.Labels()*len(horizons)), all: make([]yield, len(horizons))}
	for i := range past.Deals() {
		stays, closings := past.stays(int32(i)), past.closings(int32(i))
		for s := range stays {
			for j, h := range horizons {
				fit.table[int(stays[s].stage)*len(horizons)+j].add(past.yield(&stays[s], closings, h))
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

// yield counts a stay's snapshots that are at least h old, and how their deal
// stood h later. The snapshot of day d saw the deal end by then if the closing
// began before midnight of d+h and had not been undone by that midnight.
func (p *Past) yield(s *stay, closings []closing, h Horizon) yield {
	days := Day(h)
	last := min(s.to, p.today-days)
	var y yield
	y.snapshots = p.snapshots(s.from, last)
	if y.snapshots == 0 {
		return y
	}
	for i := range closings {
		c := &closings[i]
		y.ended[c.cause] += p.snapshots(max(s.from, c.atDay+1-days), min(last, c.untilDay-days))
	}
	return y
}

type yield struct {
	snapshots int
	ended     [causes]int
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
func (f *yields) Odds(deal *OpenDeal, horizon int) Odds {
	y := f.table[int(deal.Stage)*f.horizons+horizon]
	if y.snapshots == 0 {
		y = f.all[horizon]
	}
	var odds Odds
	for _, c := range []Cause{Won, Lost, NoAction} {
		*odds.of(c) = (float64(y.ended[c]) + .5) / (float64(y.snapshots) + 2)
	}
	return odds
}
