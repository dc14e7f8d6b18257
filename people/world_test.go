package people_test

import (
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/people"
)

const password = "three little words"

// world is a program with a clock that a test moves, and the organizations in it.
type world struct {
	*testing.T
	slice.Program
	now  atomic.Int64
	site *httptest.Server
}

// each runs a test in an empty world on every database.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(newWorld(t, d)) }, ledger.Schema, jobs.Schema, people.Schema)
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{T: t}
	w.now.Store(int64(calendar.InstantOf(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))))
	w.Program = slice.Program{DB: d, Clock: func() calendar.Instant { return calendar.Instant(w.now.Load()) },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Folder: t.TempDir()}
	s := people.Slice(w.Program)
	house := &web.House{Log: w.Log, Authenticate: people.Authenticator(w.Program), Decide: people.Decide,
		Frame: people.Frame, SetUpPath: people.SetUpPath(w.Program), Menu: s.Menu}
	home := web.Route{Pattern: "GET /{$}", Rule: people.SignedIn, Handle: func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.WriteString(w, "home of "+people.ViewerFrom(r.Context()).Name)
		return err
	}}
	w.site = httptest.NewServer(house.Handler(append(s.Routes, home)))
	t.Cleanup(w.site.Close)
	return w
}

func (w *world) pass(span time.Duration) { w.now.Add(span.Milliseconds()) }

// company makes an organization.
func (w *world) company(name string) people.Organization {
	w.Helper()
	o, err := people.Found(w.Context(), w.DB.Everywhere(), people.Organization{Name: name, TimeZone: "Europe/Amsterdam",
		FiscalStart: 1, Currency: "EUR", CreatedAt: w.Clock()})
	w.must(err)
	return o
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// record runs work as the system, now.
func (w *world) record(org db.Org, work func(*ledger.Writer) error) error {
	return ledger.Record(w.Context(), w.DB.For(org), ledger.By{Via: ledger.ViaCommand, At: w.Clock()}, work)
}

// person adds someone; with an address they can sign in with the password.
func (w *world) person(org db.Org, name, email string, roles ...people.Role) people.Person {
	w.Helper()
	var p people.Person
	w.must(w.record(org, func(lw *ledger.Writer) (err error) {
		if p, err = people.Join(w.Context(), lw, people.Person{Name: name, Email: email}, w.Clock()); err != nil {
			return err
		}
		for _, role := range roles {
			if err := people.Grant(w.Context(), lw, p.ID, role); err != nil {
				return err
			}
		}
		return nil
	}))
	if email != "" {
		b := w.browser()
		b.post(w.link(org, p.ID, people.Invitation), "new", password, "again", password)
		b.post("/sign-out")
	}
	return p
}

func (w *world) link(org db.Org, person people.ID, purpose people.Purpose) (path string) {
	w.Helper()
	w.must(w.record(org, func(lw *ledger.Writer) error {
		token, err := people.MakeLink(w.Context(), lw, person, purpose)
		path = people.WelcomePath(token)
		return err
	}))
	return path
}

func (w *world) reportsTo(org db.Org, person, manager people.ID) {
	w.Helper()
	w.must(w.record(org, func(lw *ledger.Writer) error {
		return people.SetManager(w.Context(), lw, person, manager, w.Clock())
	}))
}

// browser is a visitor with cookies of their own.
type browser struct {
	w      *world
	client *http.Client
	header http.Header
	status int
	to     string // where a redirect leads
	body   string
}

func (w *world) browser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{w: w, header: http.Header{}, client: &http.Client{Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (w *world) signedIn(email string) *browser {
	w.Helper()
	b := w.browser().post("/sign-in", "email", email, "password", password)
	if b.status != http.StatusSeeOther {
		w.Fatalf("%s could not sign in: %d %s", email, b.status, b.text())
	}
	return b
}

func (b *browser) get(path string) *browser { return b.send(http.MethodGet, path, nil) }

// post sends a form: names and values in turn.
func (b *browser) post(path string, fields ...string) *browser {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.send(http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (b *browser) send(method, path string, body io.Reader) *browser {
	b.w.Helper()
	r, err := http.NewRequestWithContext(b.w.Context(), method, b.w.site.URL+path, body)
	b.w.must(err)
	for name := range b.header {
		r.Header.Set(name, b.header.Get(name))
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := b.client.Do(r)
	b.w.must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	b.w.must(err)
	b.status, b.to, b.body = answer.StatusCode, answer.Header.Get("Location"), string(text)
	return b
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// text is the page without its tags.
func (b *browser) text() string {
	return html.UnescapeString(strings.TrimSpace(regexp.MustCompile(` +`).ReplaceAllString(tags.ReplaceAllString(b.body, " "), " ")))
}

// expect checks the status, and words that the page has in it.
func (b *browser) expect(status int, words ...string) *browser {
	b.w.Helper()
	if b.status != status {
		b.w.Errorf("the answer is %d, want %d: %.600s", b.status, status, b.text())
	}
	for _, word := range words {
		if !strings.Contains(b.text(), word) {
			b.w.Errorf("the page does not say %q: %.900s", word, b.text())
		}
	}
	return b
}

// leadsTo checks where a redirect leads.
func (b *browser) leadsTo(path string) *browser {
	b.w.Helper()
	if b.status != http.StatusSeeOther || b.to != path {
		b.w.Errorf("the answer is %d to %q, want a redirect to %q: %.600s", b.status, b.to, path, b.text())
	}
	return b
}

// field is the value of a form's hidden or visible input on the page.
func (b *browser) field(name string) string {
	b.w.Helper()
	for _, input := range regexp.MustCompile(`<input[^>]*>`).FindAllString(b.body, -1) {
		if strings.Contains(input, `name="`+name+`"`) {
			value := regexp.MustCompile(`value="([^"]*)"`).FindStringSubmatch(input)
			if value != nil {
				return value[1]
			}
		}
	}
	b.w.Fatalf("the page has no field %s: %.600s", name, b.text())
	return ""
}
