package monday

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
)

// planned is what these pages keep of the evaluation plan of an open deal.
type planned struct {
	ID       plans.ID
	Told     calendar.Instant // when anything was last done about it
	Open     bool             // there are steps to be done
	Ours     []plans.Step     // of ours, open, with a day by which they are to be done
	Slipping string           // the open step of the buyer's that slipped most, and how often
	Slips    int
}

func (p *planned) path() string { return "/plans/plan/" + string(p.ID) }

// plannedOf keeps of a plan what is told of it.
func plannedOf(g *plans.Going) *planned {
	p := &planned{ID: g.ID, Told: g.Told}
	for _, s := range g.Steps {
		if s.Done() {
			continue
		}
		p.Open = true
		if s.Side == plans.Ours && s.Due != "" {
			p.Ours = append(p.Ours, s)
		}
		if n := slipsOf(&s); n > p.Slips {
			p.Slipping, p.Slips = s.Text, n
		}
	}
	return p
}

// slipsOf is how often a step of the buyer's got another day, where that came to a later
// one than was agreed first.
func slipsOf(s *plans.Step) int {
	if s.Side != plans.Theirs || s.Slipped() <= 0 {
		return 0
	}
	return s.Course.Moves
}

// theirsSlips: a step of the buyer's slipped more often than nine in ten of
// those that buyers took.
func (w *watch) theirsSlips(d *deal, l *lines) (flag, bool) {
	if d.Plan == nil {
		return flag{}, false
	}
	return beyond(theirMoves, float64(d.Plan.Slips), l.moves)
}

// wentQuiet: nothing happened in the plan for longer than nine in ten times before.
func (w *watch) wentQuiet(d *deal, l *lines) (flag, bool) {
	if d.Plan == nil || !d.Plan.Open {
		return flag{}, false
	}
	return beyond(quietPlan, days(d.Plan.Told, w.Now), l.quiet)
}

// rejection is a claim that was rejected, and that its rep has not answered.
type rejection struct {
	Deal      deals.ID            `db:"deal_id"`
	Milestone process.MilestoneID `db:"milestone_id"`
	Name      string              `db:"name"`
	Reason    string              `db:"reason"`
	At        calendar.Instant    `db:"rejected_at"`
}

// fallen is a rejection with its deal.
type fallen struct {
	*deal
	rejection
}

func (f fallen) path() string { return evidence.MilestonePath(f.deal.ID, f.Milestone) }

// planDue lists the steps of a plan that are the person's to do, up to a week ahead: those
// that name the person, and in the person's own deals those that name nobody.
func (r *day) planDue(d *deal) []due {
	if d.Plan == nil || !r.Viewer.Sees(d.Owner) {
		return nil
	}
	var list []due
	for _, s := range d.Plan.Ours {
		if (s.Person == r.Person || s.Person == "" && d.Owner == r.Person) && s.Due <= r.Today.AddDays(ahead) {
			list = append(list, due{d, s.Text, s.Due, deed{"Go to the plan", d.Plan.path()}})
		}
	}
	return list
}

// readProcess puts plans, rejections and audits with their deals: of some, or of all.
func (s *shelf) readProcess(ctx context.Context, d *db.DB, ids []string) error {
	going, waits, fell, err := processOf(ctx, d, ids)
	if err != nil {
		return fmt.Errorf("reading plans and audits: %w", err)
	}
	if ids == nil {
		s.waits, s.plans = map[string][]audits.Wait{}, false
	}
	for _, id := range ids {
		delete(s.waits, id)
	}
	for i := range going {
		if d := s.open[string(going[i].Deal)]; d != nil {
			d.Plan, s.plans = plannedOf(&going[i]), true
		}
	}
	for _, w := range waits {
		s.waits[string(w.Deal)] = append(s.waits[string(w.Deal)], w)
	}
	for _, f := range fell {
		if d := s.open[string(f.Deal)]; d != nil {
			d.Fell = append(d.Fell, f)
		}
	}
	return nil
}

func processOf(ctx context.Context, d *db.DB, ids []string) (going []plans.Going, waits []audits.Wait, fell []rejection, err error) {
	if ids == nil {
		if going, err = plans.AllGoing(ctx, d); err == nil {
			waits, err = audits.AllWaits(ctx, d)
		}
	} else if going, err = plans.GoingIn(ctx, d, ids); err == nil {
		waits, err = audits.WaitsIn(ctx, d, ids)
	}
	if err == nil {
		fell, err = rejections(ctx, d, ids)
	}
	return going, waits, fell, err
}

// toAudit counts the audits that wait for someone.
func (s *shelf) toAudit(v *people.Viewer) int64 {
	n := int64(0)
	for _, list := range s.waits {
		for _, w := range list {
			if w.Owner != v.ID && v.Sees(w.Owner) && s.line.AuditorOf(w.Owner).Is(v) {
				n++
			}
		}
	}
	return n
}
