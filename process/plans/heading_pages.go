package plans

import (
	"context"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

func (x *visit) heading() error {
	v, err := x.readPlan(x.id())
	if err != nil {
		return err
	}
	return x.showHeading(v, v.Content, v.Decided, nil)
}

func (x *visit) showHeading(v *planView, typed Content, seen int64, refused error) error {
	return x.page(refused, ui.Frame{Title: "What the buyer will decide", Crumbs: crumbs(&v.Deal, &v.Plan)}, headingPage(v, typed, seen, refused))
}

func (x *visit) setHeading() error {
	f := x.r.PostForm
	typed := Content{Title: f.Get("title"), Words: f.Get("words"), Decision: Decision{What: f.Get("what"), On: calendar.Date(f.Get("on")), By: accounts.ContactID(f.Get("by"))}}
	err := x.act(func(p *Pen) error {
		if err := p.knows(x.ctx, "by", typed.Decision.By, p.InForce().Decision.By); err != nil {
			return err
		}
		return p.Decide(typed, x.seen())
	})
	if web.InForm(err) {
		v, readErr := x.readPlan(x.id())
		if readErr != nil {
			return readErr
		}
		return x.showHeading(v, typed, v.Decided, err)
	}
	return x.done(err, "It is saved.")
}

// knows refuses a contact who has nothing to do with the deal; who stood there before
// may stay.
func (p *Pen) knows(ctx context.Context, field string, id, was accounts.ContactID) error {
	if id == "" || id == was {
		return nil
	}
	parts, err := partsOf(ctx, p.w.DB, &p.Deal)
	if err != nil {
		return err
	}
	for _, c := range parts {
		if c.ID == id && c.Erased == 0 {
			return nil
		}
	}
	return problem.Invalid(field, "Choose somebody at this account, or with a part in this deal.")
}
