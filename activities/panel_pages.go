package activities

import (
	"net/http"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// panelState is what just happened in the panel: what was typed and refused, or what
// was done.
type panelState struct {
	Of      string // which form was refused: log, step, done, note, file
	Problem error
	Typed   typed // of the log
	Text    string
	Due     string
	Owner   string
	Logged  ID     // what was just logged, to be undone
	Said    string // a sentence about what was done
	Next    bool   // ask what is next
}

// panelView is what the panel of a deal shows.
type panelView struct {
	panelState
	Deal     deals.Opportunity
	Open     *Step
	Last     *Step
	Planned  []Activity
	Latest   []Activity
	Notes    []Note
	Files    []File
	Counts   counts
	Now      deals.Now
	Viewer   *people.Viewer
	People   []ui.Option
	AllNotes bool
	staff    staff
}

const (
	latestShown = 5
	notesShown  = 10
	notesMost   = 500
)

func (x *visit) panel() error {
	return x.showPanel(deals.ID(x.r.PathValue("id")), panelState{Next: x.r.URL.Query().Has("next")})
}

// showPanel answers with the panel, as a part of the deal's page or as a page of its
// own. After something that went well, a browser without a script is led back to the
// deal.
func (x *visit) showPanel(deal deals.ID, state panelState) error {
	if state.Problem != nil && !web.InForm(state.Problem) {
		return state.Problem
	}
	if x.r.Method == http.MethodPost && !web.WantsPart(x.r) && state.Problem == nil {
		return web.Redirect(x.w, x.r, deal.Path(), state.Said)
	}
	view, err := x.readPanel(deal, state)
	if err != nil {
		return err
	}
	if web.WantsPart(x.r) {
		return x.part(web.FormStatus(state.Problem), panelPart(view))
	}
	frame := ui.Frame{Title: view.Deal.Title, Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: view.Deal.Title, Path: deal.Path()}}}
	return x.page(web.FormStatus(state.Problem), frame, panelPart(view))
}

func (x *visit) readPanel(deal deals.ID, state panelState) (panelView, error) {
	view := panelView{panelState: state, Now: x.now, Viewer: x.v, AllNotes: x.r.URL.Query().Get("notes") == "all"}
	var err error
	if view.Deal, err = deals.FindFor(x.ctx, x.d, x.v, deal); err != nil {
		return view, err
	}
	if _, err = x.keeper.Freshen(x.ctx, x.v.Org); err != nil {
		return view, err
	}
	most := notesShown
	if view.AllNotes {
		most = notesMost
	}
	for _, read := range []func() error{
		func() (err error) { view.Open, view.Last, err = stepsOf(x.ctx, x.d, deal); return },
		func() (err error) { view.Planned, err = latest(x.ctx, x.d, deal, Ahead, latestShown); return },
		func() (err error) { view.Latest, err = latest(x.ctx, x.d, deal, Done, latestShown); return },
		func() (err error) { view.Notes, err = notesOf(x.ctx, x.d, deal, most); return },
		func() (err error) { view.Files, err = FilesFor(x.ctx, x.d, x.v, view.Deal); return },
		func() (err error) { view.Counts, err = countsOf(x.ctx, x.d, deal); return },
		func() (err error) { view.staff, err = x.staff(); return },
	} {
		if err := read(); err != nil {
			return view, err
		}
	}
	view.People = view.doers()
	return view, nil
}

// doers are who may be asked to do the next step: the deal's owner first, the person
// who asks, and those whom they may see.
func (v *panelView) doers() []ui.Option {
	owners, all := v.Viewer.Visible()
	var list []ui.Option
	add := func(id people.ID) {
		name := v.staff.names[id]
		for _, o := range list {
			if o.Value == string(id) {
				return
			}
		}
		if name != "" {
			list = append(list, ui.Option{Value: string(id), Label: name})
		}
	}
	add(v.Deal.Owner)
	add(v.Viewer.ID)
	seen := map[people.ID]bool{}
	for _, id := range owners {
		seen[id] = true
	}
	for _, p := range v.staff.everyone {
		if p.Active() && (all || seen[p.ID]) {
			add(p.ID)
		}
	}
	return list
}

// wrong are the sentences for one of the panel's forms.
func (v *panelView) wrong(form string) map[string]string {
	if v.Of != form {
		return nil
	}
	return problem.ByField(v.Problem)
}

// refusal is the general sentence of one of the panel's forms.
func (v *panelView) refusal(form string) error {
	if v.Of != form {
		return nil
	}
	return v.Problem
}
