package plans

import (
	"context"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// DealPanel is where the page of a deal finds its evaluation plan: a fragment.
const DealPanel = "/plans/deals/{id}/panel"

// Slice is what plans bring to the program.
func Slice(p slice.Program) slice.Slice {
	s := &pages{Program: p}
	return slice.Slice{Name: "plans", Schema: Schema, Check: Check, Routes: append(s.routes(), s.sharedRoutes()...),
		Jobs: []jobs.Job{{Name: "forget tries at links", Every: 24 * time.Hour, Run: func(ctx context.Context, d *db.DB, now calendar.Instant) error {
			return deleteOldTries(ctx, d.Everywhere(), now.Add(-48*time.Hour))
		}}}}
}

func (p *pages) routes() []web.Route {
	open := func(pattern string, handle func(*visit) error) web.Route {
		return web.Route{Pattern: pattern, Rule: people.SeesDeals, Handle: p.on(handle)}
	}
	return []web.Route{
		open("GET "+DealPanel, (*visit).panel),
		open("POST /plans/deals/{id}", (*visit).make),
		open("GET /plans/plan/{id}", (*visit).plan),
		open("GET /plans/plan/{id}/print", (*visit).print),
		open("GET /plans/plan/{id}/calendar.ics", (*visit).calendar),
		open("GET /plans/plan/{id}/heading", (*visit).heading),
		open("POST /plans/plan/{id}/heading", (*visit).setHeading),
		open("POST /plans/plan/{id}/agree", (*visit).agree),
		open("GET /plans/plan/{id}/steps/new", (*visit).newStep),
		open("POST /plans/plan/{id}/steps/new", (*visit).addStep),
		open("GET /plans/plan/{id}/steps/{step}", (*visit).step),
		open("POST /plans/plan/{id}/steps/{step}", (*visit).changeStep),
		open("POST /plans/plan/{id}/steps/{step}/done", (*visit).finishStep),
		open("POST /plans/plan/{id}/steps/{step}/reopen", (*visit).reopenStep),
		open("POST /plans/plan/{id}/steps/{step}/drop", (*visit).dropStep),
		open("GET /plans/plan/{id}/share", (*visit).share),
		open("POST /plans/plan/{id}/share", (*visit).makeLink),
		open("POST /plans/plan/{id}/links/{link}/end", (*visit).endLink),
		open("POST /plans/plan/{id}/say", (*visit).say),
		open("POST /plans/plan/{id}/wishes/{remark}", (*visit).answer),
	}
}
