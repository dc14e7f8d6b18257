package plans

import (
	"net/url"
	"strings"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// stepView is the form of one step.
type stepView struct {
	*planView
	Step    Step
	Seen    int64
	Why     string
	Problem error
}

// stepFrom reads the form of a step.
func stepFrom(f url.Values) Step {
	s := Step{Text: f.Get("text"), Due: calendar.Date(f.Get("due")), Milestone: process.MilestoneID(f.Get("milestone"))}
	for _, id := range f["after"] {
		if id != "" {
			s.After = append(s.After, StepID(id))
		}
	}
	side, who, _ := strings.Cut(f.Get("owner"), ":")
	if s.Side = Side(side); s.Side == Ours {
		s.Person = people.ID(who)
	} else {
		s.Contact = accounts.ContactID(who)
	}
	return s
}

// owner is the step's owner as the form says it.
func (s *Step) owner() string {
	if s.Side == Ours {
		return string(Ours) + ":" + string(s.Person)
	}
	return string(s.Side) + ":" + string(s.Contact)
}

func (x *visit) newStep() error {
	v, err := x.readPlan(x.id())
	if err != nil {
		return err
	}
	return x.showStep(&stepView{planView: v, Step: Step{Side: Theirs}})
}

func (x *visit) step() error {
	v, err := x.readPlan(x.id())
	if err != nil {
		return err
	}
	s, there := v.Plan.Step(StepID(x.r.PathValue("step")))
	if !there {
		return problem.NotFound("There is no such step in this plan.")
	}
	return x.showStep(&stepView{planView: v, Step: *s, Seen: s.Course.Version})
}

func (x *visit) showStep(v *stepView) error {
	title := "Change a step"
	if v.Step.ID == "" {
		title = "A new step"
	}
	return x.page(v.Problem, ui.Frame{Title: title, Crumbs: crumbs(&v.Deal, &v.Plan)}, stepPage(v))
}

func (x *visit) addStep() error { return x.putStep("") }

func (x *visit) changeStep() error { return x.putStep(StepID(x.r.PathValue("step"))) }

func (x *visit) putStep(id StepID) error {
	typed := stepFrom(x.r.PostForm)
	typed.ID = id
	err := x.act(func(p *Pen) error {
		if err := p.mayOwn(x, &typed); err != nil {
			return err
		}
		return p.Put(typed, x.seen(), x.r.PostForm.Get("reason"))
	})
	if web.InForm(err) {
		v, readErr := x.readPlan(x.id())
		if readErr != nil {
			return readErr
		}
		again := &stepView{planView: v, Step: typed, Why: x.r.PostForm.Get("reason"), Problem: err}
		if now, there := v.Plan.Step(id); there { // whoever looks now, and saves, has seen it
			again.Seen, again.Step.Course = now.Course.Version, now.Course
		}
		return x.showStep(again)
	}
	return x.done(err, "It is saved.")
}

// mayOwn refuses an owner, or a milestone, that there is not.
func (p *Pen) mayOwn(x *visit, s *Step) error {
	var was Step
	if before, there := p.InForce().Step(s.ID); there {
		was = *before
	}
	if s.Milestone != "" && s.Milestone != was.Milestone {
		if p.Version == nil {
			return problem.Invalid("milestone", "This deal follows no sales process, so a step proves nothing.")
		}
		if _, _, there := p.Version.Definition.Milestone(s.Milestone); !there {
			return problem.Invalid("milestone", "This milestone is not part of the process that the deal follows now.")
		}
	}
	if s.Person != "" && s.Person != was.Person {
		who, err := people.PersonOf(x.ctx, p.w.DB, x.v.Org, s.Person)
		if problem.Is(err, problem.KindNotFound) || err == nil && !who.Active() {
			return problem.Invalid("owner", "Choose somebody who works here.")
		}
		if err != nil {
			return err
		}
	}
	return p.knows(x.ctx, "owner", s.Contact, was.Contact)
}

func (x *visit) finishStep() error {
	return x.done(x.act(func(p *Pen) error { return p.Finish(StepID(x.r.PathValue("step")), x.seen()) }), "The step is done.")
}

func (x *visit) reopenStep() error {
	return x.done(x.act(func(p *Pen) error { return p.Reopen(StepID(x.r.PathValue("step")), x.seen()) }), "The step is open again.")
}

func (x *visit) dropStep() error {
	return x.done(x.act(func(p *Pen) error { return p.Drop(StepID(x.r.PathValue("step")), x.seen()) }), "The step is taken out.")
}
