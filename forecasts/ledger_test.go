package forecasts

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
	"milepost/process"
	"milepost/process/plans"
	"milepost/targets"
)

// each runs a test on every database, with an organization in it.
func each(t *testing.T, test func(t *testing.T, d *db.DB, o people.Organization)) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := found(t, d, "Fictitious Lighthouses", "Europe/Amsterdam")
		test(t, d.For(o.ID), o)
	}, ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, process.Schema, targets.Schema, calls.Schema, Schema)
}

func found(t testing.TB, d *db.DB, name, zone string) people.Organization {
	t.Helper()
	o, err := people.Found(t.Context(), d, people.Organization{Name: name, TimeZone: zone, FiscalStart: 1, Currency: "EUR", CreatedAt: 1})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// entries writes a tiny history into the ledger as an import does; deals have
// their letter as external id, people theirs as id.
func record(t testing.TB, d *db.DB, facts []told) {
	t.Helper()
	err := ledger.Record(t.Context(), d, ledger.By{Via: ledger.ViaImport, At: 1}, func(w *ledger.Writer) error {
		for _, f := range facts {
			kind, payload := entryOf(f)
			id := dealID(f.deal)
			if _, err := w.AddAs(ledger.Entry{ID: db.NewID(1), RecordedAt: f.Recorded, EffectiveAt: f.Effective,
				Kind: kind, Subject: id, Opportunity: id}, payload); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func dealID(name string) string { return "00000000-0000-7000-8000-000000000000"[:36-len(name)] + name }

func entryOf(f told) (ledger.Kind, deals.Fact) {
	switch f.kind {
	case Created:
		return deals.Created, deals.Fact{Name: "x" + f.deal, Value: "Deal " + f.deal}
	case Stage:
		return deals.StageSet, deals.Fact{Value: f.text}
	case Milestone:
		return deals.MilestoneRecorded, deals.Fact{Name: f.text, Value: []string{"revoked", "claimed", "achieved"}[f.Value]}
	case Owner:
		return deals.OwnerSet, deals.Fact{Person: people.ID(f.text), Value: f.text}
	case Amount:
		return deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: f.Value, Currency: money.Currency(f.text)}}
	case CloseDate:
		return deals.CloseDateSet, deals.Fact{Date: calendar.Date("1970-01-01").AddDays(int(f.Value))}
	case Outcome:
		return deals.Closed, deals.Fact{Name: string([]deals.Outcome{"", deals.Won, deals.Lost, deals.NoAction}[f.Value])}
	case Activity:
		return deals.ActivityLogged, deals.Fact{Name: f.text}
	case Criterion:
		return deals.CriterionAssessed, deals.Fact{Name: f.text, Value: []string{"unknown", "unmet", "met", "verified"}[f.Value]}
	case Attribute:
		name, value, _ := strings.Cut(f.text, "=")
		return deals.AttributeSet, deals.Fact{Name: name, Value: value}
	case Competitor:
		return []ledger.Kind{deals.CompetitorDropped, deals.CompetitorNamed}[f.Value], deals.Fact{Value: f.text}
	case Call:
		return deals.CallGiven, deals.Fact{Name: f.text}
	case Plan:
		return plans.Made, deals.Fact{}
	}
	return deals.Reopened, deals.Fact{}
}

func readLog(t testing.TB, d *db.DB, o people.Organization) *Log {
	t.Helper()
	log, _, err := Read(t.Context(), d, o)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func TestTheLedgerGivesTheLog(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := wild(4, o.Place(), true)
		w.tell("B", 5, CloseDate, "", 20600)
		record(t, d, w.facts)
		direct, read := w.log(), readLog(t, d, o)
		if direct.Known() != read.Known() || direct.Deals() != read.Deals() || direct.Facts() != read.Facts() {
			t.Fatalf("the log has %d deals, %d facts to %v; read %d, %d to %v", direct.Deals(), direct.Facts(), direct.Known(), read.Deals(), read.Facts(), read.Known())
		}
		for _, day := range []float64{10, 33, 60} {
			var want, got map[string]any
			if err := json.Unmarshal(bytesOf(t, direct, w.at(day), 7, 30), &want); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(bytesOf(t, read, w.at(day), 7, 30), &got); err != nil {
				t.Fatal(err)
			}
			// Deals that were never created have no external id in the ledger.
			a, _ := json.Marshal(want["totals"])
			b, _ := json.Marshal(got["totals"])
			same(t, "totals", a, b)
		}
		for i, open := range read.Before(w.at(33)).Open() {
			if read.Person(open.Owner) != read.Name(open.Owner) {
				t.Errorf("deal %d: owner %q has id %q", i, read.Name(open.Owner), read.Person(open.Owner))
			}
		}
	})
}

func TestAnErasedPayloadIsAnEmptyFact(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := &tiny{place: o.Place()}
		w.deal("a", .5, "offer", 0, Open)
		w.tell("a", .5, Owner, "ann", 0)
		record(t, d, w.facts)
		if _, err := d.Exec(t.Context(), `update entries set payload = '' where org_id = $1 and kind = $2`, o.ID, deals.OwnerSet); err != nil {
			t.Fatal(err)
		}
		if open := readLog(t, d, o).Before(w.at(3)).Open(); len(open) != 1 || open[0].Owner != 0 || open[0].External != "xa" {
			t.Errorf("%+v", open)
		}
	})
}

func TestTwoOrganizationsNeverMeet(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		other := found(t, d, "Other", "UTC")
		w := &tiny{place: time.UTC}
		w.deal("a", .5, "offer", 0, Open)
		record(t, d.For(other.ID), w.facts)
		if n := readLog(t, d, o).Deals(); n != 0 {
			t.Errorf("%d deals of another organization", n)
		}
	})
}
