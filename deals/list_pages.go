package deals

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"milepost/bulk"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money/rates"
	"milepost/people"
	"milepost/views"
)

// pages serves the pages of this room.
type pages struct {
	slice.Program
	panels  []string
	tellers []Teller
	many    *bulk.List
	rates   rates.Shelf
	stages  kept[[]string]
	meant   kept[[]string]
	roster  kept[roster]
	usual   kept[usual]

	attributes kept[[]attributeUse]
}

// roster is who could own deals, and who leads whom, as filters offer it.
type roster struct {
	owners []ownerRow
	chart  people.Chart
}

// rosterKept is for how long a roster is taken as read.
const rosterKept = time.Minute

func (p *pages) rosterOf(ctx context.Context, org db.Org, now Now) (roster, error) {
	return p.roster.of(org, now.At, rosterKept, func() (r roster, err error) {
		d := p.DB.For(org)
		if r.owners, err = everOwners(ctx, d, org); err != nil {
			return r, fmt.Errorf("listing who can own a deal: %w", err)
		}
		if r.chart, err = people.ChartAsOf(ctx, d, org, now.At); err != nil {
			return r, fmt.Errorf("reading the reporting line: %w", err)
		}
		return r, nil
	})
}

// now is the moment of a request, on the clocks of the viewer's organization.
func (p *pages) now(v *people.Viewer) Now { return Now{p.Clock(), v.Organization.Place()} }

// listView is what the list shows.
type listView struct {
	Filter  Filter
	Page    Page
	Sum     summary
	Now     Now
	Viewer  *people.Viewer
	Owners  []ui.Option
	Stages  []string
	Problem error
	Tools   views.Tools
	Groups  []views.Group
	Usual   usual
	Rivals  map[ID][]string // named on the deals of the page, where it shows them
	Planned bool            // somebody here plans next steps
	Chooses bool            // columns are being chosen
	More    bool            // the fields of the filter that stand aside are shown
	Many    *bulk.List      // for changing many of them
	order   order
	Rates   rates.Book // by which open deals are added up; empty where one currency is all there is

	Attributes []attributeUse // for those fields
}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	d, now := p.DB.For(v.Org), p.now(v)
	view := listView{Now: now, Viewer: v, Many: p.many}
	view.Filter, view.Problem = ReadFilter(r.URL.Query())
	params := r.URL.Query()
	bar, err := views.Load(ctx, d, v, "deals", params, view.Filter.Query(), now.At)
	if err != nil {
		return err
	}
	if to := bar.Home(); to != "" {
		return web.Redirect(w, r, to, "")
	}
	view.Filter.View, view.Chooses = bar.Current(), views.Choosing(params)
	q, err := ask(ctx, d, v, view.Filter, now)
	if err != nil {
		return err
	}
	view.order = q.order
	if view.Stages, err = p.stagesOf(ctx, v.Org, now); err != nil {
		return err
	}
	if view.Sum, err = summarize(ctx, d, q, view.Stages); err != nil {
		return fmt.Errorf("adding deals up: %w", err)
	}
	if view.Filter.Outcome == "" && rates.Needed(view.Sum.Totals, v.Organization.Currency) {
		if view.Rates, err = p.rates.Book(ctx, d); err != nil {
			return err
		}
	}
	q.complete = q.order.name == "close" && view.Filter.Outcome == "" && view.Sum.Undated == 0
	if view.Page, err = pageOf(ctx, d, q, params.Get("after"), params.Get("before")); err != nil {
		return fmt.Errorf("reading a page of deals: %w", err)
	}
	if view.Planned, err = stepsPlanned(ctx, d); err != nil {
		return fmt.Errorf("reading whether next steps are planned: %w", err)
	}
	if err = view.readCompetitors(ctx, d); err != nil {
		return fmt.Errorf("reading the competitors of a page of deals: %w", err)
	}
	if view.Usual, err = p.usualOf(ctx, v.Org, now); err != nil {
		return err
	}
	if view.Owners, err = p.ownerOptions(ctx, v, now); err != nil {
		return err
	}
	if view.Groups, err = groupsOf(ctx, d, q, view.Stages); err != nil {
		return fmt.Errorf("adding groups of deals up: %w", err)
	}
	if view.More = asksMore(params); view.More {
		if view.Attributes, err = p.attributesOf(ctx, v.Org, now); err != nil {
			return err
		}
	}
	view.Tools = view.tools(bar)
	return web.Page(w, r, ui.Frame{Title: "Deals", Lead: view.lead(), Actions: listActions(view)}, listPage(view))
}

// ownerOptions lists whose deals a manager may look at: teams, then people.
func (p *pages) ownerOptions(ctx context.Context, v *people.Viewer, now Now) ([]ui.Option, error) {
	if !v.Manages() && !v.SeesEveryDeal() {
		return nil, nil
	}
	r, err := p.rosterOf(ctx, v.Org, now)
	if err != nil {
		return nil, err
	}
	options := []ui.Option{{Value: "", Label: "Everyone"}, {Value: "me", Label: "Me"}}
	if v.SeesEveryDeal() {
		options = append(options, ui.Option{Value: "none", Label: "Nobody"})
	}
	var teams, one, gone []ui.Option
	for _, person := range r.owners {
		switch {
		case person.ID == v.ID || !v.Sees(person.ID):
			continue
		case len(r.chart.Reports(person.ID)) > 0:
			teams = append(teams, ui.Option{Value: string(person.ID) + ".line", Label: person.Name + " and below", Group: "Teams"})
		}
		option := ui.Option{Value: string(person.ID), Label: person.Name, Group: "People"}
		if person.LeftAt == 0 {
			one = append(one, option)
		} else {
			option.Group = "Left"
			gone = append(gone, option)
		}
	}
	return slices.Concat(options, teams, one, gone), nil
}
