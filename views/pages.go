package views

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// pages takes in what is done with views; the lists show them.
type pages struct{ slice.Program }

// largestForm is more than any form of this room needs.
const largestForm = 32 << 10

// act applies one deed of the person who asks.
func (p pages) act(w http.ResponseWriter, r *http.Request, deed func(context.Context, *ledger.Writer, *people.Viewer, url.Values) (View, error)) (View, error) {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return View{}, err
	}
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	var after View
	by := ledger.By{Actor: string(v.ID), Via: ledger.ViaWeb, At: p.Clock()}
	err := ledger.Record(ctx, p.DB.For(v.Org), by, func(w *ledger.Writer) (err error) {
		after, err = deed(ctx, w, v, r.PostForm)
		return err
	})
	if _, ok := problem.Of(err); err != nil && !ok {
		err = fmt.Errorf("changing a saved view: %w", err)
	}
	return after, err
}

func (p pages) save(w http.ResponseWriter, r *http.Request) error {
	view, err := p.act(w, r, func(ctx context.Context, w *ledger.Writer, v *people.Viewer, f url.Values) (View, error) {
		return Save(ctx, w, v, f.Get("list"), f.Get("name"), f.Get("query"), f.Get("shared") != "")
	})
	if err != nil {
		return askAgain(w, r, again{Title: "Save the view", Action: "/views", Submit: "Save view", Refusal: err, New: true,
			Cancel: backTo(r.PostForm.Get("list"), r.PostForm.Get("query"))})
	}
	notice := "The view “" + view.Name + "” is saved."
	if view.Shared == 1 {
		notice = "The view “" + view.Name + "” is saved and shared with your team."
	}
	return web.Redirect(w, r, view.Path(), notice)
}

func (p pages) rename(w http.ResponseWriter, r *http.Request) error {
	view, err := p.act(w, r, func(ctx context.Context, w *ledger.Writer, v *people.Viewer, f url.Values) (View, error) {
		return Rename(ctx, w, v, ID(r.PathValue("id")), f.Get("name"))
	})
	if err != nil {
		return askAgain(w, r, again{Title: "Rename the view", Action: r.URL.Path, Submit: "Rename", Refusal: err, Cancel: view.Path()})
	}
	return web.Redirect(w, r, still(view, r), "The view is now called “"+view.Name+"”.")
}

func (p pages) rewrite(w http.ResponseWriter, r *http.Request) error {
	view, err := p.act(w, r, func(ctx context.Context, w *ledger.Writer, v *people.Viewer, f url.Values) (View, error) {
		return Rewrite(ctx, w, v, ID(r.PathValue("id")), f.Get("query"))
	})
	if err != nil {
		return err
	}
	return web.Redirect(w, r, view.Path(), "The view “"+view.Name+"” is saved as the list is now.")
}

func (p pages) share(w http.ResponseWriter, r *http.Request) error {
	view, err := p.act(w, r, func(ctx context.Context, w *ledger.Writer, v *people.Viewer, f url.Values) (View, error) {
		return Share(ctx, w, v, ID(r.PathValue("id")), f.Get("is") != "")
	})
	if err != nil {
		return err
	}
	return web.Redirect(w, r, still(view, r), choose(view.Shared == 1,
		"Your team can open the view now; each sees only their own part.", "The view is yours alone again."))
}

func (p pages) makeDefault(w http.ResponseWriter, r *http.Request) error {
	is := false
	view, err := p.act(w, r, func(ctx context.Context, w *ledger.Writer, v *people.Viewer, f url.Values) (View, error) {
		is = f.Get("is") != ""
		return MakeDefault(ctx, w, v, ID(r.PathValue("id")), is)
	})
	if err != nil {
		return err
	}
	return web.Redirect(w, r, still(view, r), choose(is, "The list opens with “"+view.Name+"” from now on.",
		"The list opens without a view from now on."))
}

func (p pages) delete(w http.ResponseWriter, r *http.Request) error {
	view, err := p.act(w, r, func(ctx context.Context, w *ledger.Writer, v *people.Viewer, _ url.Values) (View, error) {
		return Delete(ctx, w, v, ID(r.PathValue("id")))
	})
	if err != nil {
		return err
	}
	return web.Redirect(w, r, lists[view.List].path+"?"+deletedParam+"="+string(view.ID), "")
}

func (p pages) restore(w http.ResponseWriter, r *http.Request) error {
	view, err := p.act(w, r, func(ctx context.Context, w *ledger.Writer, v *people.Viewer, _ url.Values) (View, error) {
		return Restore(ctx, w, v, ID(r.PathValue("id")))
	})
	if err != nil {
		return err
	}
	return web.Redirect(w, r, view.Path(), "The view “"+view.Name+"” is back.")
}

// still is the list as it was when something was done with its view.
func still(view View, r *http.Request) string {
	if query, err := readQuery(r.PostForm.Get("query")); err == nil {
		view.Query = query
	}
	return view.Path()
}

// backTo is a list as a form says it was; a list that is not ours leads home.
func backTo(name, query string) string {
	clean, err := readQuery(query)
	if l, ok := lists[name]; ok && err == nil {
		return l.path + "?" + clean
	}
	return "/"
}

// askAgain shows the form of a name that was refused, with what was typed.
func askAgain(w http.ResponseWriter, r *http.Request, a again) error {
	p, ok := problem.Of(a.Refusal)
	if !ok || p.Field != "name" {
		return a.Refusal
	}
	a.Typed = r.PostForm
	return web.PageWithStatus(w, r, http.StatusUnprocessableEntity, ui.Frame{Title: a.Title}, nameAgain(a))
}
