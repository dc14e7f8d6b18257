package search_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
	"milepost/search"
)

// site serves search, and the rooms that it leads to; who is asking stands in the
// cookie "person".
func site(d *db.DB, org db.Org, folder string) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Folder: folder,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))}
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, SearchPath: search.Path,
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), now)
			return people.WithViewer(r.Context(), v), err
		}}
	var routes []web.Route
	for _, s := range []slice.Slice{people.Slice(p), deals.Slice(p, activities.DealPanel), accounts.Slice(p), activities.Slice(p), search.Slice(p)} {
		routes = append(routes, s.Routes...)
		house.Menu = append(house.Menu, s.Menu...)
		house.Commands = append(house.Commands, s.Commands...)
	}
	web.SortMenu(house.Menu)
	return house.Handler(routes)
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	t *testing.T
}

// get asks for a page as a person does, or as nobody.
func (o desk) get(site http.Handler, p people.Person, path string) answer {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodGet, path, nil)
	if p.ID != "" {
		r.AddCookie(&http.Cookie{Name: "person", Value: string(p.ID)})
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return answer{w, o.t}
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d: %.600s", a.Code, status, a.Body.String())
	}
	return a
}

func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body.String(), text) {
			a.t.Errorf("the page does not have %q; it has %.1500s", text, a.main())
		}
	}
	return a
}

func (a answer) lacks(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body.String(), text) {
			a.t.Errorf("the page has %q, which it must not", text)
		}
	}
	return a
}

func (a answer) main() string {
	_, after, found := strings.Cut(a.Body.String(), "<main")
	if !found {
		return a.Body.String()
	}
	after, _, _ = strings.Cut(after, "</main>")
	return after
}

func at(path string, fields ...string) string {
	q := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		q.Set(fields[i], fields[i+1])
	}
	return path + "?" + q.Encode()
}
