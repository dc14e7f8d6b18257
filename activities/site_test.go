package activities_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"os"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// site serves the pages of deals and of this room; who is asking stands in the
// cookie "person".
func site(d *db.DB, org db.Org, folder string, clock calendar.Clock) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Folder: folder, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))}
	ours, theirs := activities.Slice(p), deals.Slice(p, activities.DealPanel)
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, Menu: append(theirs.Menu, ours.Menu...),
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), clock())
			return people.WithViewer(r.Context(), v), err
		}}
	return house.Handler(append(ours.Routes, theirs.Routes...))
}

// browser is what one person has open, without a browser.
type browser struct {
	t      *testing.T
	site   http.Handler
	who    people.Person
	header http.Header
}

// eachSite runs a test on the pages of the small organization.
func eachSite(t *testing.T, test func(t *testing.T, o desk, as func(people.Person) browser)) {
	t.Helper()
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.Organization.ID, t.TempDir(), calendar.Stopped(now))
		test(t, o, func(p people.Person) browser { return browser{t, pages, p, http.Header{}} })
	})
}

// by htmx, or by our script.
func (b browser) asPart() browser { b.header = http.Header{"Hx-Request": {"true"}}; return b }

func (b browser) asJSON() browser { b.header = http.Header{"Accept": {"application/json"}}; return b }

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	t *testing.T
}

func (b browser) get(path string) answer { return b.send(http.MethodGet, path, nil, "") }

func (b browser) post(path string, fields ...string) answer {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.send(http.MethodPost, path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

// attach sends a file under a name as it stands in the header.
func (b browser) attach(deal deals.ID, name string, content []byte) answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {"image/png"}})
	if err != nil {
		b.t.Fatal(err)
	}
	part.Write(content)
	form.Close()
	return b.send(http.MethodPost, "/activities/deals/"+string(deal)+"/files", &body, form.FormDataContentType())
}

func (b browser) send(method, path string, body io.Reader, kind string) answer {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for name, values := range b.header {
		r.Header[name] = values
	}
	if b.who.ID != "" {
		r.AddCookie(&http.Cookie{Name: "person", Value: string(b.who.ID)})
	}
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	return answer{w, b.t}
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d; the page says: %.600s", a.Code, status, words(a.Body.String()))
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
