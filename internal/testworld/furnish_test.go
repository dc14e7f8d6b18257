package testworld

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/forecasts/reference"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/money/rates"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
	"milepost/process/triad"
	"milepost/products"
	"milepost/targets"
)

// furnishedIn makes a company with everything in it, as jobs bring its tables up.
func furnishedIn(t testing.TB, d *db.DB, o Options) made {
	t.Helper()
	o.Furnished = true
	m := companyIn(t, d, o)
	if err := activities.CatchUp(t.Context(), m.d); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestFurnishedCompanyOnBothDatabases(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		m := furnishedIn(t, d, Options{Now: noon, Seed: 3, Deals: 200})
		m.verify(t)
		m.roomsAgree(t)
	}, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, targets.Schema, products.Schema, rates.Schema, process.Schema, evidence.Schema, plans.Schema, audits.Schema, calls.Schema)
}

// roomsAgree asks every room whether its tables are what the ledger comes to.
func (m made) roomsAgree(t *testing.T) {
	t.Helper()
	m.tablesFit(t)
	org := m.truth.Organization.ID
	if err := accounts.Check(t.Context(), m.d, org); err != nil {
		t.Error(err)
	}
	for name, check := range map[string]func() ([]string, error){
		"activities": func() ([]string, error) { return activities.Check(t.Context(), m.d, org) },
		"targets":    func() ([]string, error) { return targets.Check(t.Context(), m.d, org) },
		"calls":      func() ([]string, error) { return calls.Check(t.Context(), m.d, org) },
	} {
		if differences, err := check(); err != nil || len(differences) > 0 {
			t.Errorf("%s differ from the ledger: %v %q", name, err, differences)
		}
	}
}

// printWithout is what of a company is not of some kinds, wherever it stands in the
// ledger.
func (m made) printWithout(t testing.TB, kinds []ledger.Kind) string {
	sum, fell := sha256.New(), map[string]bool{}
	m.each(t, func(e *ledger.Entry) {
		if e.Kind == evidence.Reject {
			fell[fmt.Sprint(e.Opportunity, e.RecordedAt)] = true
		}
		if e.Kind == people.OrganizationFounded || slices.Contains(kinds, e.Kind) || e.Kind == deals.StageSet && fell[fmt.Sprint(e.Opportunity, e.RecordedAt)] {
			return
		}
		fmt.Fprintln(sum, e.RecordedAt, e.EffectiveAt, e.Actor, e.Via, e.Kind, e.Opportunity, e.Payload)
	})
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// What was added later leaves every entry as it was: without it the company is told in
// the same words. Milestones alone are told otherwise, once there is a process: with
// their evidence; and a stage that fell with a claim, fell with it.
func TestFurnishingLeavesTheRestAsItWas(t *testing.T) {
	later := []ledger.Kind{activities.NoteWritten, activities.NotePinned, activities.StepSet, activities.StepDone, activities.Planned,
		accounts.ContactAdded, accounts.RoleSet, accounts.AccountChanged, targets.QuotaSet, targets.TeamTargetSet, calls.Given,
		products.ProductAdded, products.LineAdded, products.FollowingSet, process.DraftSaved, process.Published, process.ChoiceSet,
		deals.MilestoneRecorded, deals.ProcessSet, evidence.Given, evidence.Claim, evidence.Confirm, evidence.Reject, evidence.Unclaim, evidence.Answer, evidence.TakenBack, triad.Assessed,
		audits.Drawn, audits.Passed, audits.Rejected, audits.WeekDrawn, reference.Set, rates.Given}
	later = append(later, plans.Kinds...)
	bare := company(t, db.SQLite, Options{Now: noon, Seed: 5, Deals: 200})
	full := furnishedIn(t, testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema,
		activities.Schema, targets.Schema, products.Schema, rates.Schema, process.Schema, evidence.Schema, plans.Schema, audits.Schema, calls.Schema), Options{Now: noon, Seed: 5, Deals: 200})
	if bare.printWithout(t, later) != full.printWithout(t, later) {
		t.Error("what was added changed what was there")
	}
}

// What is known of the future is what was planned for it; everything else is recorded
// in order, by people who were there.
func TestFurnishedCompanyIsToldInOrder(t *testing.T) {
	m := furnished(t)
	var last calendar.Instant
	kinds := map[ledger.Kind]int{}
	gone := m.truth.Opening.AddMonths(17).Midnight(m.truth.Organization.Place())
	m.each(t, func(e *ledger.Entry) {
		if e.RecordedAt < last || e.RecordedAt >= noon || e.EffectiveAt > e.RecordedAt {
			t.Fatalf("entry %d (%s) was recorded at %s and true from %s, after one of %s", e.Sequence, e.Kind, e.RecordedAt, e.EffectiveAt, last)
		}
		if e.Actor == string(m.truth.Gone) && e.RecordedAt > gone {
			t.Fatalf("entry %d (%s) is by someone who had left", e.Sequence, e.Kind)
		}
		last = e.RecordedAt
		kinds[e.Kind]++
	})
	for kind, least := range map[ledger.Kind]int{reference.Set: 1, activities.NoteWritten: 40, activities.StepSet: 60, activities.StepDone: 10,
		activities.Planned: 5, accounts.ContactAdded: 800, accounts.RoleSet: 150, accounts.AccountChanged: 900, targets.QuotaSet: 60, targets.TeamTargetSet: 27} {
		if kinds[kind] < least {
			t.Errorf("%d entries of the kind %s", kinds[kind], kind)
		}
	}
}

// The contacts of an account write from its own domain, which belongs to nobody.
func TestContactsHaveAddressesOfNobody(t *testing.T) {
	m := furnished(t)
	m.each(t, func(e *ledger.Entry) {
		var p accounts.Person
		if e.Kind != accounts.ContactAdded {
			return
		}
		if err := e.Read(&p); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(p.Emails, ".example") || strings.ContainsAny(p.Emails, " '") || p.Title == "" || p.Account == "" {
			t.Fatalf("a contact as nobody is: %+v", p)
		}
		if got, err := accounts.ParseEmails("emails", p.Emails); err != nil || got[0] != p.Emails {
			t.Fatalf("%q is no address: %v", p.Emails, err)
		}
	})
}
