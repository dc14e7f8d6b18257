package activities

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// pages serves the pages of this room.
type pages struct {
	slice.Program
	vault  vault
	guards []Guard
	many   *bulk.List
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

// record runs work that writes, in the person's name.
func (x *visit) record(work func(*ledger.Writer) error) error {
	return ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now.At), work)
}

// mayGo asks those who may need a file or an activity whether it may go.
func (x *visit) mayGo(w *ledger.Writer, id ID) error { return mayGo(x.ctx, w.DB, x.guards, id) }

func mayGo(ctx context.Context, d *db.DB, guards []Guard, id ID) error {
	for _, guard := range guards {
		if err := guard(ctx, d, id); err != nil {
			return err
		}
	}
	return nil
}

func (x *visit) id() ID { return ID(x.r.PathValue("id")) }

func (x *visit) wantsJSON() bool {
	return strings.Contains(x.r.Header.Get("Accept"), "application/json")
}

// part answers with a part of a page and a status: a form that was refused is 422.
func (x *visit) part(status int, body templ.Component) error {
	return web.FragmentWithStatus(x.w, x.r, status, body)
}

// page answers with a page.
func (x *visit) page(status int, frame ui.Frame, body templ.Component) error {
	return web.PageWithStatus(x.w, x.r, status, frame, body)
}

// staff is who works here: names to show, and people to choose from.
type staff struct {
	everyone []people.Person
	names    map[people.ID]string
}

func (x *visit) staff() (staff, error) { return staffOf(people.Everyone(x.ctx, x.d, x.v.Org)) }

// staffFor are those whose names a page with some activities has: whoever is on it, and
// those whose deals the viewer sees. Of very many, everyone is as quick, and groups may be
// of anyone.
func (x *visit) staffFor(page []Listed, grouped bool) (staff, error) {
	owners, all := x.v.Visible()
	if all || grouped || len(owners) > 50 {
		return x.staff()
	}
	ids := slices.Clone(owners)
	for i := range page {
		ids = append(ids, page[i].Person)
		for _, p := range page[i].Participants.List() {
			ids = append(ids, p.Person)
		}
	}
	slices.Sort(ids)
	return staffOf(people.Several(x.ctx, x.d, x.v.Org, slices.Compact(ids)))
}

func staffOf(list []people.Person, err error) (staff, error) {
	s := staff{list, make(map[people.ID]string, len(list))}
	for _, p := range list {
		s.names[p.ID] = p.Name
	}
	return s, err
}

// name is a person's name, or "someone" for what came without one.
func (s staff) name(id people.ID) string {
	if name := s.names[id]; name != "" {
		return name
	}
	return "someone"
}

func loggedPath(id ID) string { return "/activities/logged/" + string(id) }

// sends are the attributes by which a form of the panel is sent without a reload.
// What comes back takes the panel's place; a server's mistake leaves what was typed.
func sends(action string) templ.Attributes {
	return templ.Attributes{"hx-post": action, "hx-target": "#activities-panel", "hx-swap": "outerHTML",
		"hx-status:401": "swap:none", "hx-status:403": "swap:none", "hx-status:404": "swap:none", "hx-status:5xx": "swap:none"}
}

// drafted adds that a form's texts are kept in the browser until they were taken in.
func drafted(attrs templ.Attributes, key string) templ.Attributes {
	attrs["data-draft"] = key
	return attrs
}
