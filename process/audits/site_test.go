package audits_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process/audits"
)

// site serves the pages of audits and of deals; who is asking stands in the cookie
// "person".
func (o *desk) site() http.Handler {
	clock := calendar.Stopped(now)
	p := slice.Program{DB: o.DB.Everywhere(), Clock: clock, Folder: o.t.TempDir(), Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))}
	ours, theirs, others := audits.Slice(p), deals.Slice(p), activities.Slice(p)
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, Menu: append(theirs.Menu, ours.Menu...),
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, o.ID, people.ID(who.Value), clock())
			return people.WithViewer(r.Context(), v), err
		}}
	return house.Handler(append(append(ours.Routes, theirs.Routes...), others.Routes...))
}

// asker is one person at the pages, without a browser.
type asker struct {
	t    *testing.T
	site http.Handler
	who  people.Person
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	t *testing.T
}

func (a asker) get(path string) answer { return a.send(http.MethodGet, path, nil) }

func (a asker) post(path string, fields ...string) answer {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return a.send(http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (a asker) send(method, path string, body io.Reader) answer {
	a.t.Helper()
	r := httptest.NewRequestWithContext(a.t.Context(), method, path, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "person", Value: string(a.who.ID)})
	w := httptest.NewRecorder()
	a.site.ServeHTTP(w, r)
	return answer{w, a.t}
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d; the page says: %.800s", a.Code, status, words(a.Body.String()))
	}
	return a
}

func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body.String(), text) && !strings.Contains(words(a.Body.String()), text) {
			a.t.Errorf("the page does not show %q; it shows: %.1500s", text, words(a.Body.String()))
		}
	}
	return a
}

func (a answer) lacks(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body.String(), text) {
			a.t.Errorf("the page shows %q, which it must not", text)
		}
	}
	return a
}

// words is the text of a page, without its tags.
func words(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	var out strings.Builder
	tag := false
	for _, r := range page {
		switch {
		case r == '<':
			tag = true
			out.WriteByte(' ')
		case r == '>':
			tag = false
		case !tag:
			out.WriteRune(r)
		}
	}
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&amp;", "&").Replace(strings.Join(strings.Fields(out.String()), " "))
}
