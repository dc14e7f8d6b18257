package testworld

import (
	"context"
	"crypto/sha256"
	"fmt"
	"regexp"
	"runtime"
	"sync"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/money/rates"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
	"milepost/products"
	"milepost/targets"
)

var noon = func() calendar.Instant {
	at, err := calendar.ParseInstant("2026-11-19T11:00:00Z")
	if err != nil {
		panic(err)
	}
	return at
}()

// made is a company as tests look at it: its truth, and every entry about a deal.
type made struct {
	d     *db.DB
	truth Truth
	told  map[deals.ID][]ledger.Entry
}

func company(t testing.TB, kind db.Kind, o Options) made {
	t.Helper()
	d := testdb.Open(t, kind, ledger.Schema, people.Schema, bulk.Schema, deals.Schema)
	return companyIn(t, d, o)
}

func companyIn(t testing.TB, d *db.DB, o Options) made {
	t.Helper()
	truth, err := Company(t.Context(), d, o)
	if err != nil {
		t.Fatal(err)
	}
	m := made{d.For(truth.Organization.ID), truth, map[deals.ID][]ledger.Entry{}}
	m.each(t, func(e *ledger.Entry) {
		if e.Opportunity != "" {
			m.told[deals.ID(e.Opportunity)] = append(m.told[deals.ID(e.Opportunity)], *e)
		}
	})
	return m
}

func (m made) each(t testing.TB, visit func(*ledger.Entry)) {
	t.Helper()
	err := ledger.EachSince(context.Background(), m.d, m.truth.Organization.ID, 0, func(e *ledger.Entry) error {
		visit(e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// print is what must come out the same on every run: all but salts and the chain.
func (m made) print(t testing.TB) string {
	sum := sha256.New()
	m.each(t, func(e *ledger.Entry) {
		if e.Kind == people.OrganizationFounded {
			return
		}
		fmt.Fprintln(sum, e.Sequence, e.RecordedAt, e.EffectiveAt, e.Actor, e.Via, e.Kind, e.Opportunity, save.ReplaceAllString(e.Payload, ""))
	})
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// save is what differs between two saves of the same targets.
var save = regexp.MustCompile(`"save":"[^"]*"`)

func TestSameSeedMakesSameCompany(t *testing.T) {
	draw := func(seed uint64) string {
		d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, targets.Schema, products.Schema, rates.Schema, process.Schema, evidence.Schema, plans.Schema, audits.Schema, calls.Schema)
		return furnishedIn(t, d, Options{Now: noon, Seed: seed, Deals: 300}).print(t)
	}
	first := draw(7)
	if draw(7) != first {
		t.Error("the same seed made another company")
	}
	if draw(8) == first {
		t.Error("another seed made the same company")
	}
}

func TestCompanyOnBothDatabases(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		m := companyIn(t, d, Options{Now: noon, Seed: 3, Deals: 250})
		m.verify(t)
		m.tablesFit(t)
	}, ledger.Schema, people.Schema, bulk.Schema, deals.Schema)
}

func (m made) verify(t *testing.T) {
	t.Helper()
	entries, err := ledger.Verify(t.Context(), m.d, m.truth.Organization.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d entries, %d deals", entries, len(m.told))
}

// tablesFit asks the rooms whether their tables are what the ledger comes to.
func (m made) tablesFit(t *testing.T) {
	t.Helper()
	differences, err := deals.Check(t.Context(), m.d, m.truth.Organization.ID)
	if err != nil || len(differences) > 0 {
		t.Errorf("the tables differ from the ledger: %v %q", err, differences)
	}
}

// whole is the company in full, made once for the tests that only read it.
var whole = func() func(t *testing.T) made {
	var once sync.Once
	var m made
	return func(t *testing.T) made {
		t.Helper()
		once.Do(func() {
			d, err := db.OpenSQLite(context.Background(), wholeFolder)
			if err == nil {
				err = d.Migrate(context.Background(), ledger.Schema, people.Schema, bulk.Schema, deals.Schema)
			}
			if err != nil {
				t.Fatal(err)
			}
			m = companyIn(t, d, Options{Now: noon, Seed: 1})
		})
		if m.d == nil {
			t.Fatal("the company could not be made; the first test says why")
		}
		return m
	}
}()

// The whole company verifies, and fits into a small machine's memory while it is
// made.
func TestWholeCompanyInBoundedMemory(t *testing.T) {
	m := whole(t)
	m.verify(t)
	m.tablesFit(t)
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	held := after.Sys >> 20
	t.Logf("%d MB of the system, with the entries that the tests keep", held)
	if held > 500 {
		t.Error("that is more than a small machine has to spare")
	}
}

// What is recorded is recorded in order, never after today, and never before it was
// true.
func TestCompanyIsToldInOrder(t *testing.T) {
	m := whole(t)
	var last calendar.Instant
	late, all, weekend, night := 0, 0, 0, 0
	m.each(t, func(e *ledger.Entry) {
		if e.RecordedAt < last || e.RecordedAt >= noon || e.EffectiveAt > e.RecordedAt {
			t.Fatalf("entry %d was recorded at %s and true from %s, after one of %s", e.Sequence, e.RecordedAt, e.EffectiveAt, last)
		}
		last = e.RecordedAt
		all++
		if e.EffectiveAt < e.RecordedAt && e.Via != ledger.ViaImport {
			late++
		}
		local := e.EffectiveAt.In(m.truth.Organization.Place())
		if day := local.Weekday(); day == 0 || day == 6 {
			weekend++
		}
		if local.Hour() > 2 && local.Hour() < 7 {
			night++
		}
	})
	if late < all/100 || late > all/5 {
		t.Errorf("%d of %d entries were recorded later than they were true", late, all)
	}
	if weekend > all/200 || night > 0 {
		t.Errorf("%d of %d entries fall on a weekend, %d in the night", weekend, all, night)
	}
}
