package targets

import (
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
)

// at is the first moment of a day in UTC, by which the test's company lives.
func at(day calendar.Date) calendar.Instant { return day.Midnight(time.UTC) }

func of(v int64) *int64 { return &v }

// company is a small one: Hanna leads; Mara and Milan manage; Rosa, Remy and Rolf
// sell for Mara, Tina for Milan; Otto runs operations; Vera may see totals.
type company struct {
	t   testing.TB
	db  *db.DB
	org people.Organization
	ids map[string]people.ID
	now calendar.Instant
}

const began = calendar.Date("2024-01-01")

func each(t *testing.T, test func(t *testing.T, c *company)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, found(t, d)) }, ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, Schema)
}

func openSQLite(t testing.TB) *company {
	return found(t, testdb.Open(t, db.SQLite, ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, Schema))
}

func found(t testing.TB, d *db.DB) *company {
	t.Helper()
	o, err := people.Found(t.Context(), d.Everywhere(), people.Organization{Name: "Fernwood Instruments", TimeZone: "UTC",
		FiscalStart: 1, Currency: "EUR", CreatedAt: at(began)})
	if err != nil {
		t.Fatal(err)
	}
	c := &company{t: t, db: d.For(o.ID), org: o, ids: map[string]people.ID{}, now: at("2026-11-21")}
	c.record(at(began), func(w *ledger.Writer) error {
		for _, p := range []struct {
			name, manager string
			roles         []people.Role
		}{
			{"Hanna Hale", "", []people.Role{people.Manager}},
			{"Mara Moss", "Hanna Hale", []people.Role{people.Manager}},
			{"Milan Marsh", "Hanna Hale", []people.Role{people.Manager}},
			{"Rosa Reed", "Mara Moss", []people.Role{people.Rep}},
			{"Remy Rowe", "Mara Moss", []people.Role{people.Rep}},
			{"Rolf Rand", "Mara Moss", []people.Role{people.Rep}},
			{"Tina Thorn", "Milan Marsh", []people.Role{people.Rep}},
			{"Otto Oaks", "", []people.Role{people.Operations}},
			{"Vera Vale", "", []people.Role{people.Observer}},
		} {
			email := string(p.name[0]) + "." + p.name[len(p.name)-4:] + "@example.com"
			joined, err := people.Join(t.Context(), w, people.Person{Name: p.name, Email: email}, at(began))
			if err != nil {
				return err
			}
			c.ids[p.name] = joined.ID
			for _, role := range p.roles {
				if err := people.Grant(t.Context(), w, joined.ID, role); err != nil {
					return err
				}
			}
			if p.manager != "" {
				if err := people.SetManager(t.Context(), w, joined.ID, c.ids[p.manager], at(began)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return c
}

func (c *company) record(at calendar.Instant, work func(w *ledger.Writer) error) {
	c.t.Helper()
	if err := ledger.Record(c.t.Context(), c.db, ledger.By{Via: ledger.ViaWeb, At: at}, work); err != nil {
		c.t.Fatal(err)
	}
}

// set sets one month's quota from an instant on.
func (c *company) set(when calendar.Instant, person string, scope Scope, month calendar.Date, m Measure, value *int64) {
	c.t.Helper()
	c.record(when, func(w *ledger.Writer) error {
		return SetAll(c.t.Context(), w, []Setting{{Cell: Cell{c.ids[person], scope, month, m}, Value: value}})
	})
}

func (c *company) book(asOf calendar.Instant) *Book {
	c.t.Helper()
	b, err := AsOf(c.t.Context(), c.db, c.org.ID, calendar.Period{From: "2024-01-01", Until: "2028-01-01"}, asOf)
	if err != nil {
		c.t.Fatal(err)
	}
	return b
}

// win opens a deal for an owner and wins it.
func (c *company) win(owner string, amount int64, currency money.Currency, opened, won calendar.Instant) deals.ID {
	c.t.Helper()
	var id deals.ID
	c.record(opened, func(w *ledger.Writer) error {
		o, err := deals.Open(c.t.Context(), w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: "Deal"}},
			deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: c.ids[owner]}},
			deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: amount, Currency: currency}}})
		id = o.ID
		return err
	})
	c.tell(id, won, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(deals.Won), Reason: "They needed it."}})
	return id
}

func (c *company) tell(id deals.ID, when calendar.Instant, changes ...deals.Change) {
	c.t.Helper()
	c.record(when, func(w *ledger.Writer) error {
		_, err := deals.Record(c.t.Context(), w, id, 0, changes...)
		return err
	})
}

func (c *company) attained(p calendar.Period, asOf calendar.Instant) Attained {
	c.t.Helper()
	a, err := Attainment(c.t.Context(), c.db, c.org, p, asOf)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}
