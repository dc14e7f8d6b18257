package activities

import (
	"context"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// DealPanel is the path of the panel that the page of a deal shows: the next step,
// the quick log, the latest activities, notes and files.
const DealPanel = "/activities/deals/{id}/panel"

// Guard refuses that a file or an activity goes while another room needs it: evidence
// that a milestone stands on.
type Guard func(ctx context.Context, tx *db.DB, id ID) error

// Slice is what activities bring to the program.
func Slice(p slice.Program, guards ...Guard) slice.Slice {
	s := &pages{Program: p, guards: guards, many: manyActivities(guards), vault: vault{p.Folder, FileLimit}, keeper: ledger.NewKeeper(p.DB, p.Log, reader, 0, CatchUp)}
	return slice.Slice{Name: "activities", Schema: Schema, Routes: s.routes(), Check: Check,
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Activities", Path: "/activities", Icon: "activity"}, Rule: people.SeesDeals, Order: 30}},
		Jobs: []jobs.Job{
			{Name: "follow activities", Every: time.Minute, Run: func(ctx context.Context, d *db.DB, _ calendar.Instant) error {
				return CatchUp(ctx, d)
			}},
			{Name: "sweep files", Every: 24 * time.Hour, Run: s.vault.sweep},
			bulk.Job(s.many),
		}}
}

func (p *pages) routes() []web.Route {
	open := func(pattern string, handle func(*visit) error) web.Route {
		return web.Route{Pattern: pattern, Rule: people.SeesDeals, Handle: p.on(handle)}
	}
	return append(bulk.Routes(p.Program, p.many), []web.Route{
		open("GET /activities", (*visit).list),
		open("GET /activities/counts", (*visit).counts),
		open("GET /activities.csv", (*visit).export),
		open("GET /activities/new", (*visit).newActivity),
		open("GET /activities/quick", (*visit).quick),
		open("GET /activities/find", (*visit).find),
		open("POST /activities", (*visit).logActivity),
		open("GET /activities/logged/{id}", (*visit).activity),
		open("GET /activities/logged/{id}/edit", (*visit).editActivity),
		open("POST /activities/logged/{id}/edit", (*visit).correctActivity),
		open("POST /activities/logged/{id}/withdraw", (*visit).withdrawActivity),
		open("GET "+DealPanel, (*visit).panel),
		open("POST /activities/deals/{id}/next", (*visit).setNext),
		open("POST /activities/steps/{id}/done", (*visit).finishNext),
		open("POST /activities/deals/{id}/notes", (*visit).writeNote),
		open("POST /activities/notes/preview", (*visit).previewNote),
		open("GET /activities/notes/{id}", (*visit).note),
		open("GET /activities/notes/{id}/edit", (*visit).editNote),
		open("POST /activities/notes/{id}/edit", (*visit).rewriteNote),
		open("POST /activities/notes/{id}/pin", (*visit).pinNote),
		open("POST /activities/notes/{id}/remove", (*visit).removeNote),
		open("POST /activities/deals/{id}/files", (*visit).attachFile),
		open("GET /activities/files/{id}", (*visit).download),
		open("POST /activities/files/{id}/remove", (*visit).removeFile),
	}...)
}
