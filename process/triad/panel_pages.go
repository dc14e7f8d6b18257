package triad

import (
	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// panelView is what the page of a deal shows of this room.
type panelView struct {
	Deal    deals.Opportunity
	Triad   Triad
	Now     deals.Now
	Viewer  *people.Viewer
	Version *process.Version
	Parties []accounts.Party
	Open    process.CriterionID // which is being assessed
	Back    process.CriterionID // whose form was left just now: the keyboard goes on there
	Said    bool                // something was just recorded: the history below is to tell of it
	Typed   typed
	Problem error
	names   map[people.ID]string
}

func (x *visit) panel() error {
	v, err := x.readPanel()
	if err != nil {
		return err
	}
	v.open(process.CriterionID(x.r.URL.Query().Get("criterion")))
	v.Back = process.CriterionID(x.r.URL.Query().Get("left"))
	return x.show(v)
}

// show answers with the panel, as a part of the deal's page or as a page of its own. A
// deal that follows no process with criteria has none.
func (x *visit) show(v *panelView) error {
	if web.WantsPart(x.r) {
		if len(v.Triad.Asked) == 0 && v.Problem == nil {
			return web.Fragment(x.w, x.r, ui.Text(""))
		}
		return web.FragmentWithStatus(x.w, x.r, web.FormStatus(v.Problem), panel(v))
	}
	frame := ui.Frame{Title: "Qualification", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: v.Deal.Title, Path: v.Deal.ID.Path()}}}
	return web.PageWithStatus(x.w, x.r, web.FormStatus(v.Problem), frame, panel(v))
}

func (x *visit) readPanel() (*panelView, error) {
	v := &panelView{Now: x.now, Viewer: x.v}
	var err error
	if v.Deal, err = deals.FindFor(x.ctx, x.d, x.v, deals.ID(x.r.PathValue("id"))); err != nil {
		return v, err
	}
	library, err := process.ReadLibrary(x.ctx, x.d)
	if err != nil {
		return v, err
	}
	if v.Triad, err = Of(x.ctx, x.d, library, v.Deal.ID); err != nil {
		return v, err
	}
	v.Version, _ = library.Version(v.Triad.Process, v.Triad.Number)
	if len(v.Triad.Asked) == 0 {
		return v, nil
	}
	if v.Parties, err = accounts.Parties(x.ctx, x.d, x.v, v.Deal); err != nil {
		return v, err
	}
	v.names, err = x.names()
	return v, err
}

// open opens the form of a criterion, with the answer that it has.
func (v *panelView) open(id process.CriterionID) {
	asked, there := v.Triad.Criterion(id)
	if !there || !v.Deal.IsOpen() {
		return
	}
	v.Open, v.Typed = id, typed{On: string(v.Now.Today()), Seen: asked.Version()}
	if state := asked.State(); state != Unknown {
		v.Typed.State = string(state)
	}
}

// assess records an answer. A refusal shows the form again with what was typed; when
// somebody else assessed the criterion meanwhile, with both.
func (x *visit) assess() error {
	if err := web.ReadForm(x.w, x.r, largestForm); err != nil {
		return err
	}
	v, err := x.readPanel()
	if err != nil {
		return err
	}
	id, t := process.CriterionID(x.r.PostForm.Get("criterion")), typedIn(x.r.PostForm)
	answer, err := v.answer(id, t)
	if err == nil {
		err = ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now.At), func(w *ledger.Writer) error {
			_, err := Assess(x.ctx, w, x.v, v.Deal.ID, answer)
			return err
		})
	}
	if err != nil && !web.InForm(err) {
		return err
	}
	if err == nil && !web.WantsPart(x.r) {
		return web.Redirect(x.w, x.r, v.Deal.ID.Path(), "Noted.")
	}
	refusal := err
	if v, err = x.readPanel(); err != nil {
		return err
	}
	v.Back, v.Said = id, refusal == nil
	if refusal != nil {
		v.open(id)
		v.Problem = refusal
		seen := v.Typed.Seen
		if v.Typed = t; problem.Is(refusal, problem.KindConflict) {
			v.Typed.Seen = seen // theirs is shown now; saving again puts this one over it
		}
	}
	return x.show(v)
}
