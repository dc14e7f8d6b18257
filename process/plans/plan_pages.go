package plans

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// planView is a plan as our own people see it.
type planView struct {
	Plan
	Deal       deals.Opportunity
	Now        deals.Now
	Health     Health
	Reason     string
	Earlier    []Plan // of the deal, the others
	Colleagues map[RemarkID]colleague
	Problem    error
	Invitation *Invitation // just made
	Address    string      // of the invitation
	book
	standing evidence.Standing
	version  *process.Version
}

// readPlan reads what the pages of a plan show.
func (x *visit) readPlan(id ID) (*planView, error) {
	p, o, err := Find(x.ctx, x.d, x.v, id)
	if err != nil {
		return nil, err
	}
	v := &planView{Plan: p, Deal: o, Now: x.now}
	v.Health, v.Reason = HealthOf(&v.Plan, x.now.Today())
	if v.book, err = readBook(x.ctx, x.d, &o); err != nil {
		return nil, err
	}
	if v.standing, v.version, err = readStanding(x.ctx, x.d, o.ID); err != nil {
		return nil, err
	}
	all, err := Of(x.ctx, x.d, o.ID)
	if err != nil {
		return nil, err
	}
	for _, other := range all {
		if other.ID != p.ID {
			v.Earlier = append(v.Earlier, other)
		}
	}
	list, err := colleaguesOf(x.ctx, x.d, p.ID)
	v.Colleagues = make(map[RemarkID]colleague, len(list))
	for _, c := range list {
		v.Colleagues[c.ID] = c
	}
	return v, err
}

func readStanding(ctx context.Context, d *db.DB, deal deals.ID) (evidence.Standing, *process.Version, error) {
	library, err := process.ReadLibrary(ctx, d)
	if err != nil {
		return evidence.Standing{}, nil, err
	}
	s, err := evidence.Read(ctx, d, library, deal)
	if err != nil {
		return s, nil, err
	}
	version, _ := library.Version(s.Process, s.Number)
	return s, version, nil
}

// milestone is what a milestone is called, and where it stands.
func (v *planView) milestone(id process.MilestoneID) (string, evidence.State) {
	is := v.standing.Of(id)
	if v.version != nil {
		if m, _, there := v.version.Definition.Milestone(id); there {
			return m.Name, is.State
		}
	}
	return is.Name, is.State
}

func (x *visit) plan() error { return x.showPlan(nil, nil) }

// showPlan shows the plan of the path, with what was refused, or what was just made.
func (x *visit) showPlan(refused error, made *Invitation) error {
	v, err := x.readPlan(x.id())
	if err != nil {
		return err
	}
	v.Problem, v.Invitation = refused, made
	if made != nil {
		v.Address = address(x.r) + sharedPath(made.Token)
	}
	frame := ui.Frame{Title: v.Title, Crumbs: crumbs(&v.Deal, nil), Actions: planActions(v)}
	return x.page(refused, frame, planPage(v))
}

// make makes a plan for the deal of the path.
func (x *visit) make() error {
	var made Plan
	err := ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now.At), func(w *ledger.Writer) (err error) {
		made, err = Make(x.ctx, w, x.v, deals.ID(x.r.PathValue("id")), ID(x.r.PostForm.Get("instead")))
		return err
	})
	if err != nil {
		return err
	}
	said := "The plan is made. Go through it with the prospect, change what does not fit, then share it."
	if len(made.Steps) == 0 {
		said = "The plan is begun. Add the first step."
	}
	return web.Redirect(x.w, x.r, planPath(made.ID), said)
}

func (x *visit) agree() error {
	return x.done(x.act(func(p *Pen) error { return p.Agree() }), "The dates of today are the ones that were agreed. Later moves count against them.")
}
