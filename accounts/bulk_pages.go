package accounts

import (
	"fmt"
	"net/http"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// bulkRoutes are the pages of changes of many accounts.
func (p pages) bulkRoutes() []web.Route {
	const one = " /account-changes/{id}"
	return []web.Route{
		{Pattern: "POST /account-changes", Handle: p.chooseBulk},
		{Pattern: "GET" + one, Handle: p.bulkPage},
		{Pattern: "POST" + one + "/plan", Handle: p.planBulk},
		{Pattern: "POST" + one + "/start", Handle: p.beginBulk(bulkPlanned, bulkRunning)},
		{Pattern: "POST" + one + "/step", Handle: p.stepBulk},
		{Pattern: "POST" + one + "/stop", Handle: p.stopBulk},
		{Pattern: "POST" + one + "/undo", Handle: p.beginBulk(bulkDone, bulkUndoing)},
	}
}

func bulkPath(id string) string { return "/account-changes/" + id }

// bulkPage shows a bulk change as it stands: what to change, the preview, how far it
// is, or what came of it.
func (p pages) bulkPage(w http.ResponseWriter, r *http.Request) error {
	view, err := p.bulkView(r)
	if err != nil {
		return err
	}
	view.Again = r.URL.Query().Has("again")
	return view.show(w, r, http.StatusOK)
}

func (v bulkView) show(w http.ResponseWriter, r *http.Request, status int) (err error) {
	if v.asks() {
		if v.Owners, err = v.k.owners(""); err != nil {
			return err
		}
	}
	frame := ui.Frame{Title: v.title(), Lead: v.lead(), Crumbs: []ui.Crumb{{Label: "Accounts", Path: "/accounts"}}}
	return web.PageWithStatus(w, r, status, frame, bulkBody(v))
}

// planBulk takes in what shall change, and leads to the preview.
func (p pages) planBulk(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	view, err := p.bulkView(r)
	if err != nil {
		return err
	}
	if view.State != bulkChosen && view.State != bulkPlanned {
		return errBulkMoved
	}
	b := view.bulk
	b.What, b.Value = r.PostForm.Get("what"), r.PostForm.Get("value")
	if err = view.k.plan(b); problem.Is(err, problem.KindInvalid) {
		view.Again, view.Refusal, view.Typed = true, err, r.PostForm
		return view.show(w, r, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return fmt.Errorf("previewing a change of accounts: %w", err)
	}
	return web.Redirect(w, r, bulkPath(b.ID), "")
}

// beginBulk begins the change, or its undoing, and does the first batches at once: a
// few accounts are done before the page is there.
func (p pages) beginBulk(from, to string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		view, err := p.bulkView(r)
		if err != nil {
			return err
		}
		if view.State != from {
			return web.Redirect(w, r, bulkPath(view.ID), "")
		}
		if to == bulkUndoing && !view.mayUndo(view.k.now) {
			return problem.Conflict("", "A change can be undone for a week. This one is older: change the accounts anew instead.")
		}
		if err := view.move(view.k, view.k.d, to, view.k.now); err != nil {
			return err
		}
		if _, err := p.goOn(r); err != nil {
			return err
		}
		return web.Redirect(w, r, bulkPath(view.ID), "")
	}
}

// batchesAStep is how many batches a page asks for at once: enough to get on, few
// enough to see it move.
const batchesAStep = 3

func (p pages) goOn(r *http.Request) (more bool, err error) {
	more = true
	for i := 0; i < batchesAStep && more && err == nil; i++ {
		k := p.desk(r)
		more, err = k.step(r.PathValue("id"), people.ByViewer(k.v, k.now))
	}
	if err != nil {
		err = fmt.Errorf("going on with a change of accounts: %w", err)
	}
	return more, err
}

// stepBulk goes on with a change under way, and shows how far it is.
func (p pages) stepBulk(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.bulkView(r); err != nil {
		return err
	}
	more, err := p.goOn(r)
	if err != nil {
		return err
	}
	if !more || !web.WantsPart(r) {
		return web.Redirect(w, r, bulkPath(r.PathValue("id")), "")
	}
	view, err := p.bulkView(r)
	if err != nil {
		return err
	}
	return web.Fragment(w, r, bulkProgress(view))
}

// stopBulk ends a change under way where it stands.
func (p pages) stopBulk(w http.ResponseWriter, r *http.Request) error {
	view, err := p.bulkView(r)
	if err != nil {
		return err
	}
	if view.State == bulkRunning || view.State == bulkUndoing {
		if err := view.k.giveUp(view.bulk, becauseStopped); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, bulkPath(view.ID), "")
}
