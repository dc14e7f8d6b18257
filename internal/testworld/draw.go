package testworld

import (
	"sort"

	"milepost/deals"
)

// onsets are the days and reps of which new deals are drawn, with their weights
// added up.
type onsets struct {
	days  []int
	reps  []*member
	until []float64
}

func (w *world) onsets() onsets {
	var o onsets
	total := 0.0
	for day := range w.time.today + 1 {
		for _, m := range w.cast.reps {
			if weight := w.appetite(m, day); weight > 0 {
				total += weight
				o.days, o.reps, o.until = append(o.days, day), append(o.reps, m), append(o.until, total)
			}
		}
	}
	return o
}

// appetite is how likely a rep is to begin a deal on a day.
func (w *world) appetite(m *member, day int) float64 {
	if !w.time.works(day) || !w.cast.here(m, day) {
		return 0
	}
	date := w.time.dates[day]
	weight := m.rep.Weight * Months[date.Time().Month()-1].Creation * min(1, w.time.paces[day]*1.4)
	weight *= 1 + Growth*float64(day-w.time.opening)/recordDays
	if w.truth.Stall.holds(date, w.cast.teamOn(m, day).region) {
		weight *= w.truth.Stall.Creation
	}
	return weight
}

// draw makes the plans, in the order in which the deals began. A deal that began
// before the opening is there only if it was open then: it was brought over.
func (w *world) draw() []*plan {
	from := w.onsets()
	total := from.until[len(from.until)-1]
	plans := []*plan{w.drawWhale()}
	for stream := uint64(100); len(plans) < w.options.Deals; stream++ {
		c := newChance(w.options.Seed, stream)
		cell := sort.SearchFloat64s(from.until, c.Float64()*total)
		p := w.drawDeal(c, from.reps[cell], from.days[cell])
		if p.carried && p.closed() <= w.time.opening {
			continue
		}
		plans = append(plans, p)
	}
	sort.SliceStable(plans, func(i, j int) bool { return plans[i].created < plans[j].created })
	w.deals = plans
	return plans
}

func (w *world) drawDeal(c chance, m *member, day int) *plan {
	p := &plan{chance: c, rep: m, created: day, team: w.cast.teamOn(m, day), carried: day < w.time.opening}
	p.segment, p.source, p.product = c.level(Segments), c.level(Sources), c.level(Products)
	p.existing, p.takenAlong = c.is(ExistingShare), c.is(TakenAlong)
	if c.is(CompetitorShare) {
		p.competitor = c.level(Competitors).Name
	}
	p.id = deals.ID(c.id(w.time.at(day, 0)))
	p.win = p.chanceOfWinning()
	w.run(p, 0, day)
	if p.outcome == deals.NoAction && p.is(ReopenedShare) {
		last := p.visits[len(p.visits)-1]
		p.reopened = w.time.nextWorking(last.until + p.between(20, 70))
		w.run(p, last.stage, p.reopened)
	}
	w.ownerOn(p, p.closed()-1)
	return p
}

func (c chance) level(list []Level) *Level {
	weights := make([]float64, len(list))
	for i, l := range list {
		weights[i] = l.Share
	}
	return &list[c.of(weights...)]
}
