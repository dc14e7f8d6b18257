package activities_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"testing"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// site serves the pages of deals and of this room; who is asking stands in the
// cookie "person".
func site(d *db.DB, org db.Org, folder string, clock calendar.Clock) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: clock, Folder: folder, Log: pagetest.Log()}
	return pagetest.Serve(p, org, activities.Slice(p), deals.Slice(p, activities.DealPanel))
}

// eachSite runs a test on the pages of the small organization.
func eachSite(t *testing.T, test func(t *testing.T, o desk, as func(people.Person) pagetest.Desk)) {
	t.Helper()
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.Organization.ID, t.TempDir(), calendar.Stopped(now))
		test(t, o, func(p people.Person) pagetest.Desk { return pagetest.At(t, pages, p.ID) })
	})
}

// attach sends a file under a name as it stands in the header.
func attach(t *testing.T, b pagetest.Desk, deal deals.ID, name string, content []byte) pagetest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {"image/png"}})
	if err != nil {
		t.Fatal(err)
	}
	part.Write(content)
	form.Close()
	return b.Send(http.MethodPost, "/activities/deals/"+string(deal)+"/files", &body, form.FormDataContentType())
}
