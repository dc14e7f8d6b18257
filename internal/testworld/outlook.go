package testworld

import (
	"math"

	"milepost/calendar"
)

// Outlook is the probability that an open deal is won, by the law that the company was
// drawn from, given no more than what the deal is, who owns it, its stage, for how long
// it has been there, and which milestones of that stage were told of by then: claimed or
// confirmed, even if taken back later. What is said in conversations and calls is left
// out, and so is that a deal may go to another owner.
//
// The day is the first that is not known. Shown tells of a milestone, by its number in
// Milestones, whether it was told of before that day. False is given for a deal that is
// not open then, or that follows no law: the very large one.
//
// The law: a visit of a stage goes on, is lost or is given up by the chances of its
// stage; how long it takes, and which milestones it reaches, depends on that. So what
// was shown, and how long it took, tell how the visit will end (Bayes), and the chances
// of the stages after it do the rest.
func (t *Truth) Outlook(d *DealTruth, day calendar.Date, shown func(milestone int) bool) (win float64, open bool) {
	v, there := d.visitOn(day)
	if !there || d.ID == t.Whale {
		return 0, false
	}
	o := outlook{t: t, d: d, v: v, day: day, shown: shown, rep: t.rep(v), first: t.rep(&d.Visits[0])}
	o.gather()
	on, lost, none := o.fates()
	if on+lost+none == 0 {
		return 0, false
	}
	win = on / (on + lost + none)
	for stage := v.Stage + 1; stage < len(Stages); stage++ {
		win *= d.advances(stage, o.rep)
	}
	return win, true
}

// visitOn is the visit in which a deal is as far as is known before a day.
func (d *DealTruth) visitOn(day calendar.Date) (*VisitTruth, bool) {
	for i := range d.Visits {
		if v := &d.Visits[i]; v.From < day && day <= v.Until {
			return v, true
		}
	}
	return nil, false
}

func (t *Truth) rep(v *VisitTruth) *RepTruth {
	for i := range t.Reps {
		if t.Reps[i].Person == v.Rep {
			return &t.Reps[i]
		}
	}
	return &RepTruth{Pace: 1, Stuck: 1}
}

// plan is the deal as the law sees it.
func (d *DealTruth) plan() *plan {
	p := &plan{segment: levelNamed(Segments, d.Segment), source: levelNamed(Sources, d.Source), product: levelNamed(Products, d.Product), existing: d.Existing}
	if d.Competitor {
		p.competitor = Competitors[0].Name
	}
	return p
}

func levelNamed(list []Level, name string) *Level {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return &Level{Pace: 1}
}

func (d *DealTruth) advances(stage int, r *RepTruth) float64 { return d.plan().advances(stage, r) }

// outlook is one reckoning.
type outlook struct {
	t          *Truth
	d          *DealTruth
	v          *VisitTruth
	day        calendar.Date
	shown      func(int) bool
	rep, first *RepTruth // of the visit; of the deal's beginning
	paces      []float64 // of the days of the visit, as far as they were asked for
	age        int       // days of the visit before the day
	told       []float64 // by day of the visit: that a claim of that day is recorded before the day
	confirmed  []float64 // the same, of the confirmation that follows it, when the claim is not
}

// longest is how many times its median a visit is followed; hardly any lasts longer.
const longest = 12

// pace is how fast work goes on a day of the visit.
func (o *outlook) pace(k int) float64 {
	for len(o.paces) <= k {
		o.paces = append(o.paces, o.t.PaceOn(o.v.From.AddDays(len(o.paces)), o.d.Region, o.v.Stage))
	}
	return o.paces[k]
}

// gather reckons what does not depend on how the visit ends.
func (o *outlook) gather() {
	o.age = o.v.From.DaysUntil(o.day)
	for x := range o.age {
		claim, after := o.recorded(x), 0.0
		for k := ConfirmedSoon; k <= ConfirmedLate; k++ {
			if y := o.working(x + k); y < o.age {
				after += o.recorded(y) / (ConfirmedLate - ConfirmedSoon + 1)
			}
		}
		o.told, o.confirmed = append(o.told, claim), append(o.confirmed, (1-claim)*after)
	}
}

// recorded is the probability that what was true on a day of the visit was recorded
// before the day of the outlook.
func (o *outlook) recorded(x int) float64 {
	known := 1 - o.first.Late
	for lag := 1; lag <= 9; lag++ {
		if o.working(x+lag) < o.age {
			known += o.first.Late / 9
		}
	}
	return known
}

func (o *outlook) working(x int) int {
	for o.pace(x) == 0 {
		x++
	}
	return x
}

// fates are the probabilities of what is known, together with each way in which the
// visit may end.
func (o *outlook) fates() (on, lost, none float64) {
	advance, give := o.d.advances(o.v.Stage, o.rep), Stages[o.v.Stage].NoAction
	pace := o.d.plan().pace(o.v.Stage, o.rep)
	median, done := Stages[o.v.Stage].Days/pace, 0.0
	for k := 1; k <= o.age || done < longest*median; k++ {
		before := done
		done += o.pace(k)
		if k < o.age || o.pace(k) == 0 {
			continue
		}
		ends := func(stretch float64) float64 {
			return below(done/median/stretch, o.v.Stage) - below(before/median/stretch, o.v.Stage)
		}
		goes, not := o.pattern(k)
		on += advance * ends(1) * goes
		lost += (1 - advance) * (1 - give) * ends(LostDays) * not
		none += (1 - advance) * give * ends(NoActionDays) * not
	}
	return on, lost, none
}

// below is the probability that a visit takes less than so many times its median.
func below(times float64, stage int) float64 {
	if times <= 0 {
		return 0
	}
	return .5 * math.Erfc(-math.Log(times)/Stages[stage].Spread/math.Sqrt2)
}

// pattern is the probability that just those milestones were told of that were, if the
// visit ends on a day, and goes on or does not.
func (o *outlook) pattern(ends int) (goes, not float64) {
	claim, confirmed := o.share(o.told, ends), o.share(o.confirmed, ends)
	goes, not = 1, 1
	for n, m := range Milestones {
		if m.Stage != o.v.Stage {
			continue
		}
		reached := ClaimedFirst*(claim+m.Confirmed*confirmed) + (1-ClaimedFirst)*m.Confirmed*claim
		hollow := o.rep.Overclaims * claim
		yes, no := m.IfGoesOn*reached+(1-m.IfGoesOn)*hollow, m.IfNot*reached+(1-m.IfNot)*hollow
		if !o.shown(n) {
			yes, no = 1-yes, 1-no
		}
		goes, not = goes*yes, not*no
	}
	return goes, not
}

// share is the probability of what depends on the day of a claim, in a visit that ends
// on a day.
func (o *outlook) share(by []float64, ends int) float64 {
	sum, length := 0.0, float64(ends)
	for k := int(ShownFrom * length); k < o.age; k++ {
		part := min(ShownUntil, float64(k+1)/length) - max(ShownFrom, float64(k)/length)
		if part <= 0 {
			break
		}
		if x := o.working(k); x < o.age {
			sum += part * by[x]
		}
	}
	return sum / (ShownUntil - ShownFrom)
}
