package forecasts

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/totals"
)

// Ranges of totals are learnt from realised forecasts. At each as-of those teach whose
// horizon had ended by then: at the as-ofs asked for, and at some before the first, which
// an organization that had worked with Milepost would have had as well.
const (
	rehearsals   = 8  // as-ofs before the first; more cost time and teach about other times
	leastApart   = .2 // of the horizon, between two that teach: nearer ones tell the same again
	rangeDraws   = 4000
	fewestOfOne  = 5 // open deals of an owner whose total is judged
	partsOfRange = 4 // rehearsals lie this part of the longest horizon apart, if that is not less than the shortest
)

// rehearsed lists as-ofs before the first one, as long as there were deals.
func rehearsed(log *history.Log, asOfs []calendar.Instant, horizons []Horizon) []calendar.Instant {
	start, any := log.Starts()
	if !any || len(asOfs) == 0 || len(horizons) == 0 {
		return nil
	}
	apart := max(slices.Min(horizons), slices.Max(horizons)/partsOfRange)
	first := slices.Min(asOfs)
	var list []calendar.Instant
	for n := rehearsals; n > 0; n-- {
		if at := later(first, -apart*Horizon(n), log.Place()); at > start {
			list = append(list, at)
		}
	}
	return list
}

// lesson is a forecast that may teach, or whose ranges are judged.
type lesson struct {
	at     calendar.Instant
	trial  *trial
	judged bool
}

// ranges adds to a report how often ranges of totals held, by method and horizon.
func (r *Report) ranges(log *history.Log, horizons []Horizon, lessons []lesson) error {
	slices.SortStableFunc(lessons, func(a, b lesson) int { return cmp.Compare(a.at, b.at) })
	var work sync.WaitGroup
	var turn sync.Mutex
	var failed error
	slots := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))
	for m := range r.Methods {
		for j := range r.Methods[m].Horizons { // none where a method was not asked
			work.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				company, owners, err := rangesOf(log, horizons[j], m, j, lessons)
				if err != nil {
					turn.Lock()
					defer turn.Unlock()
					failed = err
					return
				}
				scored := &r.Methods[m].Horizons[j]
				scored.RangeScores, scored.Owners = company.scores(), owners.scores()
			})
		}
	}
	work.Wait()
	return failed
}

// pupil is what one method's forecasts at one horizon have taught so far.
type pupil struct {
	method, place int // of the method, and of the horizon among the horizons
	horizon       Horizon
	learner       *totals.Learner
	next          int // lesson
	last          calendar.Instant
	heard         int       // lessons
	grown         []float64 // logarithms of final over earlier amounts of deals that were won
}

// hear takes the lessons that were over by an instant: forecasts whose horizon had ended.
// Nothing else may teach. Of horizons that overlap each counts for what it adds.
func (p *pupil) hear(log *history.Log, lessons []lesson, now calendar.Instant) error {
	for ; p.next < len(lessons) && later(lessons[p.next].at, p.horizon, log.Place()) <= now; p.next++ {
		past := lessons[p.next]
		if past.trial.came[p.place] == nil || len(past.trial.amount) == 0 {
			continue
		}
		weight := 1.0
		if p.learner.Periods > 0 {
			weight = float64(past.at-p.last) / float64(later(p.last, p.horizon, log.Place())-p.last)
		}
		if weight < leastApart {
			continue
		}
		p.last = past.at
		p.heard++
		p.grown = append(p.grown, past.trial.grown(p.place)...)
		if err := p.learner.Learn(past.trial.realised(p.method, p.place, min(1, weight))); err != nil {
			return err
		}
	}
	return nil
}

// rangesOf walks through the as-ofs of one method and horizon in their order, and learns
// before each.
func rangesOf(log *history.Log, h Horizon, m, j int, lessons []lesson) (company, owners *judged, err error) {
	company, owners = &judged{}, &judged{}
	p := &pupil{method: m, place: j, horizon: h, learner: totals.New()}
	for _, now := range lessons {
		if !now.judged || now.trial.came[j] == nil {
			continue
		}
		if err := p.hear(log, lessons, now.at); err != nil {
			return nil, nil, err
		}
		if err := now.judge(p.learner, m, j, company, owners); err != nil {
			return nil, nil, err
		}
	}
	return company, owners, nil
}

// judge draws the totals of one as-of and compares them with what came.
func (l lesson) judge(learner *totals.Learner, m, j int, company, owners *judged) error {
	staff := &l.trial.staff
	plan := &totals.Plan{Tree: staff.tree, Learner: learner, Seed: uint64(l.at), Draws: rangeDraws}
	open, won := make([]int, len(staff.tree)), make([]int64, len(staff.tree))
	for i, odds := range l.trial.said[m][j] {
		part := staff.part[i]
		plan.Items = append(plan.Items, totals.Item{ID: staff.item[i], Part: part, Chance: rounded(odds.Won)})
		open[part]++
		if l.trial.came[j][i] == history.Won {
			won[part]++
			won[0]++
		}
	}
	drawn, err := plan.Draw()
	if err != nil {
		return err
	}
	company.add(drawn.Wins[0], won[0])
	for part := 1; part < len(staff.tree); part++ {
		if part != staff.nobody && open[part] >= fewestOfOne {
			owners.add(drawn.Wins[part], won[part])
		}
	}
	return nil
}
