package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

const (
	open   web.Rule = "open"
	inside web.Rule = "inside"
	shut   web.Rule = "shut"
)

type nameKey struct{}

// site is a house with a few rooms, in which whoever sends X-Person is signed in.
func site(log io.Writer, routes ...web.Route) http.Handler {
	house := &web.House{
		Log: slog.New(slog.NewTextHandler(log, nil)),
		Authenticate: func(r *http.Request) (context.Context, error) {
			return context.WithValue(r.Context(), nameKey{}, r.Header.Get("X-Person")), nil
		},
		Decide: func(ctx context.Context, rule web.Rule) error {
			name, _ := ctx.Value(nameKey{}).(string)
			switch {
			case rule == open:
				return nil
			case name == "":
				return web.ErrSignInFirst
			case rule == shut:
				return problem.Forbidden("Not for you.")
			}
			return nil
		},
		Frame: func(ctx context.Context) ui.Frame {
			name, _ := ctx.Value(nameKey{}).(string)
			return ui.Frame{PersonName: name, Organization: "Ours"}
		},
		Menu: []web.MenuItem{
			{NavItem: ui.NavItem{Label: "Things", Path: "/things"}, Rule: inside},
			{NavItem: ui.NavItem{Label: "Secrets", Path: "/secrets"}, Rule: shut},
		},
	}
	return house.Handler(routes)
}

func words(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<p>"+text+"</p>")
		return err
	})
}

func page(rule web.Rule, handle func(http.ResponseWriter, *http.Request) error) web.Route {
	return web.Route{Pattern: "GET /things/{id}", Rule: rule, Handle: handle}
}

func fails(err error) func(http.ResponseWriter, *http.Request) error {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestProblemsBecomeStatuses(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		says   string
	}{
		{problem.NotFound("No such thing."), 404, "No such thing."},
		{problem.Forbidden("Not yours."), 403, "Not yours."},
		{problem.Conflict("", "Changed meanwhile."), 409, "Changed meanwhile."},
		{problem.Invalid("amount", "Too much."), 422, "Too much."},
		{errors.New("the disk is on fire"), 500, "Something went wrong on our side"},
	} {
		var log bytes.Buffer
		h := site(&log, page(inside, fails(c.err)))
		for name, headers := range map[string][]string{
			"page":     {"X-Person", "Kim"},
			"fragment": {"X-Person", "Kim", "HX-Request", "true"},
			"program":  {"X-Person", "Kim", "Accept", "application/json"},
		} {
			w := get(h, "/things/1", headers...)
			body := w.Body.String()
			if w.Code != c.status || !strings.Contains(body, c.says) || strings.Contains(body, "on fire") {
				t.Errorf("%v as a %s: %d %s", c.err, name, w.Code, body)
			}
			if whole := strings.Contains(body, "<html"); whole != (name == "page") {
				t.Errorf("%v as a %s: a whole page is %v", c.err, name, whole)
			}
		}
		if logged := strings.Contains(log.String(), "on fire"); logged != (c.status == 500) {
			t.Errorf("%v: logged is %v", c.err, logged)
		}
	}
}

func TestAPanicIsAnErrorPage(t *testing.T) {
	h := site(io.Discard, page(inside, func(http.ResponseWriter, *http.Request) error { panic("boom") }))
	if w := get(h, "/things/1", "X-Person", "Kim"); w.Code != 500 || strings.Contains(w.Body.String(), "boom") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestStrangersAreAskedToSignIn(t *testing.T) {
	h := site(io.Discard, page(inside, fails(nil)))
	if w := get(h, "/things/1?a=b"); w.Code != 303 || w.Header().Get("Location") != "/sign-in?next=%2Fthings%2F1%3Fa%3Db" {
		t.Errorf("a page: %d to %s", w.Code, w.Header().Get("Location"))
	}
	if w := get(h, "/things/1", "HX-Request", "true"); w.Code != 401 || w.Header().Get("HX-Redirect") != "/sign-in" {
		t.Errorf("a fragment: %d", w.Code)
	}
	if w := get(h, "/things/1", "Accept", "application/json"); w.Code != 401 {
		t.Errorf("a program: %d", w.Code)
	}
	if w := get(site(io.Discard, page(shut, fails(nil))), "/things/1", "X-Person", "Kim"); w.Code != 403 {
		t.Errorf("a shut door: %d", w.Code)
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	done := false
	h := site(io.Discard, web.Route{Pattern: "POST /things", Rule: inside, Handle: func(http.ResponseWriter, *http.Request) error {
		done = true
		return nil
	}})
	r := httptest.NewRequest(http.MethodPost, "/things", nil)
	r.Header.Set("X-Person", "Kim")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 403 || done {
		t.Errorf("a form from another site: %d, done %v", w.Code, done)
	}
}

func TestPagesCarryTheFrameAndTheHeaders(t *testing.T) {
	h := site(io.Discard, page(inside, func(w http.ResponseWriter, r *http.Request) error {
		return web.Page(w, r, ui.Frame{Title: "A thing"}, words("the body"))
	}))
	w := get(h, "/things/1", "X-Person", "Kim")
	body := w.Body.String()
	for _, part := range []string{"A thing", "the body", "Kim", "Ours", `href="/things" aria-current="page"`} {
		if !strings.Contains(body, part) && !(strings.Contains(part, "aria-current") && strings.Contains(body, `aria-current="page"`)) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if strings.Contains(body, "Secrets") {
		t.Error("the navigation shows what is not open to this person")
	}
	for name, part := range map[string]string{
		"Content-Security-Policy": "default-src 'self'",
		"X-Content-Type-Options":  "nosniff",
		"Cache-Control":           "no-store",
	} {
		if !strings.Contains(w.Header().Get(name), part) {
			t.Errorf("header %s: %q", name, w.Header().Get(name))
		}
	}
	if policy := w.Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is loose: %s", policy)
	}
}

func TestLongPagesAreCompressed(t *testing.T) {
	h := site(io.Discard, page(inside, func(w http.ResponseWriter, r *http.Request) error {
		return web.Page(w, r, ui.Frame{Title: "Long"}, words(strings.Repeat("word ", 2000)))
	}))
	w := get(h, "/things/1", "X-Person", "Kim", "Accept-Encoding", "gzip, br")
	packed, err := gzip.NewReader(w.Body)
	if err != nil || w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("not compressed: %v", err)
	}
	if text, err := io.ReadAll(packed); err != nil || !strings.Contains(string(text), "word word") {
		t.Errorf("unpacked: %v", err)
	}
}

func TestANoticeIsShownOnce(t *testing.T) {
	h := site(io.Discard,
		web.Route{Pattern: "POST /things", Rule: inside, Handle: func(w http.ResponseWriter, r *http.Request) error {
			return web.Redirect(w, r, "/things/1", "Saved <b>it</b>.")
		}},
		page(inside, func(w http.ResponseWriter, r *http.Request) error {
			return web.Page(w, r, ui.Frame{Title: "A thing"}, words(""))
		}))
	r := httptest.NewRequest(http.MethodPost, "/things", nil)
	r.Header.Set("X-Person", "Kim")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	cookie := w.Result().Cookies()[0]
	first := get(h, "/things/1", "X-Person", "Kim", "Cookie", cookie.Name+"="+cookie.Value)
	if !strings.Contains(first.Body.String(), "Saved &lt;b&gt;it&lt;/b&gt;.") {
		t.Error("the notice is not shown, or not escaped")
	}
	if gone := first.Result().Cookies(); len(gone) != 1 || gone[0].MaxAge >= 0 {
		t.Errorf("the notice stays: %v", gone)
	}
}
