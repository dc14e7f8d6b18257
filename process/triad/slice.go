package triad

import (
	"context"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// DealPanel is the path of the panel that the page of a deal shows: its three legs.
const DealPanel = "/triad/deals/{id}/panel"

// Slice is what the triad brings to the program.
func Slice(p slice.Program) slice.Slice {
	s := &pages{p, ledger.NewKeeper(p.DB, p.Log, reader, 0, CatchUp)}
	open := func(pattern string, handle func(*visit) error) web.Route {
		return web.Route{Pattern: pattern, Rule: people.SeesDeals, Handle: s.on(handle)}
	}
	return slice.Slice{Name: "triad", Schema: Schema, Check: Check,
		Routes: []web.Route{
			open("GET /triad", (*visit).overview),
			open("GET "+DealPanel, (*visit).panel),
			open("POST /triad/deals/{id}/assess", (*visit).assess),
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Qualification", Path: "/triad", Icon: "checklist"}, Rule: people.SeesDeals, Order: 12}},
		Jobs: []jobs.Job{{Name: "follow qualification", Every: time.Minute, Run: func(ctx context.Context, d *db.DB, _ calendar.Instant) error {
			return CatchUp(ctx, d)
		}}}}
}
