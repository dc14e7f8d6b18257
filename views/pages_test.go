package views_test

import (
	"net/http"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/views"
)

// desk is a person at the pages of views, with a list that shows nothing but its bar.
type desk struct {
	t *testing.T
	pagetest.Desk
}

func at(t *testing.T, site http.Handler, who people.Person) desk {
	return desk{t, pagetest.At(t, site, who.ID)}
}

func site(o *testworld.SmallOrganization) http.Handler {
	p := slice.Program{DB: o.DB.Everywhere(), Clock: calendar.Stopped(testworld.SmallNow), Log: pagetest.Log()}
	list := web.Route{Pattern: "GET /deals", Rule: people.SeesDeals, Handle: func(w http.ResponseWriter, r *http.Request) error {
		q := r.URL.Query()
		bar, err := views.Load(r.Context(), o.DB, people.ViewerFrom(r.Context()), "deals", q, q, p.Clock())
		if err != nil || bar.Home() != "" {
			http.Redirect(w, r, bar.Home(), http.StatusSeeOther)
			return err
		}
		return web.Page(w, r, ui.Frame{Title: "Deals"}, bar)
	}}
	return pagetest.Serve(p, o.ID, views.Slice(p), slice.Slice{Routes: []web.Route{list}})
}

// goes sends a form and gives back where it leads.
func (d desk) goes(path string, fields ...string) string {
	d.t.Helper()
	w := d.Post(path, fields...)
	if w.Code != http.StatusSeeOther {
		d.t.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

func (d desk) sees(path string, has, lacks string) {
	d.t.Helper()
	w := d.Get(path)
	if body := w.Body.String(); w.Code != 200 || has != "" && !strings.Contains(body, has) || lacks != "" && strings.Contains(body, lacks) {
		d.t.Errorf("%s: status %d; want %q and not %q in %s", path, w.Code, has, lacks, body)
	}
}

// A view's whole life by its forms alone: saved, shared, opened by another, changed,
// renamed, made what the list opens with, deleted, brought back.
func TestAViewIsKeptSharedAndBroughtBack(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization) {
		pages := site(o)
		ben, dan, finn := at(t, pages, o.Ben), at(t, pages, o.Dan), at(t, pages, o.Finn)
		ben.sees("/deals?stage=Proposal", "Save view", "")
		at := ben.goes("/views", "list", "deals", "query", "stage=Proposal", "name", "Proposals <now>", "shared", "1")
		id := at[strings.Index(at, "view=")+len("view="):]
		ben.sees(at, "Proposals &lt;now&gt;", "changed")
		ben.sees(at+"&sort=close", "Save changes", "")
		dan.sees("/deals", "by Ben Alpha", "")
		dan.sees(at, "Shared by", "Delete the view")
		finn.sees("/deals", "", "Proposals")
		finn.sees(at, "Not saved", "Proposals &lt;now")

		ben.goes("/views/"+id+"/rewrite", "query", "stage=Proposal&sort=close")
		ben.goes("/views/"+id+"/rename", "name", "Close soon", "query", "stage=Proposal")
		dan.goes("/views/"+id+"/default", "is", "1")
		w := dan.Get("/deals")
		if to := w.Header().Get("Location"); w.Code != 303 || to != "/deals?sort=close&stage=Proposal&view="+id {
			t.Errorf("the list opens with %d %s", w.Code, to)
		}
		dan.sees("/deals?view=none", "your default", "")

		gone := ben.goes("/views/" + id + "/delete")
		ben.sees(gone, "is deleted", "")
		dan.sees("/deals", "", "Close soon")
		ben.sees(ben.goes("/views/"+id+"/restore"), "Close soon", "is deleted")
		ben.goes("/views/"+id+"/share", "is", "")
		dan.sees("/deals", "", "Close soon")
		mustAgree(t, o)
	})
}

func TestARefusedNameIsAskedForAgain(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization) {
		ben := at(t, site(o), o.Ben)
		w := ben.Post("/views", "list", "deals", "query", "stage=Proposal", "name", " ", "shared", "1")
		if body := w.Body.String(); w.Code != 422 || !strings.Contains(body, "find it by") || !strings.Contains(body, `value="stage=Proposal"`) || !strings.Contains(body, "checked") {
			t.Errorf("status %d: %s", w.Code, body)
		}
		if w := ben.Post("/views", "list", "https://evil.example", "name", "x"); w.Code != 422 {
			t.Errorf("a list that is none: %d", w.Code)
		}
		if w := at(t, site(o), o.Dan).Post("/views/" + strings.Repeat("0", 36) + "/delete"); w.Code != 404 {
			t.Errorf("a view that is none: %d", w.Code)
		}
	})
}
