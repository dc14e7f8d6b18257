package evidence_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/board"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// site serves the pages of deals, activities, the board and this room; who is asking
// stands in the cookie "person".
func site(d *db.DB, org db.Org, folder string) http.Handler {
	clock := calendar.Stopped(now)
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Folder: folder, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))}
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame,
		Authenticate: func(r *http.Request) (context.Context, error) {
			who, err := r.Cookie("person")
			if err != nil {
				return r.Context(), nil
			}
			v, err := people.LoadViewer(r.Context(), p.DB, org, people.ID(who.Value), clock())
			return people.WithViewer(r.Context(), v), err
		}}
	var routes []web.Route
	for _, s := range []slice.Slice{deals.Slice(p, evidence.PanelPath), activities.Slice(p, evidence.Keeps), evidence.Slice(p), board.Slice(p)} {
		routes = append(routes, s.Routes...)
		house.Menu = append(house.Menu, s.Menu...)
	}
	return house.Handler(routes)
}

// visitor is what one person has open, without a browser.
type visitor struct {
	*desk
	site http.Handler
	who  people.Person
}

func eachSite(t *testing.T, test func(t *testing.T, o *desk, as func(people.Person) visitor)) {
	t.Helper()
	eachDesk(t, func(t *testing.T, o *desk) {
		pages := site(o.DB, o.Organization.ID, t.TempDir())
		test(t, o, func(p people.Person) visitor { return visitor{o, pages, p} })
	})
}

type answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

func (b visitor) send(method, path string, body io.Reader, kind string) answer {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.AddCookie(&http.Cookie{Name: "person", Value: string(b.who.ID)})
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	return answer{w, b.t}
}

func (b visitor) get(path string) answer { b.t.Helper(); return b.send("GET", path, nil, "") }

func (b visitor) post(path string, fields ...string) answer {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.send("POST", path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

// upload sends a form that brings a file.
func (b visitor) upload(path, name string, content []byte, fields ...string) answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		form.WriteField(fields[i], fields[i+1])
	}
	part, err := form.CreateFormFile("file", name)
	b.must(err)
	part.Write(content)
	form.Close()
	return b.send("POST", path, &body, form.FormDataContentType())
}

// seen is the version of a milestone that a form of now would carry.
func (o *desk) seen(deal string, id process.MilestoneID) string {
	o.t.Helper()
	return strconv.FormatInt(o.standing(deal).Of(id).Version, 10)
}

func (o *desk) path(deal string, rest string) string {
	return "/milestones/deals/" + string(o.Deal(deal).ID) + "/" + rest
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

// contact adds somebody at the account of a deal, with a part in it or none.
func (o *desk) contact(deal, name string, role accounts.Role) accounts.ContactID {
	o.t.Helper()
	var id accounts.ContactID
	o.must(o.record(o.Dan, now, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
		found, err := deals.Find(ctx, w.DB, o.ID, o.Deal(deal).ID)
		if err != nil {
			return err
		}
		c, err := accounts.Add(ctx, w, accounts.Contact{Account: found.Account, Name: name})
		id = c.ID
		return err
	}))
	if role != "" {
		o.must(o.record(o.Dan, now, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			_, err := accounts.SetRole(ctx, w, id, o.Deal(deal).ID, accounts.Standing{Role: role}, 0)
			return err
		}))
	}
	return id
}
