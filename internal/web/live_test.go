package web_test

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"milepost/internal/ui"
	"milepost/internal/web"
)

// liveSite serves one page that goes on, by what next says.
func liveSite(t *testing.T, wake chan struct{}, next func(context.Context) ([]web.LiveEvent, bool, error)) *httptest.Server {
	t.Helper()
	house := &web.House{Log: slog.New(slog.DiscardHandler), Decide: func(context.Context, web.Rule) error { return nil },
		Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil },
		Frame:        func(context.Context) ui.Frame { return ui.Frame{} }}
	server := httptest.NewServer(house.Handler([]web.Route{{Pattern: "GET /live", Handle: func(w http.ResponseWriter, r *http.Request) error {
		if err := web.WantsLive(r); err != nil {
			return err
		}
		return web.Live{Wake: wake, Next: next, Beat: 50 * time.Millisecond, Rest: time.Millisecond}.Serve(w, r)
	}}}))
	t.Cleanup(server.Close)
	return server
}

func listen(t *testing.T, ctx context.Context, address string) (*http.Response, *bufio.Scanner) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer, bufio.NewScanner(answer.Body)
}

func until(t *testing.T, lines *bufio.Scanner, want string) {
	t.Helper()
	for lines.Scan() {
		if lines.Text() == want {
			return
		}
	}
	t.Errorf("the answer ended without %q", want)
}

func TestLiveSaysWhatIsNewAtOnce(t *testing.T) {
	wake, said := make(chan struct{}, 1), 0
	server := liveSite(t, wake, func(context.Context) ([]web.LiveEvent, bool, error) {
		if said++; said == 2 {
			return []web.LiveEvent{{ID: 7, Name: "cards", Data: "one\ntwo\r\n\nevent: three"}}, false, nil
		}
		return nil, said > 4, nil
	})
	answer, lines := listen(t, t.Context(), server.URL+"/live")
	if got := answer.Header; answer.StatusCode != 200 || got.Get("Content-Encoding") != "" || !strings.HasPrefix(got.Get("Content-Type"), "text/event-stream") ||
		got.Get("Cache-Control") != "no-store" || got.Get("Content-Security-Policy") == "" {
		t.Errorf("%d %v", answer.StatusCode, got)
	}
	wake <- struct{}{}
	for _, line := range []string{"retry: 2000", "id: 7", "event: cards", "data: one", "data: two", "data: event: three", ": still here"} {
		until(t, lines, line)
	}
	for lines.Scan() { // until Next says that it is done
	}
}

func TestLiveEndsWhenTheServerStops(t *testing.T) {
	server := liveSite(t, nil, func(context.Context) ([]web.LiveEvent, bool, error) { return nil, false, nil })
	_, lines := listen(t, t.Context(), server.URL+"/live")
	until(t, lines, "retry: 2000")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := server.Config.Shutdown(ctx); err != nil {
		t.Errorf("the server waits for a page that listens: %v", err)
	}
	for lines.Scan() {
	}
}

func TestLiveEndsWhenTheBrowserGoes(t *testing.T) {
	gone := make(chan struct{})
	server := liveSite(t, nil, func(ctx context.Context) ([]web.LiveEvent, bool, error) {
		context.AfterFunc(ctx, sync(gone))
		return nil, false, nil
	})
	ctx, cancel := context.WithCancel(t.Context())
	_, lines := listen(t, ctx, server.URL+"/live")
	until(t, lines, ": still here")
	cancel()
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("the answer goes on without a reader")
	}
}

// sync closes a channel once.
func sync(c chan struct{}) func() {
	return func() {
		select {
		case <-c:
		default:
			close(c)
		}
	}
}

func TestLiveIsForThoseWhoListen(t *testing.T) {
	server := liveSite(t, nil, func(context.Context) ([]web.LiveEvent, bool, error) { return nil, false, nil })
	answer, err := http.Get(server.URL + "/live")
	if err != nil || answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("%v %v", answer, err)
	}
	r := httptest.NewRequest(http.MethodGet, "/live?since=12", nil)
	if web.Since(r) != 12 {
		t.Errorf("since %d", web.Since(r))
	}
	if r.Header.Set("Last-Event-ID", "31"); web.Since(r) != 31 {
		t.Errorf("since %d, though 31 was heard", web.Since(r))
	}
}
