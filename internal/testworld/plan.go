package testworld

import (
	"math"

	"milepost/deals"
	"milepost/money"
)

// plan is a deal as fate has it: what it is, which stages it will visit and how it
// ends. Only what lies before today is ever told.
type plan struct {
	chance
	number                   int
	id                       deals.ID
	rep                      *member // the first owner
	team                     *team
	segment, source, product *Level
	existing, carried, whale bool
	competitor               string // empty when nobody else bids
	created                  int    // day
	visits                   []visit
	win                      float64
	outcome                  deals.Outcome
	reopened                 int // day, 0 when it is not
	account                  *account
	owners                   []handover
	takenAlong               bool // by an owner who changes teams
	worth                    money.Amount
	written                  bool // its row is there
	open                     bool // today
	hollow                   uint // the milestones, by number, whose last claim nothing stands behind
}

// visit is one stay in a stage, from a day up to a day.
type visit struct {
	stage, from, until int
	rep                *member
	goesOn             bool
	ends               deals.Outcome // when it does not go on, or is the last
}

// advances is the probability of going on from a stage in a rep's hands.
func (p *plan) advances(stage int, r *RepTruth) float64 {
	x := logit(Stages[stage].Advance) + p.segment.Effect + p.source.Effect + p.product.Effect + r.Skill
	if p.existing {
		x += ExistingEffect
	}
	if p.competitor != "" && stage >= evaluation {
		x += CompetitorHurts
	}
	if stage == evaluation {
		x += r.Evaluation
	}
	return logistic(x)
}

func (p *plan) chanceOfWinning() float64 {
	win := 1.0
	for stage := range Stages {
		win *= p.advances(stage, p.rep.rep)
	}
	return win
}

// run lets a deal visit stage after stage, from one on, until it ends.
func (w *world) run(p *plan, stage, day int) {
	for ; ; stage++ {
		if stage == 1 && len(p.owners) == 0 && p.is(HandedOver) {
			p.owners = append(p.owners, handover{day, w.colleague(p, day)})
		}
		owner := w.ownerOn(p, day)
		v := visit{stage: stage, from: day, rep: owner, goesOn: p.is(p.advances(stage, owner.rep))}
		stretch := 1.0
		if !v.goesOn {
			v.ends, stretch = deals.Lost, LostDays
			if p.is(Stages[stage].NoAction) {
				v.ends, stretch = deals.NoAction, NoActionDays
			}
		} else if stage == len(Stages)-1 {
			v.ends = deals.Won
		}
		work := p.around(Stages[stage].Days, Stages[stage].Spread) * stretch / p.pace(stage, owner.rep)
		v.until = w.workedOff(work, p.team.region, stage, day)
		p.visits = append(p.visits, v)
		if v.ends != "" {
			p.outcome = v.ends
			return
		}
		day = v.until
	}
}

func (p *plan) pace(stage int, r *RepTruth) float64 {
	pace := p.segment.Pace * p.source.Pace * p.product.Pace * r.Pace
	if stage == evaluation {
		pace *= r.Stuck
	}
	return pace
}

// workedOff is the day on which so many working days at pace 1 are done.
func (w *world) workedOff(work float64, region string, stage, day int) int {
	for last := len(w.time.dates) - 1; day < last; {
		day++
		pace := w.time.paces[day]
		if stage == evaluation && w.truth.Stall.holds(w.time.dates[day], region) {
			pace *= w.truth.Stall.Evaluation
		}
		if work -= pace; work <= 0 && pace > 0 {
			break
		}
	}
	return day
}

// closed is the day on which the story ends.
func (p *plan) closed() int {
	if len(p.visits) == 0 {
		return math.MaxInt
	}
	return p.visits[len(p.visits)-1].until
}

// truth is what the plan was drawn with.
func (p *plan) truth(w *world, worth money.Amount) DealTruth {
	d := DealTruth{ID: p.id, Rep: p.rep.id, Team: p.team.name, Region: p.team.region, Segment: p.segment.Name,
		Source: p.source.Name, Product: p.product.Name, Existing: p.existing, Competitor: p.competitor != "",
		Carried: p.carried, Created: w.time.dates[p.created], Win: p.win, Amount: worth}
	for _, v := range p.visits {
		d.Visits = append(d.Visits, VisitTruth{v.stage, w.time.dates[v.from], w.time.dates[min(v.until, len(w.time.dates)-1)], v.rep.id, v.goesOn})
		if d.Ends == "" {
			d.Ends = v.ends
		}
	}
	return d
}
