package monday

import (
	"net/http"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

type pages struct {
	slice.Program
	library   library
	oracle    oracle
	prospects prospects
	panels    []string // parts of other capabilities, by their paths
}

func newPages(p slice.Program, memory *forecasts.Memory) *pages {
	return &pages{Program: p, oracle: oracle{memory: memory, log: p.Log, most: patience},
		prospects: prospects{log: p.Log}}
}

func (p *pages) db(v *people.Viewer) *db.DB { return p.DB.For(v.Org) }

// monday is the page of whoever leads others. Whoever leads nobody is told where their
// own page is, and who may read totals only is shown those.
func (p *pages) monday(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	switch {
	case v.SeesNoDeals() && !v.SeesTotalsOfAll():
		return web.Page(w, r, ui.Frame{Title: "Monday"}, notForYou(v))
	case !v.SeesNoDeals() && !v.SeesEveryDeal() && !v.Manages():
		return web.Page(w, r, ui.Frame{Title: "Monday"}, notForYou(v))
	}
	a, wrong := read(r.URL.Query(), v, p.Clock())
	if wrong != nil && problem.ByField(wrong)["since"] == "" {
		return wrong
	}
	report, err := p.gather(r.Context(), p.db(v), a, false)
	if err != nil {
		return err
	}
	if a.Person != "" && a.Person != v.ID && len(report.People.Chart.Reports(a.Person)) == 0 {
		return web.Redirect(w, r, a.at("/day", a.Person, ""), "")
	}
	if report.Expected != nil {
		if err := p.foresee(r.Context(), p.db(v), report, false); err != nil {
			return err
		}
	}
	view := mondayView{report: report, Wrong: wrong}
	if !v.SeesNoDeals() && (a.Person == "" || a.Person == v.ID) {
		view.Panels = p.panels
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return web.PageWithStatus(w, r, status, view.frame(), mondayPage(view))
}

// expectedPanel is the line of figures, when the page did not wait for it.
func (p *pages) expectedPanel(w http.ResponseWriter, r *http.Request) error {
	report, err := p.totals(r)
	if err != nil {
		return err
	}
	return web.Fragment(w, r, figuresSection(mondayView{report: report}))
}

// togetherPanel is what the period comes to, when the page did not wait for it.
func (p *pages) togetherPanel(w http.ResponseWriter, r *http.Request) error {
	report, err := p.totals(r)
	if err != nil {
		return err
	}
	if err := p.foresee(r.Context(), p.db(report.Viewer), report, true); err != nil {
		return err
	}
	return web.Fragment(w, r, togetherSection(mondayView{report: report}))
}

// totals gathers a report for whom totals are shown, and waits for the forecast.
func (p *pages) totals(r *http.Request) (*report, error) {
	v := people.ViewerFrom(r.Context())
	a, err := read(r.URL.Query(), v, p.Clock())
	if err != nil {
		return nil, err
	}
	if !v.SeesTotalsOfAll() && !v.SeesEveryDeal() && !v.Manages() && a.Person != v.ID {
		return nil, errNobody
	}
	return p.gather(r.Context(), p.db(v), a, true)
}

// changes lists the deals behind one bar of the waterfall.
func (p *pages) changes(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	a, err := read(r.URL.Query(), v, p.Clock())
	if err != nil {
		return err
	}
	which := part(r.URL.Query().Get("part"))
	if partLabels[which] == "" {
		return problem.NotFound("There is no such part of the change.")
	}
	report, err := p.gather(r.Context(), p.db(v), a, false)
	if err != nil {
		return err
	}
	view := changesView{mondayView{report: report}, which}
	return web.Page(w, r, view.frame(), changesPage(view))
}

// asOf says until when a page knows.
func asOf(at calendar.Instant, v *people.Viewer) string {
	return "as of " + at.In(v.Organization.Place()).Format("Mon 2 Jan 2006, 15:04")
}
