package triad_test

import (
	"net/http"

	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// send asks the site as a person does; a path without fields is read.
func (o *desk) send(p people.Person, path string, fields ...string) (int, string) {
	o.t.Helper()
	at := pagetest.At(o.t, o.site, p.ID).AsPart()
	answer := at.Get
	if len(fields) > 0 {
		answer = func(path string) pagetest.Answer { return at.Post(path, fields...) }
	}
	a := answer(path)
	return a.Code, a.Page()
}

// door lets a browser in as a person.
func (o *desk) door() http.Handler {
	return pagetest.Door(o.site, "")
}
