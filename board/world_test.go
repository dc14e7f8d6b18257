package board_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"milepost/activities"
	"milepost/board"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

var schemas = []fs.FS{ledger.Schema, people.Schema, bulk.Schema, deals.Schema, activities.Schema}

// site serves the board and the deals; who is asking stands in the cookie "person".
func site(d *db.DB, org db.Org, clock calendar.Clock) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Log: pagetest.Log()}
	return pagetest.Door(pagetest.Serve(p, org, deals.Slice(p), board.Slice(p)), "/board")
}

// send asks as a person; a form makes it a POST, json asks for the script's answer.
func send(t *testing.T, pages http.Handler, who people.Person, path string, form url.Values, json bool) *httptest.ResponseRecorder {
	t.Helper()
	at := pagetest.At(t, pages, who.ID)
	if json {
		at = at.AsJSON()
	}
	if form == nil {
		return at.Get(path).ResponseRecorder
	}
	return at.PostForm(path, form).ResponseRecorder
}

func movePath(id deals.ID) string { return "/board/deals/" + string(id) + "/move" }
