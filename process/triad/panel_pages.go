package triad

import (
	"net/url"
	"slices"
	"strconv"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
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

// typed is an answer as somebody types it.
type typed struct {
	State, Text, URL, Contact, How, On string
	Confidential                       bool
	Seen                               int64
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
	if x.wantsPart() {
		if len(v.Triad.Asked) == 0 && v.Problem == nil {
			return web.Fragment(x.w, x.r, ui.Text(""))
		}
		return web.FragmentWithStatus(x.w, x.r, statusOf(v.Problem), panel(v))
	}
	frame := ui.Frame{Title: "Qualification", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: v.Deal.Title, Path: dealPath(v.Deal.ID)}}}
	return web.PageWithStatus(x.w, x.r, statusOf(v.Problem), frame, panel(v))
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
	if err := x.readForm(); err != nil {
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
	if err != nil && !isRefusal(err) {
		return err
	}
	if err == nil && !x.wantsPart() {
		return web.Redirect(x.w, x.r, dealPath(v.Deal.ID), "Noted.")
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

func typedIn(form url.Values) typed {
	seen, _ := strconv.ParseInt(form.Get("seen"), 10, 64)
	return typed{State: form.Get("state"), Text: form.Get("text"), URL: form.Get("url"), Contact: form.Get("contact"), How: form.Get("how"),
		On: form.Get("on"), Confidential: form.Get("confidential") != "", Seen: seen}
}

// answer makes what was typed into an answer: whose word it is tells more than a link,
// and a link more than a note.
func (v *panelView) answer(id process.CriterionID, t typed) (Answer, error) {
	a := Answer{Criterion: id, State: State(t.State), Seen: t.Seen}
	if t.On != "" {
		on, err := calendar.ParseDate(t.On)
		if err != nil {
			return a, problem.Invalid("on", "This is not a day in the calendar; write it like 2026-01-31.")
		}
		a.On = on
	}
	a.Proof = evidence.Proof{Text: t.Text, URL: t.URL, Confidential: t.Confidential}
	switch {
	case t.Contact != "":
		if !slices.ContainsFunc(v.Parties, func(p accounts.Party) bool { return string(p.ID) == t.Contact }) {
			return a, problem.Invalid("contact", "Choose someone of the buyer's.")
		}
		a.Proof.Sort, a.Proof.Contact, a.Proof.How, a.Proof.On = evidence.ContactSort, accounts.ContactID(t.Contact), t.How, a.On
		if a.On == "" {
			a.Proof.On = v.Now.Today()
		}
	case t.URL != "":
		a.Proof.Sort = evidence.LinkSort
	case t.Text != "":
		a.Proof.Sort = evidence.NoteSort
	}
	return a, nil
}
