package deals

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// newView is the form for a new deal.
type newView struct {
	Typed   url.Values
	Refusal error
	Similar []Listed // open deals of the same account that the viewer sees
	Owners  []ui.Option
	Stages  []string
	Now     Now
	Viewer  *people.Viewer
}

func (p *pages) newDeal(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	view, err := p.newView(r.Context(), v)
	if err != nil {
		return err
	}
	view.Typed.Set("account", clip(r.URL.Query().Get("account")))
	return web.Page(w, r, view.frame(), newPage(view))
}

func (p *pages) newView(ctx context.Context, v *people.Viewer) (newView, error) {
	now := p.now(v)
	view := newView{Now: now, Viewer: v, Typed: url.Values{
		"currency": {string(v.Organization.Currency)}, "owner": {string(v.ID)}}}
	var err error
	if view.Stages, err = p.stagesOf(ctx, v.Org, now); err != nil {
		return view, err
	}
	view.Owners, err = p.successorOptions(ctx, v, now, "")
	return view, err
}

func (v newView) frame() ui.Frame {
	return ui.Frame{Title: "New deal", Lead: "A title is enough. What you know already saves you from being asked for it later.",
		Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}}}
}

// openDeal takes in the form. An open deal of the same account is pointed out once;
// sending the form again opens the new one beside it.
func (p *pages) openDeal(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	now, form := p.now(v), r.PostForm
	similar, err := p.similar(ctx, v, form.Get("account"))
	if err != nil {
		return err
	}
	if len(similar) > 0 && form.Get("beside") == "" {
		return p.newAgain(w, r, similar, nil)
	}
	var made Opportunity
	err = ledger.Record(ctx, p.DB.For(v.Org), by(v, now), func(w *ledger.Writer) error {
		owner, reach, err := successor(ctx, doing{ctx, w, v, now, form, usual{}}, "owner")
		if err != nil {
			return err
		}
		made, err = OpenDeal(ctx, w, newDealOf(form), owner, reach, now)
		return err
	})
	switch {
	case problem.Is(err, problem.KindInvalid), problem.Is(err, problem.KindConflict):
		return p.newAgain(w, r, similar, err)
	case err != nil:
		return fmt.Errorf("opening a deal: %w", err)
	}
	p.noteStage(v.Org, made.Stage)
	if !v.Sees(made.Owner) { // given to one's own manager
		return web.Redirect(w, r, "/deals", "The deal is open, and with its new owner.")
	}
	return web.Redirect(w, r, made.ID.Path(), "The deal is open.")
}

func newDealOf(form url.Values) NewDeal {
	stage := form.Get("stage")
	if typed := form.Get("new_stage"); typed != "" {
		stage = typed
	}
	return NewDeal{Description: Description{Title: form.Get("title"), Account: form.Get("account"), Source: form.Get("source"),
		Segment: form.Get("segment"), Product: form.Get("product")},
		Amount: form.Get("amount"), Currency: form.Get("currency"), CloseDate: form.Get("close_date"), Stage: stage}
}

// similar lists the open deals of the account of a name, as far as the viewer sees
// them.
func (p *pages) similar(ctx context.Context, v *people.Viewer, account string) ([]Listed, error) {
	account, err := oneLine("account", "The account's name", account, longestName)
	if err != nil || AccountKey(account) == "" {
		return nil, nil // what is wrong with the name is said when the deal is opened
	}
	list, err := openOfAccount(ctx, p.DB.For(v.Org), v.Org, account)
	if err != nil {
		return nil, fmt.Errorf("looking for similar deals: %w", err)
	}
	var seen []Listed
	for _, l := range list {
		if v.Sees(l.Owner) {
			seen = append(seen, l)
		}
	}
	return seen, nil
}

func (p *pages) newAgain(w http.ResponseWriter, r *http.Request, similar []Listed, refusal error) error {
	v := people.ViewerFrom(r.Context())
	view, err := p.newView(r.Context(), v)
	if err != nil {
		return err
	}
	view.Typed, view.Similar, view.Refusal = r.PostForm, similar, refusal
	status := http.StatusUnprocessableEntity
	if refusal == nil {
		status = http.StatusOK
	}
	return web.PageWithStatus(w, r, status, view.frame(), newPage(view))
}

// field fills in what was typed, and what was wrong with it.
func (v newView) field(f ui.FormField) ui.FormField {
	f.ID = "f-" + f.Name
	f.Value = v.Typed.Get(f.Name)
	f.Error = problem.ByField(v.Refusal)[f.Name]
	return f
}

func (v newView) stageOptions() []ui.Option {
	options := []ui.Option{{Label: "None yet"}}
	for _, s := range v.Stages {
		options = append(options, ui.Option{Value: s, Label: s})
	}
	return options
}
