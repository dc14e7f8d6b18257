package activities

import (
	"net/http"
	"strings"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// activityView is one activity with all that was said of it.
type activityView struct {
	Activity
	Deal       deals.Opportunity
	Versions   []told
	Now        deals.Now
	MayChange  bool
	JustLogged bool
	staff      staff
}

// told is what an entry said of an activity.
type told struct {
	ledger.Entry
	Activity Activity // as it stood after the entry
}

// load reads an activity of a deal that the person sees, from the ledger.
func (x *visit) load(id ID) (activityView, error) {
	row, err := activityTable.one(x.ctx, x.d, id, noActivity)
	if err != nil {
		return activityView{}, err
	}
	view := activityView{Activity: row, Now: x.now}
	if view.Deal, err = deals.FindFor(x.ctx, x.d, x.v, row.Deal); err != nil {
		return view, hidden(err, noActivity)
	}
	entries, err := ledger.OfOpportunity(x.ctx, x.d, x.v.Org, string(row.Deal))
	if err != nil {
		return view, err
	}
	if view.Versions, err = versionsOfActivity(entries, id); err != nil {
		return view, err
	}
	if n := len(view.Versions); n > 0 {
		view.Activity = view.Versions[n-1].Activity
	}
	view.MayChange = view.mayChange(x.v) && view.State != TakenBack
	view.staff, err = x.staff()
	return view, err
}

// versionsOfActivity tells how an activity stood after each entry about it.
func versionsOfActivity(entries []ledger.Entry, id ID) ([]told, error) {
	var about []ledger.Entry
	for _, e := range entries {
		if e.Kind == deals.OwnerSet || ID(e.ID) == id || ID(e.Subject) == id || strings.Contains(e.Payload, string(id)) {
			about = append(about, e)
		}
	}
	var list []told
	last := int64(0)
	for i := range about {
		folder, err := Fold(about[:i+1])
		if err != nil {
			return nil, err
		}
		a, err := findIn(folder.Activities, activityTable.id, id, "")
		if err == nil && a.Version != last {
			last = a.Version
			list = append(list, told{about[i], *a})
		}
	}
	return list, nil
}

func (x *visit) activity() error {
	view, err := x.load(x.id())
	if err != nil {
		return err
	}
	view.JustLogged = x.r.URL.Query().Has("logged")
	frame := ui.Frame{Title: view.title(view.staff), Crumbs: append(listCrumb[:1:1], ui.Crumb{Label: view.Deal.Title, Path: view.Deal.ID.Path()})}
	if view.MayChange {
		frame.Actions = activityActions(view)
	}
	return x.page(http.StatusOK, frame, activityPage(view))
}

// editActivity shows the form that corrects an activity, or tells of a planned one
// what came of it (?done).
func (x *visit) editActivity() error {
	view, err := x.load(x.id())
	if err != nil {
		return err
	}
	if !view.MayChange {
		return problem.Forbidden("Only the person who did this can change what it says.")
	}
	t, carries := typedOf(view.Activity, view.staff, x.now.Place), x.r.URL.Query().Has("done") && view.State == Ahead
	if carries && isAhead(view.At, x.now.At) {
		t.When = "" // it takes place now
	}
	return x.showEdit(view, t, carries, nil)
}

func (x *visit) showEdit(view activityView, t typed, carries bool, err error) error {
	form := logView{typed: t, Deal: view.Deal, Editing: &view.Activity, Carries: carries, Problem: err, Now: x.now, staff: view.staff}
	frame := ui.Frame{Title: "Correct an activity", Crumbs: append(listCrumb[:1:1], ui.Crumb{Label: view.title(view.staff), Path: loggedPath(view.ID)})}
	if form.Carries {
		frame.Title = "What came of it?"
	}
	return x.page(web.FormStatus(err), frame, logPage(form))
}

// correctActivity corrects, or, with done=1, carries a plan out.
func (x *visit) correctActivity() error {
	id, t := x.id(), readTyped(x.r)
	s, err := x.staff()
	if err != nil {
		return err
	}
	said, bad := t.said(x.now, s)
	notice := "Corrected. What it said before is kept."
	if bad == nil {
		bad = x.record(func(w *ledger.Writer) error {
			if x.r.PostFormValue("done") != "" {
				notice = "Logged."
				return CarryOut(x.ctx, w, x.v, id, said)
			}
			return Correct(x.ctx, w, x.v, id, number(x.r.PostFormValue("version")), said)
		})
	}
	if bad == nil {
		return web.Redirect(x.w, x.r, loggedPath(id), notice)
	}
	if !web.InForm(bad) {
		return bad
	}
	view, err := x.load(id)
	if err != nil {
		return err
	}
	return x.showEdit(view, t, x.r.PostFormValue("done") != "", bad)
}

// withdrawActivity takes an activity back: the "Undo" after logging, and "Take back"
// later.
func (x *visit) withdrawActivity() error {
	row, err := activityTable.one(x.ctx, x.d, x.id(), noActivity)
	if err != nil {
		return err
	}
	err = x.record(func(w *ledger.Writer) error {
		if err := Withdraw(x.ctx, w, x.v, x.id()); err != nil {
			return err
		}
		return x.mayGo(w, x.id())
	})
	if problem.Is(err, problem.KindInvalid) && !x.wantsJSON() {
		return x.showPanel(row.Deal, panelState{Of: "log", Problem: err})
	}
	if err != nil {
		return err
	}
	switch {
	case x.wantsJSON():
		return web.JSON(x.w, x.r, http.StatusOK, map[string]string{"id": string(row.ID)})
	case web.WantsPart(x.r):
		return x.showPanel(row.Deal, panelState{Said: "Taken back. It is not counted any more."})
	}
	return web.Redirect(x.w, x.r, row.Deal.Path(), "Taken back. It is not counted any more.")
}
