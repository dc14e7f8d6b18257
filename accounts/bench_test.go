package accounts_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/bench"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/people"
	"milepost/views"
)

// crowdSize is how many accounts the benchmarks have, with a deal and three contacts
// each: 100,000 unless MILEPOST_BENCH_ACCOUNTS says otherwise.
func crowdSize() int {
	if n, err := strconv.Atoi(os.Getenv("MILEPOST_BENCH_ACCOUNTS")); err == nil {
		return n
	}
	return 100_000
}

// crowd is 400 people, ten to a manager, and whom they sell to.
type crowd struct {
	d       *db.DB
	org     db.Org
	now     calendar.Instant
	people  []people.Person
	viewers map[string]*people.Viewer
	account accounts.ID // of the rep
	contact accounts.ContactID
	site    http.Handler
}

func newCrowd(b *testing.B, kind db.Kind) *crowd {
	b.Helper()
	c := &crowd{org: "crowd", now: calendar.InstantOf(time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)), viewers: map[string]*people.Viewer{}}
	c.d = testdb.Open(b, kind, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema).For(c.org)
	c.hire(b)
	c.fill(b)
	if kind == db.Postgres {
		c.d.Exec(b.Context(), `analyze`)
	}
	for name, i := range map[string]int{"operations": 399, "head": 0, "manager": 10, "rep": 100} {
		v, err := people.LoadViewer(b.Context(), c.d, c.org, c.people[i].ID, c.now)
		if err != nil {
			b.Fatal(err)
		}
		c.viewers[name] = v
	}
	p := slice.Program{DB: c.d, Clock: calendar.Stopped(c.now), Log: slog.New(slog.DiscardHandler)}
	s := accounts.Slice(p)
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, Menu: s.Menu,
		Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil }}
	c.site = house.Handler(s.Routes)
	return c
}

