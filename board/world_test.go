package board_test

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/board"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/web"
	"milepost/people"
)

var schemas = []fs.FS{ledger.Schema, people.Schema, deals.Schema, activities.Schema}

// site serves the board and the deals; who is asking stands in the cookie "person".
func site(d *db.DB, org db.Org, clock calendar.Clock) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: slog.New(slog.DiscardHandler)}
	ours, theirs := board.Slice(p), deals.Slice(p)
	house := &web.House{Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Decide: people.Decide, Frame: people.Frame, Menu: append(theirs.Menu, ours.Menu...),
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), clock())
			if err == nil {
				if s, err := r.Cookie("signin"); err == nil {
					v.SignInID = s.Value
				}
			}
			return people.WithViewer(r.Context(), v), err
		}}
	return pagetest.Door(house.Handler(append(theirs.Routes, ours.Routes...)), "/board")
}

// send asks as a person; a form makes it a POST, json asks for the script's answer.
func send(t *testing.T, pages http.Handler, who people.Person, path string, form url.Values, json bool) *httptest.ResponseRecorder {
	t.Helper()
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r := httptest.NewRequestWithContext(t.Context(), method, path, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if json {
		r.Header.Set("Accept", "application/json")
	}
	r.AddCookie(&http.Cookie{Name: "person", Value: string(who.ID)})
	w := httptest.NewRecorder()
	pages.ServeHTTP(w, r)
	return w
}

func movePath(id deals.ID) string { return "/board/deals/" + string(id) + "/move" }
