package pagetest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"milepost/people"
)

// Desk is a browser of one person, without the browser. It is a value: what changes it
// gives a changed desk back.
type Desk struct {
	t       testing.TB
	site    http.Handler
	who     people.ID
	header  http.Header
	cookies []*http.Cookie
	address string
}

// At is a desk of a person; without one it is a stranger's.
func At(t testing.TB, site http.Handler, who people.ID) Desk {
	return Desk{t: t, site: site, who: who}
}

// With is the desk whose askings carry a header more.
func (d Desk) With(name, value string) Desk {
	d.header = d.header.Clone()
	if d.header == nil {
		d.header = http.Header{}
	}
	d.header.Set(name, value)
	return d
}

// AsPart is the desk whose script asks for a part of a page.
func (d Desk) AsPart() Desk { return d.With("HX-Request", "true") }

// AsJSON is the desk whose script asks for data.
func (d Desk) AsJSON() Desk { return d.With("Accept", "application/json") }

// Keeping is the desk that has some cookies.
func (d Desk) Keeping(cookies ...*http.Cookie) Desk { d.cookies = cookies; return d }

// From is the desk at an address of the network.
func (d Desk) From(address string) Desk { d.address = address; return d }

// Get asks for a page.
func (d Desk) Get(path string) Answer { d.t.Helper(); return d.Send(http.MethodGet, path, nil, "") }

// Post sends a form; fields are names and values in turn.
func (d Desk) Post(path string, fields ...string) Answer {
	d.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return d.PostForm(path, form)
}

// PostForm sends a form.
func (d Desk) PostForm(path string, form url.Values) Answer {
	d.t.Helper()
	return d.Send(http.MethodPost, path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

// Upload sends a form that brings a file, in its field "file".
func (d Desk) Upload(path, name string, content []byte, fields ...string) Answer {
	d.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		form.WriteField(fields[i], fields[i+1])
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		d.t.Fatal(err)
	}
	part.Write(content)
	form.Close()
	return d.Send(http.MethodPost, path, &body, form.FormDataContentType())
}

// Send asks with a body of some kind.
func (d Desk) Send(method, path string, body io.Reader, kind string) Answer {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), method, path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return d.Ask(r)
}

// Ask asks what a test has put together itself, as the desk's person.
func (d Desk) Ask(r *http.Request) Answer {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return Answer{w, d.t}
}

// ServeHTTP lets a real browser sit at the desk.
func (d Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, values := range d.header {
		r.Header[name] = values
	}
	if d.address != "" {
		r.RemoteAddr = d.address + ":1"
	}
	if d.who != "" {
		r.AddCookie(&http.Cookie{Name: personCookie, Value: string(d.who)})
	}
	for _, c := range d.cookies {
		r.AddCookie(c)
	}
	d.site.ServeHTTP(w, r)
}

// Through works on a change in steps until it has come to its end, and gives the page
// that says so.
func (d Desk) Through(at string) Answer {
	d.t.Helper()
	for range 500 {
		if page := d.Get(at).Is(http.StatusOK); !strings.Contains(page.Page(), at+"/step") {
			return page
		}
		d.Post(at + "/step").Is(http.StatusSeeOther)
	}
	d.t.Fatalf("the change at %s does not come to an end", at)
	return Answer{}
}
