package reference

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
)

// Path is where the page is.
const Path = "/forecasts/reference"

// Teacher says what the deals of an organization have taught, as of a day; learning tells
// that a model is still at it.
type Teacher func(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant) (t *Taught, learning bool, err error)

// Keeper says on which days the kept forecasts leaned on each table, by its number.
type Keeper func(ctx context.Context, d *db.DB, org db.Org) (map[int]Leant, error)

// Slice is what the room brings to the program: the page and its editor.
func Slice(program slice.Program, taught Teacher, kept Keeper) slice.Slice {
	p := &pages{program, taught, kept}
	return slice.Slice{
		Name: "assumptions",
		Routes: []web.Route{
			{Pattern: "GET " + Path, Rule: people.ReadsAssumptions, Handle: p.on((*visit).show)},
			{Pattern: "GET " + Path + "/edit", Rule: people.SetsAssumptions, Handle: p.on((*visit).edit)},
			{Pattern: "POST " + Path, Rule: people.SetsAssumptions, Handle: p.on((*visit).save)},
		},
		Commands: []web.Command{
			{Command: ui.Command{Label: "See what forecasts assume", Path: Path, Icon: "scale"}, Rule: people.ReadsAssumptions},
		},
	}
}

type pages struct {
	slice.Program
	taught Teacher
	kept   Keeper
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

// mayEdit tells whether the assumptions are the viewer's to change.
func (x *visit) mayEdit() bool { return people.Decide(x.ctx, people.SetsAssumptions) == nil }

func (x *visit) record(work func(*ledger.Writer) error) error {
	return ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now), work)
}

// names are everyone's, by id.
func (x *visit) names() (map[people.ID]string, error) {
	everyone, err := people.Everyone(x.ctx, x.d, x.v.Org)
	names := make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	return names, err
}
