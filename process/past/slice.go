package past

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

// Slice is what the past of the deals brings to the program.
func Slice(program slice.Program) slice.Slice {
	p := &pages{Program: program}
	return slice.Slice{Name: "process and past", Routes: []web.Route{
		{Pattern: "GET /process/from-history", Rule: people.Manages, Handle: p.on((*visit).discover)},
		{Pattern: "POST /process/from-history", Rule: people.Manages, Handle: p.on((*visit).keep)},
		{Pattern: "GET /process/{id}/labels", Rule: people.Manages, Handle: p.on((*visit).labels)},
		{Pattern: "POST /process/{id}/labels", Rule: people.Manages, Handle: p.on((*visit).teach)},
		{Pattern: "GET /process/{id}/milestones/{milestone}", Rule: people.SeesDeals, Handle: p.on((*visit).milestone)},
	}}
}

type pages struct {
	slice.Program
	memory memory
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

func crumbs(more ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Label: "Process", Path: "/process"}}, more...)
}