func (c *crowd) hire(b *testing.B) {
	ctx, began := b.Context(), c.now.Add(-800*24*time.Hour)
	if _, err := people.Found(ctx, c.d.Everywhere(), people.Organization{ID: c.org, Name: "Crowd", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: began}); err != nil {
		b.Fatal(err)
	}
	err := ledger.Record(ctx, c.d, ledger.By{Via: ledger.ViaImport, At: began}, func(w *ledger.Writer) error {
		for i := range 400 {
			p, err := people.Join(ctx, w, people.Person{Name: fmt.Sprintf("Person %03d", i)}, began)
			if err != nil {
				return err
			}
			role := people.Rep
			switch {
			case i == 399:
				role = people.Operations
			case i < 40:
				role = people.Manager
			}
			if err := people.Grant(ctx, w, p.ID, role); err != nil {
				return err
			}
			if i > 0 {
				lead := max(0, (i-4)/12)
				if i >= 40 {
					lead = 4 + (i-40)/10
				}
				if err := people.SetManager(ctx, w, p.ID, c.people[lead].ID, began); err != nil {
					return err
				}
			}
			c.people = append(c.people, p)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (c *crowd) fill(b *testing.B) {
	ctx, began := b.Context(), c.now.Add(-700*24*time.Hour)
	random := rand.New(rand.NewPCG(1, 2))
	for first := 0; first < crowdSize(); first += 5000 {
		err := ledger.Record(ctx, c.d, ledger.By{Via: ledger.ViaImport, At: began}, func(w *ledger.Writer) error {
			var rows, opportunities [][]any
			var contacts []accounts.Contact
			for i := first; i < min(first+5000, crowdSize()); i++ {
				id, deal := db.NewID(began), db.NewID(began)
				name := fmt.Sprintf("%s %s %06d", []string{"Northwind", "Harbour", "Castellan", "Donau"}[i%4], []string{"Pumps", "Foods", "Optics"}[i%3], i)
				industry := []string{"Pumps", "Food", "Optics", "Ports"}[random.IntN(4)]
				rows = append(rows, []any{string(c.org), id, name, deals.AccountKey(name), int64(began) + int64(i), accounts.MatchKey(name),
					strings.ToLower(name + " " + industry + " netherlands"), industry, "Netherlands"})
				owner := c.people[40+i%359].ID
				var outcome, closed any
				if i%5 != 0 {
					outcome, closed = []string{"won", "lost", "no_action"}[i%3], int64(c.now-1000)
				}
				opportunities = append(opportunities, []any{string(c.org), deal, "Deal " + name, "deal", id, string(owner), int64(random.IntN(9_000_000)), "EUR",
					"2026-09-01", "Proposal", int64(began), outcome, closed, int64(1)})
				if _, err := w.Add(deals.AccountCreated, id, "", began, deals.Fact{Value: name}); err != nil {
					return err
				}
				if _, err := w.Add(deals.Created, deal, deal, began, deals.Fact{Value: "Deal " + name}); err != nil {
					return err
				}
				for j := range 3 {
					contacts = append(contacts, accounts.Contact{Account: accounts.ID(id), Name: fmt.Sprintf("Contact %d of %d", j, i), Title: "Head",
						Emails: fmt.Sprintf("c%d@a%d.example", j, i), CreatedAt: began, Involved: []accounts.Involvement{{Deal: deals.ID(deal), Standing: accounts.Standing{Role: accounts.Roles[j]}}}})
				}
				if owner == c.people[100].ID {
					c.account = accounts.ID(id)
				}
			}
			if err := w.DB.InsertMany(ctx, "accounts", []string{"org_id", "id", "name", "name_key", "created_at", "match_key", "search_key", "industry", "country"}, rows); err != nil {
				return err
			}
			if err := w.DB.InsertMany(ctx, "opportunities", []string{"org_id", "id", "title", "title_key", "account_id", "owner_id", "amount_minor", "currency",
				"close_date", "stage", "created_at", "outcome", "closed_at", "version"}, opportunities); err != nil {
				return err
			}
			made, err := accounts.AddContacts(ctx, w, contacts...)
			if len(made) > 0 {
				c.contact = made[0].ID
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// get asks for a page.
func (c *crowd) get(b *testing.B, who, path string) {
	r := httptest.NewRequestWithContext(people.WithViewer(b.Context(), c.viewers[who]), http.MethodGet, path, nil)
	w := httptest.NewRecorder()
	if c.site.ServeHTTP(w, r); w.Code != http.StatusOK {
		b.Errorf("%s for %s: %d: %s", path, who, w.Code, w.Body.String())
	}
}

// The pages of 100,000 accounts and 300,000 contacts, each beside the bare SQL that
// a careful person would write for it by hand.
func BenchmarkPages(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			c := newCrowd(b, kind)
			for _, who := range []string{"rep", "manager", "head", "operations"} {
				for _, page := range [][2]string{{"accounts", "/accounts"}, {"accounts-search", "/accounts?q=northwind+optics"}, {"accounts-open", "/accounts?show=open&sort=-created"},
					{"contacts", "/contacts"}, {"contacts-search", "/contacts?q=contact+1+of+77"}, {"similar", "/accounts/similar?name=Northwind+Pumps+0"}} {
					bench.Measure(b, page[0]+"/"+who, func(b *testing.B) { c.get(b, who, page[1]) })
				}
			}
			bench.Measure(b, "account/rep", func(b *testing.B) { c.get(b, "rep", "/accounts/"+string(c.account)) })
			bench.Measure(b, "contact/operations", func(b *testing.B) { c.get(b, "operations", "/contacts/"+string(c.contact)) })
			bench.Measure(b, "bare-list/operations", func(b *testing.B) { c.bareList(b) })
			bench.Measure(b, "bare-account/rep", func(b *testing.B) { c.bareAccount(b) })
			n := 0
			bench.Measure(b, "rename", func(b *testing.B) {
				n++
				err := ledger.Record(b.Context(), c.d, ledger.By{Via: ledger.ViaWeb, At: c.now}, func(w *ledger.Writer) error {
					_, err := accounts.Set(b.Context(), w, c.account, "industry", strconv.Itoa(n), 0)
					return err
				})
				if err != nil {
					b.Error(err)
				}
			})
		})
	}
}

type bareRow struct {
	ID   string `db:"id"`
	Name string `db:"name"`
	Open int64  `db:"open"`
}

func (c *crowd) bareList(b *testing.B) {
	_, err := db.All[bareRow](b.Context(), c.d, `
		select a.id, a.name, cast(coalesce((select sum(o.amount_minor) from opportunities o
			where o.org_id = a.org_id and o.account_id = a.id and o.outcome is null), 0) as bigint) as open
		from accounts a
		where a.org_id = $1 and a.merged_into = ''
		order by a.name_key, a.id
		limit 51`, c.org)
	if err == nil {
		_, err = db.One[int](b.Context(), c.d, `select count(*) from accounts where org_id = $1 and merged_into = ''`, c.org)
	}
	if err == nil {
		_, err = db.One[int64](b.Context(), c.d, `select cast(sum(amount_minor) as bigint) from opportunities where org_id = $1 and outcome is null`, c.org)
	}
	if err != nil {
		b.Fatal(err)
	}
}

func (c *crowd) bareAccount(b *testing.B) {
	for _, query := range []string{
		`select id, name, 0 as open from accounts where org_id = $1 and id = $2`,
		`select id, title as name, amount_minor as open from opportunities where org_id = $1 and account_id = $2`,
		`select id, name, 0 as open from contacts where org_id = $1 and account_id = $2 order by name_key limit 100`,
		`select id, kind as name, sequence as open from entries where org_id = $1 and subject = $2 and opportunity_id is null order by sequence desc limit 30`,
	} {
		if _, err := db.All[bareRow](b.Context(), c.d, query, c.org, c.account); err != nil {
			b.Fatal(err)
		}
	}
}
