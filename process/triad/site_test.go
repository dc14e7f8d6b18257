package triad_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// send asks the site as a person does; a path without fields is read.
func (o *desk) send(p people.Person, path string, fields ...string) (int, string) {
	o.t.Helper()
	method, form := http.MethodGet, url.Values{}
	for i := 0; i < len(fields); i += 2 {
		method = http.MethodPost
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequestWithContext(o.t.Context(), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	r.AddCookie(&http.Cookie{Name: "person", Value: string(p.ID)})
	w := httptest.NewRecorder()
	o.site.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// door lets a browser in as a person.
func (o *desk) door() http.Handler {
	return pagetest.Door(o.site, "")
}
