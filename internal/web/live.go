package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"milepost/problem"
)

// LiveEvent is something that a page hears while it is open. ID is what the browser
// names when it comes back after a loss; 0 leaves it as it was.
type LiveEvent struct {
	ID   int64
	Name string
	Data string
}

// Live is an answer that goes on: server-sent events. It ends when Next fails or says
// so, when the browser goes, and when the server is told to stop.
type Live struct {
	Wake <-chan struct{} // something may have happened
	// Next gives what is new since it was asked last. It is asked again at every beat,
	// which is how a sign-in that ended is noticed; done ends the answer after these.
	Next func(context.Context) (events []LiveEvent, done bool, err error)
	Beat time.Duration // how often a sign of life is sent; 20 seconds unless given
	Rest time.Duration // the least time between two answers; half a second unless given
}

// slowest is how long a browser may take to read an event before it is given up.
const slowest = 10 * time.Second

// WantsLive refuses whoever does not listen for events: an answer without an end would
// hold them for ever.
func WantsLive(r *http.Request) error {
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		return nil
	}
	return problem.Invalid("", "This address is for pages that listen for changes. Open the page itself.")
}

// Since is how far a browser that listens has heard: what it names when it comes back,
// or else what the page said when it was drawn.
func Since(r *http.Request) int64 {
	for _, text := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("since")} {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
			return n
		}
	}
	return 0
}

// Serve answers until one of the ends. Nothing is compressed: events must not wait in
// a buffer until it is full.
func (l Live) Serve(w http.ResponseWriter, r *http.Request) error {
	header := w.Header()
	header.Set("Content-Type", "text/event-stream; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // for proxies
	w.WriteHeader(http.StatusOK)
	out := &liveWriter{w, http.NewResponseController(w)}
	if err := out.write("retry: 2000\n\n"); err != nil {
		return nil // gone already
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	ending := endOf(r)
	beat := time.NewTicker(orSpan(l.Beat, 20*time.Second))
	defer beat.Stop()
	for first := true; ; first = false {
		if !first {
			select {
			case <-ctx.Done():
				return nil
			case <-ending:
				return nil
			case <-l.Wake:
			case <-beat.C:
				if out.write(": still here\n\n") != nil {
					return nil
				}
			}
		}
		events, done, err := l.Next(ctx)
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("telling what is new on %s: %w", r.URL.Path, err)
		}
		if out.events(events) != nil || done || err != nil {
			return nil
		}
		if len(events) > 0 && !wait(ctx, ending, orSpan(l.Rest, time.Second/2)) {
			return nil
		}
	}
}

// wait keeps many changes in a row from becoming many answers.
func wait(ctx context.Context, ending <-chan struct{}, span time.Duration) bool {
	timer := time.NewTimer(span)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-ending:
		return false
	case <-timer.C:
		return true
	}
}

func orSpan(span, otherwise time.Duration) time.Duration {
	if span == 0 {
		return otherwise
	}
	return span
}

type liveWriter struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

// write sends at once. A browser that does not read is given up, by a deadline that
// is past.
func (o *liveWriter) write(text string) error {
	late := time.AfterFunc(slowest, func() { o.rc.SetWriteDeadline(time.Unix(1, 0)) })
	defer late.Stop()
	if _, err := o.w.Write([]byte(text)); err != nil {
		return err
	}
	return o.rc.Flush()
}

func (o *liveWriter) events(list []LiveEvent) error {
	for _, e := range list {
		if err := o.write(e.text()); err != nil {
			return err
		}
	}
	return nil
}

// text writes the event as the format has it, every line of the data by itself.
func (e LiveEvent) text() string {
	var b strings.Builder
	if e.ID > 0 {
		fmt.Fprintf(&b, "id: %d\n", e.ID)
	}
	if e.Name != "" {
		fmt.Fprintf(&b, "event: %s\n", e.Name)
	}
	for _, line := range strings.FieldsFunc(e.Data, func(r rune) bool { return r == '\n' || r == '\r' }) {
		b.WriteString("data: " + line + "\n")
	}
	return b.String() + "\n"
}

// endings holds, for each server that is running, what is closed when it is told to
// stop: it would otherwise wait for answers that have no end.
var endings sync.Map

func endOf(r *http.Request) <-chan struct{} {
	server, ok := r.Context().Value(http.ServerContextKey).(*http.Server)
	if !ok {
		return nil
	}
	end := make(chan struct{})
	known, already := endings.LoadOrStore(server, end)
	if !already {
		server.RegisterOnShutdown(func() { close(end); endings.Delete(server) })
	}
	return known.(chan struct{})
}
