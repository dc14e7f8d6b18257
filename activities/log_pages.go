package activities

import (
	"net/http"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// logView is a form in which an activity is told.
type logView struct {
	typed
	Deal    deals.Opportunity // none: it is to be chosen
	Account string
	Editing *Activity // nil for a new one
	Carries bool      // it tells what came of a plan
	Problem error
	Now     deals.Now
	Query   string
	Found   []Found
	staff   staff
}

func (l logView) wrong() map[string]string { return problem.ByField(l.Problem) }

// newActivity is the page that logs without a script; with one, the dialog is
// quicker.
func (x *visit) newActivity() error {
	q := x.r.URL.Query()
	view := logView{typed: typed{Type: "call", Text: q.Get("text"), When: q.Get("when")}, Now: x.now, Query: q.Get("q")}
	if deal := deals.ID(q.Get("deal")); deal != "" {
		o, err := deals.FindFor(x.ctx, x.d, x.v, deal)
		if err != nil {
			return err
		}
		view.Deal = o
		return x.showLog(view)
	}
	var err error
	if view.Found, err = findDeals(x.ctx, x.d, x.v, view.Query); err != nil {
		return err
	}
	return x.page(http.StatusOK, ui.Frame{Title: "Log an activity", Lead: "Which deal was it about?", Crumbs: listCrumb}, chooseDeal(view))
}

var listCrumb = []ui.Crumb{{Label: "Activities", Path: "/activities"}}

func (x *visit) showLog(view logView) error {
	frame := ui.Frame{Title: "Log an activity", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: view.Deal.Title, Path: view.Deal.ID.Path()}}}
	return x.page(web.FormStatus(view.Problem), frame, logPage(view))
}

// quick is the dialog that opens on every page by a key.
func (x *visit) quick() error { return x.part(http.StatusOK, quickDialog()) }

// find looks for the deal that someone means while they type.
func (x *visit) find() error {
	found, err := findDeals(x.ctx, x.d, x.v, x.r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	if deal := deals.ID(x.r.URL.Query().Get("deal")); deal != "" {
		found = nil
		o, err := deals.FindFor(x.ctx, x.d, x.v, deal)
		if err != nil {
			return err
		}
		found = append(found, Found{ID: o.ID, Title: o.Title})
	}
	if found == nil {
		found = []Found{}
	}
	return web.JSON(x.w, x.r, http.StatusOK, found)
}

// logActivity takes in the dialog, the form of the panel, and the plain page.
func (x *visit) logActivity() error {
	t, deal := readTyped(x.r), deals.ID(x.r.PostFormValue("deal"))
	id, err := x.log(deal, t)
	switch {
	case err != nil && (x.wantsJSON() || !web.InForm(err)):
		if x.wantsJSON() && web.InForm(err) {
			return web.JSON(x.w, x.r, web.FormStatus(err), map[string]any{"problem": firstSentence(err), "fields": problem.ByField(err)})
		}
		return err
	case x.wantsJSON():
		return web.JSON(x.w, x.r, http.StatusOK, map[string]string{"id": string(id), "path": loggedPath(id)})
	case web.WantsPart(x.r):
		state := panelState{Typed: t, Problem: err, Of: "log"}
		if err == nil {
			state = panelState{Logged: id}
		}
		return x.showPanel(deal, state)
	case err == nil:
		return web.Redirect(x.w, x.r, loggedPath(id)+"?logged=1", "")
	}
	o, notFound := deals.FindFor(x.ctx, x.d, x.v, deal)
	if notFound != nil {
		return notFound
	}
	return x.showLog(logView{typed: t, Deal: o, Now: x.now, Problem: err})
}

func firstSentence(err error) string {
	p, _ := problem.Of(err)
	return p.Sentence
}

func (x *visit) log(deal deals.ID, t typed) (ID, error) {
	if deal == "" {
		return "", problem.Invalid("deal", "Choose the deal that it was about.")
	}
	s, err := x.staff()
	if err != nil {
		return "", err
	}
	said, bad := t.said(x.now, s)
	if bad != nil {
		if _, more := said.cleaned(x.now.At); more != nil {
			bad = joined(bad, more)
		}
		return "", bad
	}
	var id ID
	err = x.record(func(w *ledger.Writer) (err error) {
		id, err = Log(x.ctx, w, x.v, deal, said)
		return err
	})
	return id, err
}
