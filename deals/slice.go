package deals

import (
	"net/http"

	"milepost/bulk"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Slice is what deals bring to the program. Panels are paths of other capabilities'
// parts that the page of a deal shows, "{id}" standing for the deal
// ("/forecasts/deals/{id}/panel"); each answers with a fragment and decides itself
// what the person may see of it.
func Slice(p slice.Program, panels ...string) slice.Slice { return Storied(p, nil, panels...) }

// Storied is Slice with other rooms that tell something in a deal's history.
func Storied(p slice.Program, tellers []Teller, panels ...string) slice.Slice {
	s := &pages{Program: p, panels: panels, tellers: tellers}
	s.many = s.manyDeals()
	return slice.Slice{Name: "deals", Schema: Schema, Routes: s.routes(), Check: CheckDeals,
		Jobs: []jobs.Job{bulk.Job(s.many)},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Deals", Path: "/deals", Icon: "briefcase"}, Rule: people.SeesDeals, Order: 10}}}
}

func (p *pages) routes() []web.Route {
	routes := []web.Route{
		{Pattern: "GET /{$}", Rule: people.SignedIn, Handle: start},
		{Pattern: "GET /deals", Rule: people.SeesDeals, Handle: p.list},
		{Pattern: "GET /deals.csv", Rule: people.SeesDeals, Handle: p.exportCSV},
		{Pattern: "GET /deals/accounts", Rule: people.SeesDeals, Handle: p.suggestAccounts},
		{Pattern: "GET /deals/competitors", Rule: people.SeesDeals, Handle: p.suggestCompetitors},
		{Pattern: "GET /deals/new", Rule: people.SeesDeals, Handle: p.newDeal},
		{Pattern: "POST /deals/new", Rule: people.SeesDeals, Handle: p.openDeal},
		{Pattern: "GET /deals/{id}", Rule: people.SeesDeals, Handle: p.deal},
		{Pattern: "GET /deals/{id}/edit", Rule: people.SeesDeals, Handle: p.edit},
		{Pattern: "POST /deals/{id}/edit", Rule: people.SeesDeals, Handle: p.save},
		{Pattern: "GET /deals/{id}/value", Rule: people.SeesDeals, Handle: p.value},
		{Pattern: "POST /deals/{id}/undo", Rule: people.SeesDeals, Handle: p.undo},
		{Pattern: "GET /people/{id}/leaving", Rule: people.Administers, Handle: p.leaving},
		{Pattern: "POST /people/{id}/leaving", Rule: people.Administers, Handle: p.leave},
	}
	for _, d := range deeds {
		routes = append(routes,
			web.Route{Pattern: "GET /deals/{id}/" + d.name, Rule: people.SeesDeals, Handle: p.ask(d.name)},
			web.Route{Pattern: "POST /deals/{id}/" + d.name, Rule: people.SeesDeals, Handle: p.do(d.name)})
	}
	return append(routes, bulk.Routes(p.Program, p.many)...)
}

// start leads everyone to the page that their day begins with.
func start(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	switch {
	case v.SeesEveryDeal():
		return web.Redirect(w, r, "/deals", "")
	case !v.SeesNoDeals() && v.Manages():
		return web.Redirect(w, r, "/monday", "")
	case !v.SeesNoDeals():
		return web.Redirect(w, r, "/day", "")
	case v.SeesTotalsOfAll():
		return web.Redirect(w, r, "/forecasts", "")
	case v.Has(people.Administrator):
		return web.Redirect(w, r, "/people", "")
	}
	return web.Page(w, r, ui.Frame{Title: "Welcome"}, nothingYet())
}
