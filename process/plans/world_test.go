package plans_test

import (
	"context"
	"flag"
	. "milepost/process/plans"
	"os"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// TestMain draws fewer random histories than rapid would; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		flag.Set("rapid.checks", "50")
	}
	os.Exit(m.Run())
}

const day = calendar.Instant(24 * time.Hour / time.Millisecond)

// desk is the small organization with a process, and two contacts at Dan's open deal.
type desk struct {
	*testworld.SmallOrganization
	t       *testing.T
	now     calendar.Instant
	deal    deals.ID
	account accounts.ID
	ana     accounts.ContactID // economic buyer
	bob     accounts.ContactID // no part in the deal
}

func eachDesk(t *testing.T, test func(t *testing.T, o *desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, newDesk(t, d)) },
		ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema, Schema)
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	o := &desk{SmallOrganization: testworld.Small(t, d), t: t, now: testworld.SmallNow}
	o.deal = o.Deal("dan open").ID
	o.must(o.record(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
		p, err := process.Begin(ctx, w, ThreePhases())
		if err != nil {
			return err
		}
		made = p
		return nil
	}))
	o.must(o.record(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
		p, err := process.Publish(ctx, w, made.ID, made.Version, nil, "")
		if err != nil {
			return err
		}
		if _, err = process.SetChoice(ctx, w, p.ID, p.Version, process.Choice{Active: true}); err != nil {
			return err
		}
		_, err = evidence.TakeOn(ctx, w, nil)
		return err
	}))
	found, err := deals.Find(t.Context(), o.DB, o.ID, o.deal)
	o.must(err)
	o.account = found.Account
	o.must(o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
		made, err := accounts.AddContacts(ctx, w,
			accounts.Contact{Account: o.account, Name: "Ana Silva", Title: "Harbour master", Emails: "ana@harbour.example",
				Involved: []accounts.Involvement{{Deal: o.deal, Standing: accounts.Standing{Role: accounts.EconomicBuyer}}}},
			accounts.Contact{Account: o.account, Name: "Bob Berg", Emails: "bob@harbour.example"})
		if err == nil {
			o.ana, o.bob = made[0].ID, made[1].ID
		}
		return err
	}))
	return o
}

var made process.Process

func (o *desk) record(p people.Person, work func(context.Context, *ledger.Writer, *people.Viewer) error) error {
	o.now++
	ctx, v := o.t.Context(), o.Viewer(p)
	return ledger.Record(ctx, o.DB, people.ByViewer(v, o.now), func(w *ledger.Writer) error { return work(ctx, w, v) })
}

// clock shows a later instant each time.
func (o *desk) clock() calendar.Instant { o.now++; return o.now }

func (o *desk) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *desk) make(p people.Person) Plan {
	o.t.Helper()
	all, err := Of(o.t.Context(), o.DB, o.deal)
	o.must(err)
	var instead ID
	if len(all) > 0 {
		instead = all[0].ID
	}
	var plan Plan
	o.must(o.record(p, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) (err error) {
		plan, err = Make(ctx, w, v, o.deal, instead)
		return err
	}))
	return plan
}

func (o *desk) act(p people.Person, id ID, act func(*Pen) error) error {
	return o.record(p, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		_, err := Act(ctx, w, v, id, act)
		return err
	})
}

func (o *desk) share(id ID, contact accounts.ContactID, passcode bool) Invitation {
	o.t.Helper()
	var made Invitation
	o.must(o.act(o.Dan, id, func(p *Pen) (err error) {
		made, err = p.Share(o.t.Context(), contact, 90, passcode, false)
		return err
	}))
	return made
}

// guest acts through a link.
func (o *desk) guest(token string, act func(ByLink) error) error {
	o.now++
	return act(ByLink{DB: o.DB.Everywhere(), Token: token, At: o.now})
}

func (o *desk) confirm(token string, step StepID) error {
	return o.guest(token, func(l ByLink) error { return l.Confirm(o.t.Context(), step, "Works for us") })
}

func (o *desk) plan(id ID) *Plan {
	o.t.Helper()
	p, err := Found(o.t.Context(), o.DB, id)
	o.must(err)
	return &p
}

func (o *desk) standing() *evidence.Standing {
	o.t.Helper()
	library, err := process.ReadLibrary(o.t.Context(), o.DB)
	o.must(err)
	s, err := evidence.Read(o.t.Context(), o.DB, library, o.deal)
	o.must(err)
	return &s
}

// sound fails unless tables and ledger agree, in this room and in deals.
func (o *desk) sound() {
	o.t.Helper()
	for name, check := range map[string]func(context.Context, *db.DB, db.Org) ([]string, error){"plans": Check, "deals": deals.Check} {
		differences, err := check(o.t.Context(), o.DB, o.ID)
		o.must(err)
		for _, d := range differences {
			o.t.Errorf("%s: %s", name, d)
		}
	}
}
