package bulk

import (
	"fmt"
	"net/http"

	"milepost/internal/web"
	"milepost/problem"
)

// begin begins the change, or its undoing, and does the first batches at once: a few
// records are done before the page is there.
func (p pages) begin(from, to string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		view, err := p.view(r)
		if err != nil {
			return err
		}
		if view.State != from {
			return web.Redirect(w, r, p.list.path(view.ID), "")
		}
		if to == undoing && !view.mayUndo(view.k.Now) {
			return problem.Conflict("", "A change can be undone for a week. This one is older: change the %s anew instead.", p.list.Many)
		}
		if err := view.move(view.k, view.k.DB, to, view.k.Now); err != nil {
			return err
		}
		if _, err := p.goOn(r); err != nil {
			return err
		}
		return web.Redirect(w, r, p.list.path(view.ID), "")
	}
}

// batchesAStep is how many batches a page asks for at once: enough to get on, few
// enough to see it move.
const batchesAStep = 3

func (p pages) goOn(r *http.Request) (more bool, err error) {
	more = true
	for i := 0; i < batchesAStep && more && err == nil; i++ {
		k := p.desk(r)
		more, err = p.list.step(k, r.PathValue("id"), k.by())
	}
	if err != nil {
		err = fmt.Errorf("going on with a change of %s: %w", p.list.Many, err)
	}
	return more, err
}

// step goes on with a change under way, and shows how far it is.
func (p pages) step(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.view(r); err != nil {
		return err
	}
	more, err := p.goOn(r)
	if err != nil {
		return err
	}
	if !more || !web.WantsPart(r) {
		return web.Redirect(w, r, p.list.path(r.PathValue("id")), "")
	}
	view, err := p.view(r)
	if err != nil {
		return err
	}
	return web.Fragment(w, r, progress(view))
}

// stop ends a change under way where it stands.
func (p pages) stop(w http.ResponseWriter, r *http.Request) error {
	view, err := p.view(r)
	if err != nil {
		return err
	}
	if view.goesOn() {
		if err := view.giveUp(view.k, becauseStopped); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, p.list.path(view.ID), "")
}
