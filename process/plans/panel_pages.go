package plans

import (
	"net/http"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// panelView is the plan on the page of its deal.
type panelView struct {
	Deal   deals.Opportunity
	Plan   *Plan // nil while there is none in force
	Health Health
	Reason string
	Next   []Step
	Now    deals.Now
	book
}

// shown is how many of the next steps the panel shows.
const shown = 3

func (x *visit) panel() error {
	o, err := deals.FindFor(x.ctx, x.d, x.v, deals.ID(x.r.PathValue("id")))
	if err != nil {
		return err
	}
	v := panelView{Deal: o, Now: x.now}
	all, err := Of(x.ctx, x.d, o.ID)
	if err != nil {
		return err
	}
	if len(all) > 0 && all[0].InForce {
		v.Plan = &all[0]
		v.Health, v.Reason = HealthOf(v.Plan, x.now.Today())
		for _, s := range v.Plan.Steps {
			if !s.Done() && len(v.Next) < shown {
				v.Next = append(v.Next, s)
			}
		}
	}
	if v.book, err = readBook(x.ctx, x.d, &o); err != nil {
		return err
	}
	if web.WantsPart(x.r) {
		return write(x.w, x.r, http.StatusOK, planPanel(v))
	}
	return x.page(nil, ui.Frame{Title: "Evaluation plan", Crumbs: crumbs(&o, nil)}, planPanel(v))
}
