package deals

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// ask shows a deed's form on a page of its own, or, for a dialog that fetches it,
// the form alone.
func (p *pages) ask(name string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := people.ViewerFrom(r.Context())
		view, _, err := p.deedView(r.Context(), v, ID(r.PathValue("id")), name)
		if err != nil {
			return err
		}
		if !slices.Contains(view.deeds(), name) {
			if name == "stage" && view.Process != "" {
				return web.Redirect(w, r, MilestonesPath(view.ID), Led)
			}
			return web.Redirect(w, r, view.ID.Path(), "")
		}
		if web.WantsPart(r) {
			view.Page = false
			return web.Fragment(w, r, deedForm(view))
		}
		return web.Page(w, r, view.frame(), deedPage(view))
	}
}

// do applies a deed. A refusal shows the form again with what was typed; when
// someone else changed the deal meanwhile, with what they changed, ready to be
// saved over it.
func (p *pages) do(name string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := web.ReadForm(w, r, largestForm); err != nil {
			return err
		}
		ctx, v, id := r.Context(), people.ViewerFrom(r.Context()), ID(r.PathValue("id"))
		version, _ := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
		now := p.now(v)
		usual, err := p.usualOf(ctx, v.Org, now)
		if err != nil {
			return err
		}
		var after Opportunity
		err = ledger.Record(ctx, p.DB.For(v.Org), by(v, now), func(w *ledger.Writer) (err error) {
			after, err = Edit(ctx, w, v, id, version, deedNamed(name).rule(doing{ctx, w, v, now, r.PostForm, usual}))
			return err
		})
		switch {
		case problem.Is(err, problem.KindInvalid), problem.Is(err, problem.KindConflict):
			return p.askAgain(w, r, name, version, err)
		case err != nil:
			return fmt.Errorf("changing deal %s (%s): %w", id, name, err)
		}
		p.noteStage(v.Org, after.Stage)
		p.noteUsual(v.Org, &after)
		if !v.Sees(after.Owner) {
			return web.Redirect(w, r, "/deals", "The deal is handed over. It is no longer yours to see.")
		}
		return web.Redirect(w, r, id.Path(), deedNamed(name).done(&after))
	}
}

func by(v *people.Viewer, now Now) ledger.By {
	return ledger.By{Actor: string(v.ID), Via: ledger.ViaWeb, At: now.At}
}

// largestForm is more than any form of this room needs.
const largestForm = 256 << 10

func (p *pages) askAgain(w http.ResponseWriter, r *http.Request, name string, version int64, refusal error) error {
	v := people.ViewerFrom(r.Context())
	view, entries, err := p.deedView(r.Context(), v, ID(r.PathValue("id")), name)
	if err != nil {
		return err
	}
	view.Typed, view.Refusal = r.PostForm, refusal
	status := http.StatusUnprocessableEntity
	if problem.Is(refusal, problem.KindConflict) {
		status = http.StatusConflict
		events, err := Tell(entries, view.Names)
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.Sequence > version && changing[e.Kind] {
				view.Meanwhile = append(view.Meanwhile, e)
			}
		}
		slices.Reverse(view.Meanwhile)
	} else if version != 0 {
		view.Version = version // still to be compared with what others did
	}
	return web.PageWithStatus(w, r, status, view.frame(), deedPage(view))
}

// deedView reads what a deed's form shows.
func (p *pages) deedView(ctx context.Context, v *people.Viewer, id ID, name string) (deedView, []ledger.Entry, error) {
	deal, entries, err := p.load(ctx, v, id)
	if err != nil {
		return deedView{}, nil, err
	}
	view := newDeedView(deal, name)
	view.Page = true
	if view.Stages, err = p.stagesOf(ctx, v.Org, view.Now); err != nil {
		return view, nil, err
	}
	if view.Usual, err = p.usualOf(ctx, v.Org, view.Now); err != nil {
		return view, nil, err
	}
	if name == "owner" {
		view.Successors, err = p.successorOptions(ctx, v, view.Now, view.Owner)
		view.Successors = append([]ui.Option{{Label: "Choose …"}}, view.Successors...)
	}
	return view, entries, err
}

// successorOptions lists to whom the viewer may hand deals of someone over.
func (p *pages) successorOptions(ctx context.Context, v *people.Viewer, now Now, owner people.ID) ([]ui.Option, error) {
	d := p.DB.For(v.Org)
	chart, err := people.ChartAsOf(ctx, d, v.Org, now.At)
	if err != nil {
		return nil, fmt.Errorf("reading the reporting line: %w", err)
	}
	reach := ReachOf(v, chart)
	list, err := sellers(ctx, d, v.Org)
	if err != nil {
		return nil, fmt.Errorf("listing who can own a deal: %w", err)
	}
	var options []ui.Option
	for _, s := range list {
		if s.ID != owner && reach.Includes(s.ID) {
			options = append(options, ui.Option{Value: string(s.ID), Label: s.Name})
		}
	}
	return options, nil
}

func (v deedView) frame() ui.Frame {
	return ui.Frame{Title: v.deed.title, Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"},
		{Label: v.dealView.title(), Path: v.ID.Path()}}}
}

// cancel leads back from a page; a dialog has its own way to close.
func (v deedView) cancel() string {
	if !v.Page {
		return ""
	}
	return v.ID.Path()
}

func (v deedView) meanwhile() ui.Timeline {
	t := ui.Timeline{Place: v.Now.Place, Today: v.Now.Today()}
	for _, e := range v.Meanwhile {
		t.Events = append(t.Events, e.shown(v.Names, v.Now))
	}
	return t
}

// stageOptions offers the stages in use, and the deal's own.
func (v deedView) stageOptions() []ui.Option {
	labels := v.Stages
	if v.Stage != "" && !slices.Contains(labels, v.Stage) {
		labels = append([]string{v.Stage}, labels...)
	}
	var options []ui.Option
	if v.Stage == "" {
		options = append(options, ui.Option{Label: "None yet"})
	}
	for _, s := range labels {
		options = append(options, ui.Option{Value: s, Label: s})
	}
	return options
}

func activityOptions() []ui.Option {
	options := make([]ui.Option, len(ActivityTypes))
	for i, t := range ActivityTypes {
		options[i] = ui.Option{Value: t, Label: upperFirst(t)}
	}
	return options
}

// withSuggestions lets a field fetch what could be meant while it is typed.
func withSuggestions(f ui.FormField, list string) ui.FormField {
	f.Autocomplete = "off"
	f.Attrs = templ.Attributes{"list": list, "hx-get": "/deals/accounts", "hx-trigger": "input changed delay:150ms, focus once",
		"hx-target": "#" + list, "hx-swap": "innerHTML"}
	return f
}

// suggestAccounts answers a field that is being typed into with names of accounts.
func (p *pages) suggestAccounts(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	owners, all := v.Visible()
	names, err := accountsLike(r.Context(), p.DB.For(v.Org), v.Org, owners, all, clip(cmp.Or(r.URL.Query().Get("account"), r.URL.Query().Get("value"))), 20)
	if err != nil {
		return fmt.Errorf("looking for accounts: %w", err)
	}
	return web.Fragment(w, r, accountSuggestions(names))
}
