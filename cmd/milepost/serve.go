package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
	"milepost/search"
)

// serveCommand serves the pages until it is told to stop.
type serveCommand struct {
	store
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080" env:"MILEPOST_LISTEN"`
	Debug  bool   `help:"Log every request."`
}

// Run opens the data and serves it.
func (c *serveCommand) Run(ctx context.Context, s *streams) error {
	p, err := c.open(ctx, newLog(s.Err, c.Debug))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	return serve(ctx, p, c.Listen, func(address string) {
		fmt.Fprintf(s.Out, "Milepost is ready at http://%s (data in %s)\n", address, p.Folder)
	})
}

func newLog(to writer, debug bool) *slog.Logger {
	level := slog.LevelInfo
	if debug {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: level}))
}

// assemble puts the capabilities together: the house, its routes, its jobs.
func assemble(p slice.Program) (house *web.House, routes []web.Route, work []jobs.Job) {
	house = &web.House{
		Log:          p.Log,
		Authenticate: people.Authenticator(p),
		Decide:       people.Decide,
		Frame:        people.Frame,
		SetUpPath:    people.SetUpPath(p),
		SearchPath:   search.Path,
	}
	routes = []web.Route{{Pattern: "GET /healthz", Rule: people.Anyone, Handle: healthy(p)}}
	for _, s := range capabilities(p) {
		routes = append(routes, s.Routes...)
		house.Menu = append(house.Menu, s.Menu...)
		house.Commands = append(house.Commands, s.Commands...)
		work = append(work, s.Jobs...)
	}
	web.SortMenu(house.Menu)
	return house, routes, work
}

func healthy(p slice.Program) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if _, err := people.Organizations(r.Context(), p.DB.Everywhere()); err != nil {
			return err
		}
		_, err := w.Write([]byte("well\n"))
		return err
	}
}

// serve listens, works the jobs beside, and ends in good order when the context
// does: requests under way are finished.
func serve(ctx context.Context, p slice.Program, listen string, ready func(address string)) error {
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; choose another address with --listen", listen, err)
	}
	house, routes, work := assemble(p)
	server := &http.Server{Handler: house.Handler(routes), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(p.Log.Handler(), slog.LevelWarn)}
	working := make(chan struct{})
	go func() {
		defer close(working)
		(&jobs.Runner{DB: p.DB, Clock: p.Clock, Log: p.Log, Jobs: work}).Serve(ctx)
	}()
	go func() {
		<-ctx.Done()
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		server.Shutdown(ending)
	}()
	ready(listener.Addr().String())
	if at, is := listener.Addr().(*net.TCPAddr); is && !at.IP.IsLoopback() {
		announceSetUp(ctx, p)
	}
	err = server.Serve(listener)
	<-working
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// announceSetUp logs the code that set-up asks for over a network, while there is
// something to set up: whoever reads the log is whoever installed Milepost.
func announceSetUp(ctx context.Context, p slice.Program) {
	if people.SetUpPath(p)(ctx) != "" {
		p.Log.Info("Milepost is not set up yet; over the network, set-up asks for this code", "code", people.SetUpCode())
	}
}
