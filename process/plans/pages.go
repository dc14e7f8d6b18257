package plans

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// pages serves the pages of this room.
type pages struct{ slice.Program }

// visit is one request of a signed-in person.
type visit struct {
	*pages
	w   http.ResponseWriter
	r   *http.Request
	ctx context.Context
	v   *people.Viewer
	d   *db.DB // confined to the person's organization
	now deals.Now
}

// mostTyped is how much a form of this room may send, in bytes.
const mostTyped = 64 << 10

func (p *pages) on(handle func(*visit) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := people.ViewerFrom(r.Context())
		if r.Method == http.MethodPost {
			if err := web.ReadForm(w, r, mostTyped); err != nil {
				return err
			}
		}
		return handle(&visit{pages: p, w: w, r: r, ctx: r.Context(), v: v, d: p.DB.For(v.Org), now: deals.Now{At: p.Clock(), Place: v.Organization.Place()}})
	}
}

func (x *visit) id() ID { return ID(x.r.PathValue("id")) }

// act runs one act on the plan of the path, in the person's name.
func (x *visit) act(act func(*Pen) error) error {
	return ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now.At), func(w *ledger.Writer) error {
		_, err := Act(x.ctx, w, x.v, x.id(), act)
		return err
	})
}

// seen is the version that the form was made from.
func (x *visit) seen() int64 {
	n, _ := strconv.ParseInt(x.r.PostForm.Get("seen"), 10, 64)
	return n
}

// done leads back to the plan after an act; what was refused is shown on the plan.
func (x *visit) done(err error, said string) error {
	if web.InForm(err) {
		return x.showPlan(err, nil)
	}
	if err != nil {
		return err
	}
	return web.Redirect(x.w, x.r, planPath(x.id()), said)
}

func planPath(id ID) string                { return "/plans/plan/" + string(id) }
func stepPath(plan ID, step StepID) string { return planPath(plan) + "/steps/" + string(step) }

// crumbs lead from the deals to a page of the plan.
func crumbs(o *deals.Opportunity, p *Plan) []ui.Crumb {
	list := []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: o.Title, Path: o.ID.Path()}}
	if p != nil {
		list = append(list, ui.Crumb{Label: "Evaluation plan", Path: planPath(p.ID)})
	}
	return list
}

// page answers with a page.
func (x *visit) page(err error, frame ui.Frame, body templ.Component) error {
	return web.PageWithStatus(x.w, x.r, web.FormStatus(err), frame, body)
}
