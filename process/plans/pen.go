package plans

import (
	"context"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/evidence"
)

// Pen writes about the plans of one deal. It holds the pen of the deal's evidence, since
// what the buyer confirms in a plan proves a milestone, and the two must agree.
type Pen struct {
	*evidence.Pen
	Plans []Plan // the newest last
	Today calendar.Date
	w     *ledger.Writer
}

// takeUp readies a pen for a deal that the person sees.
func takeUp(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID) (*Pen, error) {
	held, err := evidence.TakeUp(ctx, w, v, deal)
	if err != nil {
		return nil, err
	}
	p := &Pen{Pen: held, w: w, Today: calendar.DateOf(w.By.At, v.Organization.Place())}
	return p, p.fold()
}

func (p *Pen) fold() (err error) {
	p.Plans, err = Fold(p.Entries())
	return err
}

// InForce is the plan that both sides work by; nil when there is none.
func (p *Pen) InForce() *Plan {
	if i := slices.IndexFunc(p.Plans, func(q Plan) bool { return q.InForce }); i >= 0 {
		return &p.Plans[i]
	}
	return nil
}

// tell gathers an entry about the plan in force, and takes it in.
func (p *Pen) tell(kind ledger.Kind, subject string, fact Fact) (ledger.Entry, error) {
	if now := p.InForce(); now != nil && kind != Made {
		fact.Plan = now.ID
		if subject == "" {
			subject = string(now.ID)
		}
	}
	e, err := p.Tell(kind, subject, fact)
	if err != nil {
		return e, err
	}
	return e, p.fold()
}

// putDown writes the rows: of the plans, of the evidence, of the deal.
func (p *Pen) putDown(ctx context.Context) error {
	if err := p.PutDown(ctx); err != nil {
		return err
	}
	return settle(ctx, p.w.DB, p.Deal.ID, p.Plans)
}

// Act is one act of a person on the plan in force: it reads, acts, and writes.
func Act(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, act func(*Pen) error) (Plan, error) {
	was, err := find(ctx, w.DB, id)
	if err != nil {
		return was, err
	}
	p, err := takeUp(ctx, w, v, was.Deal)
	if problem.Is(err, problem.KindNotFound) {
		return Plan{}, errNoPlan
	}
	if err != nil {
		return Plan{}, err
	}
	if now := p.InForce(); now == nil || now.ID != id {
		return was, problem.Conflict("", "A newer plan has taken the place of this one, so it is for reading only. Open the newer one.")
	}
	if err := act(p); err != nil {
		return *p.InForce(), err
	}
	if err := p.putDown(ctx); err != nil {
		return Plan{}, err
	}
	return *p.InForce(), nil
}

// step finds a step of the plan in force, as the person saw it: seen is the sequence of
// the newest entry about it then.
func (p *Pen) step(id StepID, seen int64) (*Step, error) {
	s, there := p.InForce().Step(id)
	if !there {
		return nil, problem.Conflict("", "This step is not in the plan any more. Look at the plan again.")
	}
	if s.Course.Version != seen {
		return s, problem.Conflict("", "Somebody changed “%s” while you were at it. Nothing of yours was saved yet; look at the step as it is now, then decide again.", s.Text)
	}
	return s, nil
}
