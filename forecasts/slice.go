package forecasts

import (
	"context"
	"fmt"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// DealPanel is the path of the panel that the page of a deal shows.
const DealPanel = "/forecasts/deals/{id}/panel"

// patience is as many entries as are read in about half a second.
const patience = 150_000

// Slice is what the program gets of forecasts: the page, the table of frozen
// forecasts, and the job that fills it. The memory is shared with whoever else asks
// for forecasts, so that the history is held once.
func Slice(p slice.Program, memory *Memory) slice.Slice {
	frozen := &freezing{memory: memory, done: map[db.Org]calendar.Date{}}
	rehearsing := &rehearsing{clock: p.Clock, memory: memory, done: map[db.Org]upTo{}, seen: map[db.Org]int64{}}
	pages := &pages{program: p, memory: memory, patience: patience}
	return slice.Slice{
		Name:   "forecasts",
		Schema: Schema,
		Routes: []web.Route{
			{Pattern: "GET /forecasts", Rule: people.SeesTotals, Handle: pages.show},
			{Pattern: "GET " + leversPage, Rule: people.SeesTotals, Handle: pages.levers},
			{Pattern: "GET " + idlePath, Rule: people.SeesDeals, Handle: pages.idle},
			{Pattern: "POST " + idlePath, Rule: people.SeesDeals, Handle: pages.endIdle},
			{Pattern: "GET " + modelPath, Rule: people.ReadsAssumptions, Handle: pages.model},
			{Pattern: "POST " + modelPath, Rule: people.Manages, Handle: pages.refit},
			{Pattern: "POST " + modelPath + "/stop", Rule: people.Manages, Handle: pages.stopRefit},
			{Pattern: "GET " + DealPanel, Rule: people.SeesDeals, Handle: pages.panel},
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Forecast", Path: "/forecasts", Icon: "chart-line", Section: "Direction"}, Rule: people.SeesTotals, Order: 300}},
		Jobs: []jobs.Job{
			{Name: "freeze forecasts", Every: time.Hour, Run: frozen.run},
			{Name: "fit the forecast's model", Every: time.Hour, Run: nightly{memory, map[db.Org]calendar.Date{}}.run},
			{Name: "rehearse forecasts", Every: time.Minute, Run: rehearsing.run},
		},
	}
}

// nightly is the job that lets the model be fitted for a day that has begun, in each
// organization's zone. It only begins the fit, which goes on beside what the other jobs do,
// and whose progress is on a page.
type nightly struct {
	memory *Memory
	done   map[db.Org]calendar.Date
}

func (n nightly) run(ctx context.Context, d *db.DB, now calendar.Instant) error {
	o, err := people.OrganizationOf(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the organization: %w", err)
	}
	today := calendar.DateOf(now, o.Place())
	if n.done[o.ID] == today { // so that what nobody looks at is let go
		return nil
	}
	if _, err = n.memory.Fitting(ctx, d, o, now); err == nil {
		n.done[o.ID] = today
	}
	return err
}

// freezing is the job that looks every hour, so that the forecast is frozen in the first
// hour of the day in each organization's zone, or as soon as the program runs again.
//
// Then it lets the generation of record learn for the day, so that the first who looks need
// not wait for it.
type freezing struct {
	memory *Memory
	done   map[db.Org]calendar.Date
}

func (f *freezing) run(ctx context.Context, d *db.DB, now calendar.Instant) error {
	o, err := people.OrganizationOf(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the organization: %w", err)
	}
	today := calendar.DateOf(now, o.Place())
	if f.done[o.ID] == today {
		return nil
	}
	if err := Freeze(ctx, d, o, now); err != nil {
		return err
	}
	f.done[o.ID] = today
	quarter := o.Fiscal().Quarter(today)
	_, err = f.memory.Ask(ctx, d, o, now, true, Horizon(today.DaysUntil(quarter.Until)))
	return err
}
