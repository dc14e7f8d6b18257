package plans_test

import (
	. "milepost/process/plans"
	"net/http/httptest"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

func openDesk(t *testing.T) (*desk, *browser.Window) {
	t.Helper()
	o := newDesk(t, testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema, Schema))
	server := httptest.NewServer(o.site())
	t.Cleanup(server.Close)
	return o, browser.Open(t, server.URL)
}

// The buyer opens the link on a phone, confirms a step, and the milestone of the deal is
// confirmed.
func TestBuyerConfirmsOnAPhone(t *testing.T) {
	o, w := openDesk(t)
	p := o.make(o.Dan)
	link := o.share(p.ID, o.ana, true)
	w.Size(390, 844)
	w.Go(SharedPath(link.Token))
	w.See("This plan asks for a passcode")
	w.Fits()
	w.Readable()
	w.Named()
	w.Picture("passcode-phone")
	w.Fill("input[name=passcode]", link.Passcode)
	w.Leave("form button")
	w.See("What we owe you")
	fit := "form[action$='" + string(p.Proving("fit").ID) + "/confirm']"
	w.Click("li:has(" + fit + ") summary")
	w.Fill(fit+" input", "It works for us")
	w.Leave(fit + " button")
	w.See("Thank you. It is noted, with your name.")
	w.See("Confirmed by Ana Silva")
	w.Fits()
	w.Readable()
	w.Named()
	w.Picture("confirmed-phone")
	is := o.standing()
	if m := is.Of("fit"); m.State != evidence.Confirmed || m.Contact != o.ana {
		t.Errorf("the milestone after the buyer confirmed: %+v", m)
	}
	o.sound()
}

// The pages fit a desk and a phone, by day and by night, can be read and named.
func TestPagesInBrowser(t *testing.T) {
	o, w := openDesk(t)
	p := o.make(o.Dan)
	link := o.share(p.ID, o.ana, false)
	o.must(o.guest(link.Token, func(l ByLink) error {
		return l.Propose(t.Context(), p.Proving("money").ID, "2026-09-01", "Our board meets at the end of August.")
	}))
	o.must(o.guest(link.Token, func(l ByLink) error {
		return l.Bring(t.Context(), "Cem Kaya", "cem@harbour.example", "Head of IT")
	}))
	o.must(o.confirm(link.Token, p.Proving("fit").ID))
	o.must(o.act(o.Dan, p.ID, func(pen *Pen) error {
		need := *pen.InForce().Proving("need")
		need.Due = "2026-06-30"
		if err := pen.Put(need, need.Course.Version, "Their holidays"); err != nil {
			return err
		}
		return pen.Put(Step{Text: "Ein Angebot mit einem Wort wie Donaudampfschifffahrtsgesellschaftskapitänsmütze", Side: Theirs, Contact: o.bob, Due: "2026-05-11"}, 0, "")
	}))
	w.Go("/as/" + string(o.Dan.ID))
	mine := PlanPath(p.ID)
	for _, page := range [][2]string{{"plan", mine}, {"print", mine + "/print"}, {"heading", mine + "/heading"}, {"step", mine + "/steps/" + string(p.Steps[0].ID)}, {"share", mine + "/share"},
		{"deal", "/deals/" + string(o.deal)}, {"buyer", SharedPath(link.Token)}, {"dead", SharedPath("none")}} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(page[1])
				if page[0] == "deal" {
					w.See("Evaluation plan")
				}
				w.Settle()
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(page[0] + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
}
