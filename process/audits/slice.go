package audits

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Slice is what audits bring to the program.
func Slice(p slice.Program) slice.Slice {
	s := &pages{Program: p}
	open := func(pattern string, handle func(*visit) error) web.Route {
		return web.Route{Pattern: pattern, Rule: people.SeesDeals, Handle: s.on(handle)}
	}
	return slice.Slice{Name: "audits", Schema: Schema, Check: Check,
		Routes: []web.Route{
			open("GET /audits", (*visit).queue),
			open("GET /audits/{id}", (*visit).audit),
			open("POST /audits/{id}/pass", (*visit).pass),
			open("POST /audits/{id}/reject", (*visit).reject),
			open("POST /audits/{id}/answer", (*visit).answer),
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Audits", Path: "/audits", Icon: "clipboard-check"}, Rule: people.SeesDeals, Order: 35}},
		Jobs: []jobs.Job{{Name: "draw audits", Every: time.Hour, Run: func(ctx context.Context, d *db.DB, now calendar.Instant) error {
			return DrawWeek(ctx, d, now)
		}}}}
}

// pages serves the pages of this room.
type pages struct{ slice.Program }

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

// record runs work that writes, in the person's name.
func (x *visit) record(work func(*ledger.Writer) error) error {
	return ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now.At), work)
}

func (x *visit) id() ID { return ID(x.r.PathValue("id")) }

// seen is the version of the milestone that the form was made from; one that is not a
// number fits none.
func (x *visit) seen() int64 {
	n, err := strconv.ParseInt(x.r.PostFormValue("seen"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// names are the people's names.
func (x *visit) names() (map[people.ID]string, error) {
	everyone, err := people.Everyone(x.ctx, x.d, x.v.Org)
	names := make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	return names, err
}

func auditPath(id ID) string { return "/audits/" + string(id) }
