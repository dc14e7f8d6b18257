package bulk

import (
	"fmt"
	"net/http"
	"time"

	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// pages serves the pages of the changes of one list.
type pages struct {
	slice.Program
	list *List
}

const largestForm = 1 << 20 // ten thousand ticks

// Routes are the pages of the changes of a list.
func Routes(p slice.Program, l *List) []web.Route {
	s := pages{p, l}
	one := l.Changes + "/{id}"
	routes := []web.Route{
		{Pattern: "GET " + l.Changes, Handle: s.earlier},
		{Pattern: "POST " + l.Changes, Handle: s.choose},
		{Pattern: "GET " + one, Handle: s.page},
		{Pattern: "POST " + one + "/plan", Handle: s.plan},
		{Pattern: "POST " + one + "/start", Handle: s.begin(planned, running)},
		{Pattern: "POST " + one + "/step", Handle: s.step},
		{Pattern: "POST " + one + "/stop", Handle: s.stop},
		{Pattern: "POST " + one + "/undo", Handle: s.begin(done, undoing)},
	}
	for i := range routes {
		routes[i].Rule = people.SeesDeals
	}
	return routes
}

// Job goes on with the changes of a list that nobody watches any more.
func Job(l *List) jobs.Job {
	return jobs.Job{Name: "finish changes of many " + l.Many, Every: time.Minute, Run: l.finish}
}

func (p pages) desk(r *http.Request) Desk {
	v := people.ViewerFrom(r.Context())
	return Desk{r.Context(), v, p.DB.For(v.Org), p.Clock()}
}

// choose takes in which records shall change.
func (p pages) choose(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k := p.desk(r)
	if going, err := underWayOf(k.Ctx, k.DB, p.list.Name, k.Viewer.ID); err != nil {
		return fmt.Errorf("looking for a change under way: %w", err)
	} else if len(going) > 0 {
		return web.Redirect(w, r, p.list.path(going[0].ID), "This change is still under way. Let it end first.")
	}
	ids, err := p.list.selected(k, r.PostForm)
	if err != nil {
		return err
	}
	c, err := p.list.choose(k, ids)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, p.list.path(c.ID), "")
}

// page shows a change as it stands: what to change, the preview, how far it is, or
// what came of it.
func (p pages) page(w http.ResponseWriter, r *http.Request) error {
	view, err := p.view(r)
	if err != nil {
		return err
	}
	view.Again = r.URL.Query().Has("again")
	return view.show(w, r, http.StatusOK)
}

// plan takes in what shall change, and leads to the preview.
func (p pages) plan(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	view, err := p.view(r)
	if err != nil {
		return err
	}
	if view.State != chosen && view.State != planned {
		return errMoved
	}
	c := view.change
	c.What, c.Value = r.PostForm.Get("what"), r.PostForm.Get("value")
	if err = p.list.plan(view.k, c); problem.Is(err, problem.KindInvalid) {
		view.Again, view.Refusal, view.Typed = true, err, r.PostForm
		return view.show(w, r, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return fmt.Errorf("previewing a change of %s: %w", p.list.Many, err)
	}
	return web.Redirect(w, r, p.list.path(c.ID), "")
}
