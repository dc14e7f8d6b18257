// Package pagetest serves the pages of some rooms to tests, and lets a test sit at them
// as one of the people: ask for a page, send a form, and say what the answer must show.
package pagetest

import (
	"context"
	"log/slog"
	"net/http"
	"os"

	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// The cookies that say who asks, and on which device: a test needs no password.
const (
	personCookie = "person"
	signInCookie = "signin"
)

// Log says aloud what goes wrong on a page, and nothing else.
func Log() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

// House is the frame of the program around the pages of an organization; who asks stands
// in a cookie.
func House(p slice.Program, org db.Org) *web.House {
	return &web.House{Log: Log(), Decide: people.Decide, Frame: people.Frame,
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie(personCookie)
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), p.Clock())
			if err != nil {
				return r.Context(), err
			}
			if device, err := r.Cookie(signInCookie); err == nil {
				v.SignInID = device.Value
			}
			return people.WithViewer(r.Context(), v), nil
		}}
}

// Serve serves what some rooms bring to the program.
func Serve(p slice.Program, org db.Org, slices ...slice.Slice) http.Handler {
	return Open(House(p, org), slices...)
}

// Open is Serve for a house that a test has set up in its own way.
func Open(house *web.House, slices ...slice.Slice) http.Handler {
	var routes []web.Route
	for _, s := range slices {
		routes = append(routes, s.Routes...)
		house.Menu = append(house.Menu, s.Menu...)
		house.Commands = append(house.Commands, s.Commands...)
	}
	web.SortMenu(house.Menu)
	return house.Handler(routes)
}

// Door puts an entrance before pages, by which a browser comes in as a person: "/as/"
// and the person's id, then on to where the test wants to begin.
func Door(pages http.Handler, begin string) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /as/{id}", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: personCookie, Value: r.PathValue("id"), Path: "/"})
		if begin != "" {
			http.Redirect(w, r, begin, http.StatusSeeOther)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<!DOCTYPE html><title>In</title><p>In"))
	})
	mux.Handle("/", pages)
	return mux
}
