// Package editor is where a manager designs how the organization sells: the phases of a
// process, the milestones in each, what counts as proof, and the criteria of the triad.
// What is being designed is a draft that nobody works by. Publishing makes it a version:
// before that, it says what changes and which open deals it touches; then all of them
// come along at once, or none.
package editor

import (
	"context"
	"net/http"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process"
)

// Slice is what designing processes brings to the program.
func Slice(program slice.Program) slice.Slice {
	p := &pages{Program: program, runs: newRuns(program.Log)}
	return slice.Slice{Name: "process editor",
		Routes: []web.Route{
			{Pattern: "GET /process", Rule: people.Manages, Handle: p.on((*visit).list)},
			{Pattern: "GET /process/new", Rule: people.Manages, Handle: p.on((*visit).fresh)},
			{Pattern: "POST /process/new", Rule: people.Manages, Handle: p.on((*visit).begin)},
			{Pattern: "GET /process/{id}", Rule: people.Manages, Handle: p.on((*visit).edit)},
			{Pattern: "POST /process/{id}", Rule: people.Manages, Handle: p.on((*visit).act)},
			{Pattern: "POST /process/{id}/undo", Rule: people.Manages, Handle: p.on((*visit).undo)},
			{Pattern: "GET /process/{id}/history", Rule: people.Manages, Handle: p.on((*visit).history)},
			{Pattern: "GET /process/{id}/preview", Rule: people.Manages, Handle: p.on((*visit).preview)},
			{Pattern: "GET /process/{id}/choice", Rule: people.Manages, Handle: p.on((*visit).choice)},
			{Pattern: "POST /process/{id}/choice", Rule: people.Manages, Handle: p.on((*visit).setChoice)},
			{Pattern: "POST /process/{id}/retire", Rule: people.Manages, Handle: p.on((*visit).retire)},
			{Pattern: "POST /process/{id}/revive", Rule: people.Manages, Handle: p.on((*visit).revive)},
			{Pattern: "GET /process/{id}/publish", Rule: people.Manages, Handle: p.on((*visit).publishing)},
			{Pattern: "POST /process/{id}/publish", Rule: people.Manages, Handle: p.on((*visit).publish)},
			{Pattern: "GET /process/{id}/progress", Rule: people.Manages, Handle: p.on((*visit).progress)},
			{Pattern: "GET /process/{id}/versions/{n}", Rule: people.Manages, Handle: p.on((*visit).version)},
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Process", Path: "/process", Icon: "route"}, Rule: people.Manages, Order: 140}},
	}
}

type pages struct {
	slice.Program
	runs *runs
}

// visit is one request: who asks, and for what.
type visit struct {
	*pages
	w   http.ResponseWriter
	r   *http.Request
	ctx context.Context
	v   *people.Viewer
	d   *db.DB // confined to the person's organization
	now calendar.Instant
}

func (p *pages) on(handle func(*visit) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := people.ViewerFrom(r.Context())
		return handle(&visit{p, w, r, r.Context(), v, p.DB.For(v.Org), p.Clock()})
	}
}

// record runs work that writes, in the person's name.
func (x *visit) record(work func(*ledger.Writer) error) error {
	return ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now), work)
}

func (x *visit) id() process.ID { return process.ID(x.r.PathValue("id")) }

func path(id process.ID) string { return "/process/" + string(id) }

// names are everyone's, by id.
func (x *visit) names() (map[people.ID]string, error) {
	everyone, err := people.Everyone(x.ctx, x.d, x.v.Org)
	names := make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	return names, err
}
