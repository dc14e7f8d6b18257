package evidence_test

import (
	"context"
	"net/http"
	"strconv"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/board"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// site serves the pages of deals, activities, the board and this room; who is asking
// stands in the cookie "person".
func site(d *db.DB, org db.Org, folder string) http.Handler {
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Folder: folder, Log: pagetest.Log()}
	return pagetest.Serve(p, org, deals.Slice(p, evidence.PanelPath), activities.Slice(p, evidence.Keeps), evidence.Slice(p), board.Slice(p))
}

// visitor is what one person has open, without a browser.
type visitor struct {
	*desk
	pagetest.Desk
}

func eachSite(t *testing.T, test func(t *testing.T, o *desk, as func(people.Person) visitor)) {
	t.Helper()
	eachDesk(t, func(t *testing.T, o *desk) {
		pages := site(o.DB, o.Organization.ID, t.TempDir())
		test(t, o, func(p people.Person) visitor { return visitor{o, pagetest.At(t, pages, p.ID)} })
	})
}

// seen is the version of a milestone that a form of now would carry.
func (o *desk) seen(deal string, id process.MilestoneID) string {
	o.t.Helper()
	return strconv.FormatInt(o.standing(deal).Of(id).Version, 10)
}

func (o *desk) path(deal string, rest string) string {
	return "/milestones/deals/" + string(o.Deal(deal).ID) + "/" + rest
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
