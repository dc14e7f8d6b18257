package plans

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// site serves the pages of plans; who is asking stands in the cookie "person".
func (o *desk) site() http.Handler {
	p := slice.Program{DB: o.DB.Everywhere(), Clock: o.clock, Log: slog.New(slog.DiscardHandler)}
	s, more, with := Slice(p), deals.Slice(p, DealPanel), accounts.Slice(p)
	house := &web.House{Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Decide: people.Decide, Frame: people.Frame, Menu: more.Menu,
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, o.ID, people.ID(who.Value), o.now)
			return people.WithViewer(r.Context(), v), err
		}}
	pages := house.Handler(append(append(more.Routes, s.Routes...), with.Routes...))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /as/{id}", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "person", Value: r.PathValue("id"), Path: "/"})
		w.Header().Set("Content-Type", "text/html")
	})
	mux.Handle("/", pages)
	return mux
}

// browsing is a browser of one person, or of a stranger, without the browser.
type browsing struct {
	t       *testing.T
	site    http.Handler
	who     people.ID
	address string // of the network; "192.0.2.1" unless given
	cookies []*http.Cookie
	tls     bool
}

// secure is the same browser, over TLS.
func (b *browsing) secure() *browsing {
	c := *b
	c.tls = true
	return &c
}

type answer struct {
	*httptest.ResponseRecorder
	t *testing.T
}

func (b *browsing) get(path string) answer { return b.send(http.MethodGet, path, nil) }

func (b *browsing) post(path string, fields ...string) answer {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.send(http.MethodPost, path, form)
}

func (b *browsing) send(method, path string, form url.Values) answer {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequestWithContext(b.t.Context(), method, path, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if b.tls {
		r.Header.Set("X-Forwarded-Proto", "https")
	}
	if b.address != "" {
		r.RemoteAddr = b.address + ":1"
	}
	if b.who != "" {
		r.AddCookie(&http.Cookie{Name: "person", Value: string(b.who)})
	}
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	return answer{w, b.t}
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d; the page says: %.900s", a.Code, status, words(a.Body.String()))
	}
	return a
}

func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body.String(), text) && !strings.Contains(words(a.Body.String()), text) {
			a.t.Errorf("the page does not show %q; it shows: %.2500s", text, words(a.Body.String()))
		}
	}
	return a
}

func (a answer) lacks(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(strings.ToLower(a.Body.String()), strings.ToLower(text)) {
			a.t.Errorf("the page shows %q, which it must not", text)
		}
	}
	return a
}

var tags = regexp.MustCompile(`<[^>]*>`)

func words(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	return strings.Join(strings.Fields(strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&amp;", "&").Replace(tags.ReplaceAllString(page, " "))), " ")
}

func (o *desk) as(p people.Person) *browsing {
	return &browsing{t: o.t, site: o.site(), who: p.ID}
}

func (o *desk) stranger() *browsing { return &browsing{t: o.t, site: o.site()} }

var linkIn = regexp.MustCompile(`/plans/shared/([A-Za-z0-9_-]{43})`)

func tokenIn(t *testing.T, page string) string {
	t.Helper()
	found := linkIn.FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("no link in the page: %.2000s", words(page))
	}
	return found[1]
}

func seenOf(s *Step) string { return fmt.Sprint(s.Course.Version) }
