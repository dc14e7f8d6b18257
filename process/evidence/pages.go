package evidence

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"milepost/activities"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process"
)

// pages serves the pages of this room.
type pages struct {
	slice.Program
	vault  activities.FileVault
	keeper *ledger.Keeper
}

// visit is one request of a signed-in person.
type visit struct {
	*pages
	w   http.ResponseWriter
	r   *http.Request
	ctx context.Context
	v   *people.Viewer
	d   *db.DB // confined to the person's organization
	now deals.Now
}

func (p *pages) on(handle func(*visit) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := people.ViewerFrom(r.Context())
		return handle(&visit{pages: p, w: w, r: r, ctx: r.Context(), v: v, d: p.DB.For(v.Org),
			now: deals.Now{At: p.Clock(), Place: v.Organization.Place()}})
	}
}

func (x *visit) deal() deals.ID { return deals.ID(x.r.PathValue("id")) }

func (x *visit) milestone() process.MilestoneID {
	return process.MilestoneID(x.r.PathValue("milestone"))
}

// record runs work that writes, in the person's name.
func (x *visit) record(work func(*ledger.Writer) error) error {
	return ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now.At), work)
}

// show answers with a part of the deal's page, or with a page of its own.
func (x *visit) show(status int, title string, deal *deals.Opportunity, body templ.Component) error {
	if web.WantsPart(x.r) && status == http.StatusOK {
		return web.Fragment(x.w, x.r, body)
	}
	frame := ui.Frame{Title: title, Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: dealName(deal), Path: deals.MilestonesPath(deal.ID)}}}
	return web.PageWithStatus(x.w, x.r, status, frame, body)
}

func dealName(o *deals.Opportunity) string {
	if o.Title == "" {
		return "Untitled deal"
	}
	return o.Title
}

// PanelPath is the path of the panel that the page of a deal shows: the map of its
// milestones.
const PanelPath = "/milestones/deals/{id}/panel"

// MilestonePath leads to a milestone of a deal.
func MilestonePath(deal deals.ID, id process.MilestoneID) string {
	return "/milestones/deals/" + string(deal) + "/" + string(id)
}

func processPath(deal deals.ID) string { return "/milestones/deals/" + string(deal) + "/process" }

func (p *pages) routes() []web.Route {
	open := func(pattern string, handle func(*visit) error) web.Route {
		return web.Route{Pattern: pattern, Rule: people.SeesDeals, Handle: p.on(handle)}
	}
	const one = "/milestones/deals/{id}/{milestone}"
	return []web.Route{
		open("GET "+PanelPath, (*visit).panel),
		open("GET /milestones/deals/{id}/process", (*visit).askProcess),
		open("POST /milestones/deals/{id}/process", (*visit).setProcess),
		open("GET "+one, (*visit).showMilestone),
		open("POST "+one+"/give", (*visit).give),
		open("POST "+one+"/withdraw", (*visit).withdraw),
		open("POST "+one+"/claim", (*visit).claim),
		open("POST "+one+"/unclaim", (*visit).unclaim),
		open("POST "+one+"/answer", (*visit).answer),
	}
}
