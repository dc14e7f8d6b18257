package past_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/past"
)

// The pages of this room fit a desk and a phone, and can be read by day and by night.
func TestPagesInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema)
	o := &archive{SmallOrganization: testworld.Small(t, d), t: t}
	o.open(d)
	o.machines()
	o.past(2, 40, o.Eve, reached(3, "a trial was held"))
	var p process.Process
	o.record(func(ctx context.Context, w *ledger.Writer) error {
		found, err := past.Discover(ctx, w.DB)
		o.must(err)
		found.Found = found.Found[:2]
		p, _, err = found.Save(ctx, w, "Machines", true)
		return err
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.AddCookie(&http.Cookie{Name: "person", Value: string(o.Ada.ID)})
		o.site.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	w := browser.Open(t, server.URL)
	at := "/process/" + string(p.ID)
	for name, path := range map[string]string{"history": "/process/from-history", "labels": at + "/labels", "milestone": at + "/milestones/" + string(p.Draft.Milestones()[0].ID)} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			for _, dark := range []bool{false, true} {
				w.Size(size[0], size[1])
				w.Dark(dark)
				w.Go(path)
				w.Settle()
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(name + map[bool]string{true: "-phone", false: "-desk"}[size[0] < 500] + map[bool]string{true: "-dark", false: "-light"}[dark])
			}
		}
	}
}
