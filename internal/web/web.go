// Package web turns requests into pages: routes with their rules, the page frame,
// problems into statuses, and the headers that keep a browser honest. It knows
// nothing of selling; who may do what is decided by a function handed in.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"milepost/internal/ui"
)

// Rule names who may use a route; what it means is decided in one place, by
// House.Decide.
type Rule string

// ErrSignInFirst is what House.Decide returns when nobody is signed in.
var ErrSignInFirst = errors.New("sign in first")

// Route is one page or action. The pattern is that of http.ServeMux
// ("GET /deals/{id}"). A handler either writes its answer or returns an error.
type Route struct {
	Pattern string
	Rule    Rule
	Handle  func(http.ResponseWriter, *http.Request) error
}

// MenuItem is a line of the navigation, shown to those whom its rule lets in.
type MenuItem struct {
	ui.NavItem
	Rule  Rule
	Order int // smaller is higher
}

// Command is something that a person may do from anywhere, offered to those whom its
// rule lets in.
type Command struct {
	ui.Command
	Rule Rule
}

// House is what all requests share.
type House struct {
	Log *slog.Logger
	// Authenticate finds out who is asking and puts that into the context.
	Authenticate func(*http.Request) (context.Context, error)
	// Decide tells whether whoever is asking may use a route.
	Decide func(context.Context, Rule) error
	// Frame fills in what every page carries: organization, person.
	Frame func(context.Context) ui.Frame
	Menu  []MenuItem
	// Commands are offered on every page, and SearchPath is where its search box leads;
	// empty leaves both out.
	Commands   []Command
	SearchPath string
	// SetUpPath is where everyone is sent while there is no organization; empty
	// when there is one.
	SetUpPath func(context.Context) string
}

type houseKey struct{}

// Handler serves the routes.
func (h *House) Handler(routes []Route) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", ui.Assets())
	for _, route := range routes {
		mux.Handle(route.Pattern, h.serve(route))
	}
	mux.Handle("/", h.serve(Route{Handle: notFound}))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.refuse(w, r, errCrossOrigin)
	}))
	return h.withHeaders(guard.Handler(mux))
}

// serve runs one route: who is asking, whether they may, the handler, and what to
// say when it fails.
func (h *House) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now() // for the log only
		r = r.WithContext(context.WithValue(r.Context(), houseKey{}, h))
		answer := &answer{ResponseWriter: w}
		defer func() {
			if panicked := recover(); panicked != nil {
				h.Log.Error("a handler panicked", "path", loggedPath(r), "panic", panicked, "stack", string(debug.Stack()))
				h.refuse(answer, r, errors.New("panic"))
			}
			h.Log.Debug("request", "method", r.Method, "path", loggedPath(r), "status", answer.status, "took", time.Since(began))
		}()
		if path := h.setUpPath(r); path != "" {
			http.Redirect(answer, r, path, http.StatusSeeOther)
			return
		}
		ctx, err := h.Authenticate(r)
		if err == nil {
			r = r.WithContext(ctx)
			err = h.decide(r, route)
		}
		if err == nil {
			err = route.Handle(answer, r)
		}
		if err != nil {
			h.refuse(answer, r, err)
		}
	})
}

// decide applies the route's rule; a path without a route asks for a sign-in too,
// so that a stranger cannot map what exists.
func (h *House) decide(r *http.Request, route Route) error {
	if route.Pattern == "" {
		return nil
	}
	return h.Decide(r.Context(), route.Rule)
}

func (h *House) setUpPath(r *http.Request) string {
	if h.SetUpPath == nil {
		return ""
	}
	path := h.SetUpPath(r.Context())
	if path == r.URL.Path {
		return ""
	}
	return path
}

// contentPolicy lets a page use nothing but what this program serves.
const contentPolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func (h *House) withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", contentPolicy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		next.ServeHTTP(w, r)
	})
}

// answer remembers whether something was written, so that an error page is not
// appended to half a page.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(body []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(body)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
