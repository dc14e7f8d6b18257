package changes

import (
	"fmt"
	"net/http"
	"slices"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

type pages struct {
	program slice.Program
	memory  *forecasts.Memory
}

// patience is as many entries as are read in about half a second; while more have to be
// read, the page answers at once and fills in.
const patience = 150_000

// show is the page of bars. While one of the models is still learning it says so, and
// asks again by itself.
func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	a, wrong := p.read(r, v)
	if wrong != nil && !forecasts.Misread(wrong) {
		return wrong
	}
	if !web.WantsPart(r) {
		behind, err := p.memory.Behind(r.Context(), p.program.DB.For(v.Org), v.Organization)
		if err != nil {
			return fmt.Errorf("asking how much there is to read: %w", err)
		}
		if behind > patience {
			return web.Page(w, r, ui.Frame{Title: "What moved the forecast?"}, ui.Panel(a.path(a.Person, a.Since), "Reading what was recorded of your deals. This takes a few seconds the first time."))
		}
	}
	report, err := p.gather(r.Context(), a, p.program.Clock())
	if err != nil {
		return err
	}
	view := view{report, first(wrong, forecasts.Elsewhere(a.Currency, report.Currency, v.Organization.Currency))}
	if web.WantsPart(r) {
		return web.Fragment(w, r, changesPage(view))
	}
	status := http.StatusOK
	if view.wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return web.PageWithStatus(w, r, status, view.frame(), changesPage(view))
}

func (p *pages) read(r *http.Request, v *people.Viewer) (asking, error) {
	return read(r.URL.Query(), v, calendar.DateOf(p.program.Clock(), v.Organization.Place()))
}

// mostDeals is how many deals of a bar are listed: those that moved most.
const mostDeals = 100

// deals lists the deals of a bar, those that the viewer may see.
func (p *pages) deals(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	a, err := p.read(r, v)
	if err != nil {
		return err
	}
	bar := Bar(r.URL.Query().Get("bar"))
	if !slices.Contains(bars, bar) || bar == NotYet { // no deal stands behind that one
		return problem.NotFound("There is no such bar.")
	}
	report, err := p.gather(r.Context(), a, p.program.Clock())
	if err != nil {
		return err
	}
	if report.Learning {
		return web.Redirect(w, r, a.path(a.Person, a.Since), "")
	}
	list := dealsView{view: view{report: report}, Bar: bar, list: report.Fall.of(bar)}
	list.more = max(0, len(list.list)-mostDeals)
	list.list = list.list[:len(list.list)-list.more]
	ids := make([]string, len(list.list))
	for i, s := range list.list {
		ids[i] = s.ID
	}
	if list.today, err = dealsToday(r.Context(), p.program.DB.For(v.Org), v.Org, ids); err != nil {
		return fmt.Errorf("reading deals: %w", err)
	}
	return web.Page(w, r, list.frame(), dealsPage(list))
}
