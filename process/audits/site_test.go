package audits_test

import (
	"net/http"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/process/audits"
)

// site serves the pages of audits and of deals; who is asking stands in the cookie
// "person".
func (o *desk) site() http.Handler {
	p := slice.Program{DB: o.DB.Everywhere(), Clock: calendar.Stopped(now), Folder: o.t.TempDir(), Log: pagetest.Log()}
	return pagetest.Serve(p, o.ID, audits.Slice(p), deals.Slice(p), activities.Slice(p))
}
