package deals

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// bulkRoutes are the pages of changes of many deals.
func (p *pages) bulkRoutes() []web.Route {
	const one = " /bulk-changes/{id}"
	return []web.Route{
		{Pattern: "POST /bulk-changes", Rule: people.SeesDeals, Handle: p.chooseBulk},
		{Pattern: "GET" + one, Rule: people.SeesDeals, Handle: p.bulkPage},
		{Pattern: "POST" + one + "/plan", Rule: people.SeesDeals, Handle: p.planBulk},
		{Pattern: "POST" + one + "/start", Rule: people.SeesDeals, Handle: p.moveBulkOn(bulkPlanned, bulkRunning)},
		{Pattern: "POST" + one + "/step", Rule: people.SeesDeals, Handle: p.stepBulk},
		{Pattern: "POST" + one + "/stop", Rule: people.SeesDeals, Handle: p.stopBulk},
		{Pattern: "POST" + one + "/undo", Rule: people.SeesDeals, Handle: p.moveBulkOn(bulkDone, bulkUndoing)},
	}
}

func bulkPath(id string) string { return "/bulk-changes/" + id }

// chooseBulk takes in which deals shall change: those that are ticked, or all that the
// list's filter finds.
func (p *pages) chooseBulk(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	d, now := p.DB.For(v.Org), p.now(v)
	if going, err := bulkUnderWayOf(ctx, d, v.ID); err != nil || len(going) > 0 {
		if err != nil {
			return fmt.Errorf("looking for a change under way: %w", err)
		}
		return web.Redirect(w, r, bulkPath(going[0].ID), "This change is still under way. Let it end first.")
	}
	ids, err := p.chosenDeals(ctx, v, r.PostForm, now)
	if err != nil {
		return err
	}
	b, err := choose(ctx, d, v, ids, now)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, bulkPath(b.ID), "")
}

func (p *pages) chosenDeals(ctx context.Context, v *people.Viewer, form url.Values, now Now) ([]ID, error) {
	if form.Get("all") == "" {
		var ids []ID
		for _, id := range form["deal"] {
			if isID(id) {
				ids = append(ids, ID(id))
			}
		}
		return ids, nil
	}
	params, err := url.ParseQuery(form.Get("filter"))
	if err != nil {
		return nil, problem.Invalid("", "The list did not arrive whole. Open it again, and choose again.")
	}
	f, err := ReadFilter(params)
	if err != nil {
		return nil, err // what was not understood must not change every deal
	}
	d := p.DB.For(v.Org)
	q, err := ask(ctx, d, v, f, now)
	if err != nil {
		return nil, err
	}
	ids, err := matching(ctx, d, q, mostInBulk+1)
	if err == nil && len(ids) > mostInBulk {
		err = problem.Invalid("", "More than %s deals match. Narrow the list, and change them part by part.", figure(mostInBulk))
	}
	return ids, err
}

// isID tells whether a text can be the id of a deal.
func isID(text string) bool {
	for _, r := range text {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') && r != '-' {
			return false
		}
	}
	return len(text) == 36
}

// bulkPage shows a bulk change as it stands: what to change, the preview, how far it
// is, or what came of it.
func (p *pages) bulkPage(w http.ResponseWriter, r *http.Request) error {
	view, err := p.bulkView(r)
	if err != nil {
		return err
	}
	view.Again = r.URL.Query().Has("again")
	return p.showBulk(w, r, http.StatusOK, view)
}

func (p *pages) showBulk(w http.ResponseWriter, r *http.Request, status int, view bulkView) error {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	if view.asks() {
		var err error
		if view.Successors, err = p.successorOptions(ctx, v, view.Now, ""); err != nil {
			return err
		}
		if view.Led, err = pickedLed(ctx, p.DB.For(v.Org), view.ID); err != nil {
			return err
		}
		if view.Stages, err = p.stagesOf(ctx, v.Org, view.Now); err != nil {
			return err
		}
	}
	frame := ui.Frame{Title: view.title(), Lead: view.lead(), Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}}}
	return web.PageWithStatus(w, r, status, frame, bulkBody(view))
}

// planBulk takes in what shall change, and leads to the preview.
func (p *pages) planBulk(w http.ResponseWriter, r *http.Request) error {
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
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	b := view.bulk
	b.What, b.Value = r.PostForm.Get("what"), r.PostForm.Get("value")
	if b.What == bulkStage {
		b.Value, err = oneLine("stage", "The stage", b.Value, longestLabel)
	}
	if err == nil {
		err = plan(ctx, p.DB.For(v.Org), v, b, view.Now)
	}
	if problem.Is(err, problem.KindInvalid) {
		view.Again, view.Refusal, view.Typed = true, err, r.PostForm
		return p.showBulk(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return fmt.Errorf("previewing a bulk change: %w", err)
	}
	return web.Redirect(w, r, bulkPath(b.ID), "")
}

// moveBulkOn begins the change, or its undoing; the page then goes on with it.
func (p *pages) moveBulkOn(from, to string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		view, err := p.bulkView(r)
		if err != nil {
			return err
		}
		if view.State != from {
			return web.Redirect(w, r, bulkPath(view.ID), "")
		}
		if to == bulkUndoing && !view.mayUndo(view.Now.At) {
			return problem.Conflict("", "A change can be undone for a week. This one is older: change the deals anew instead.")
		}
		v := people.ViewerFrom(r.Context())
		if err := view.move(r.Context(), p.DB.For(v.Org), to, view.Now.At); err != nil {
			return err
		}
		return web.Redirect(w, r, bulkPath(view.ID), "")
	}
}

// batchesAStep is how many batches a page asks for at once: enough to get on, few
// enough to see it move.
const batchesAStep = 3

// stepBulk goes on with a change under way, and shows how far it is.
func (p *pages) stepBulk(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	if _, err := p.bulkView(r); err != nil {
		return err
	}
	more := true
	for i := 0; i < batchesAStep && more; i++ {
		var err error
		now := p.now(v)
		if more, err = step(ctx, p.DB.For(v.Org), v, r.PathValue("id"), by(v, now), now); err != nil {
			return fmt.Errorf("going on with a bulk change: %w", err)
		}
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
func (p *pages) stopBulk(w http.ResponseWriter, r *http.Request) error {
	view, err := p.bulkView(r)
	if err != nil {
		return err
	}
	v := people.ViewerFrom(r.Context())
	if view.State == bulkRunning || view.State == bulkUndoing {
		if err := giveUp(r.Context(), p.DB.For(v.Org), view.bulk, "It was stopped before its turn.", view.Now.At); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, bulkPath(view.ID), "")
}
