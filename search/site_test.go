package search_test

import (
	"net/http"
	"net/url"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
	"milepost/search"
)

// site serves search, and the rooms that it leads to; who is asking stands in the
// cookie "person".
func site(d *db.DB, org db.Org, folder string) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Folder: folder, Log: pagetest.Log()}
	house := pagetest.House(p, org)
	house.SearchPath = search.Path
	return pagetest.Open(house, people.Slice(p), deals.Slice(p, activities.DealPanel), accounts.Slice(p), activities.Slice(p), search.Slice(p))
}

// get asks for a page as a person does, or as nobody.
func (o desk) get(site http.Handler, p people.Person, path string) pagetest.Answer {
	o.t.Helper()
	return pagetest.At(o.t, site, p.ID).Get(path)
}
func at(path string, fields ...string) string {
	q := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		q.Set(fields[i], fields[i+1])
	}
	return path + "?" + q.Encode()
}
