package activities_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/bench"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

const (
	benchRows   = 1_000_000 // activities, and notes
	benchDeals  = 40_000
	benchPeople = 400
	benchSpan   = 730 // days
)

// crowd is an organization with a million activities and a million notes.
type crowd struct {
	d       *db.DB
	org     db.Org
	now     calendar.Instant
	persons []people.ID
	deals   []deals.ID
}

func benchID(kind byte, n int) string {
	return db.IDFrom(calendar.Instant(1_700_000_000_000+n), [10]byte{kind, byte(n >> 16), byte(n >> 8), byte(n)})
}

func newCrowd(b *testing.B, kind db.Kind) *crowd {
	b.Helper()
	d := testdb.Open(b, kind, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, activities.Schema)
	c := &crowd{now: calendar.InstantOf(time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC))}
	o, err := people.Found(b.Context(), d.Everywhere(), people.Organization{Name: "Crowd", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: 1})
	if err != nil {
		b.Fatal(err)
	}
	c.org, c.d = o.ID, d.For(o.ID)
	if err := c.fill(b.Context()); err != nil {
		b.Fatal(err)
	}
	if _, err := d.Exec(b.Context(), `analyze`); err != nil {
		b.Fatal(err)
	}
	return c
}

func (c *crowd) fill(ctx context.Context) error {
	err := ledger.Record(ctx, c.d, ledger.By{At: 2}, func(w *ledger.Writer) error {
		for i := range benchPeople {
			p, err := people.Join(ctx, w, people.Person{ID: people.ID(benchID('p', i)), Name: fmt.Sprint("Person ", i)}, 2)
			if err != nil {
				return err
			}
			c.persons = append(c.persons, p.ID)
			role := people.Rep
			switch i {
			case 0:
				role = people.Operations
			case 1:
				role = people.Manager
			}
			if err := people.Grant(ctx, w, p.ID, role); err != nil {
				return err
			}
			if i > 1 && i <= 11 {
				if err := people.SetManager(ctx, w, p.ID, c.persons[1], 2); err != nil {
					return err
				}
			}
		}
		return c.fillDeals(ctx, w)
	})
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(1, 2))
	for from := 0; from < benchRows; from += 20_000 {
		err := c.d.InTx(ctx, func(tx *db.DB) error {
			as, ns := c.rows(random, from, 20_000)
			return activities.Insert(ctx, tx, as, ns)
		})
		if err != nil {
			return err
		}
	}
	return activities.CatchUp(ctx, c.d)
}

func (c *crowd) fillDeals(ctx context.Context, w *ledger.Writer) error {
	for i := range benchDeals {
		owner := c.persons[1+i%(benchPeople-1)]
		o, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: fmt.Sprintf("Deal %d of the harbour", i)}},
			deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: owner}})
		if err != nil {
			return err
		}
		c.deals = append(c.deals, o.ID)
	}
	return nil
}

func (c *crowd) rows(random *rand.Rand, from, n int) (as []activities.Activity, ns []activities.Note) {
	for i := from; i < from+n; i++ {
		// As time goes on, other deals are talked about.
		deal := min(benchDeals-1, i*(benchDeals/1000)/(benchRows/1000)+random.IntN(2000))
		owner := c.persons[1+deal%(benchPeople-1)]
		at := c.now - calendar.Instant(int64(benchRows-i)*benchSpan*24*3600*1000/benchRows)
		as = append(as, activities.Activity{ID: activities.ID(benchID('a', i)), Deal: c.deals[deal], Owner: owner, Person: owner,
			Type: deals.ActivityTypes[random.IntN(5)], State: activities.Done, At: at, Minutes: int64(random.IntN(90)),
			Text: "They want two more scales before the summer, and a price for ten.", Outcome: "A price by Friday", Via: ledger.ViaWeb, RecordedAt: at, Version: int64(i)})
		ns = append(ns, activities.Note{ID: activities.ID(benchID('n', i)), Deal: c.deals[deal], Author: owner, State: activities.NoteKept,
			Text: "**Who decides**\n\n1. Iris\n2. the board, in *June*", Versions: 1, WrittenAt: at, ChangedAt: at, ChangedBy: owner, Version: int64(i)})
	}
	return as, ns
}

// BenchmarkPages measures pages through the handler at a million activities and a
// million notes, each beside the bare SQL that a page cannot do without.
func BenchmarkPages(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			c := newCrowd(b, kind)
			pages := site(c.d, c.org, b.TempDir(), calendar.Stopped(c.now))
			all, manager, rep := c.persons[0], c.persons[1], c.persons[2]
			month := c.now - 30*24*hour
			owners := db.List(c.persons[1:12])
			const bare = `select id, deal_id, person_id, type, at, text from activities where org_id = $1 and state = 'done' and at >= $2 `
			for _, p := range []struct {
				name, path string
				who        people.ID
				sql        string
				args       []any
			}{
				{"list of a rep, any time", "/activities?period=all", rep, bare + `and owner_id = $3 order by at desc, id desc limit 51`, []any{c.org, 0, rep}},
				{"list of a manager of 10, 30 days", "/activities", manager, bare + `and ` + c.d.OneOf("(owner_id || '')", 3) + ` order by at desc, id desc limit 51`, []any{c.org, month, owners}},
				{"list of everything, any time", "/activities?period=all", all, bare + `order by at desc, id desc limit 51`, []any{c.org, 0}},
				{"list of everything, visits with a word", "/activities?type=visit&q=price", all, bare + `and type = 'visit' and lower(text) like '%price%' order by at desc, id desc limit 51`, []any{c.org, month}},
				{"counts of a manager of 10, this week", "/activities/counts?period=week", manager,
					`select type, person_id, count(*) from activities where org_id = $1 and state = 'done' and at >= $2 and ` + c.d.OneOf("(owner_id || '')", 3) + ` group by type, person_id`, []any{c.org, c.now - 3*24*hour, owners}},
				{"counts of everything, 30 days", "/activities/counts", all,
					`select type, person_id, count(*) from activities where org_id = $1 and state = 'done' and at >= $2 group by type, person_id`, []any{c.org, month}},
				{"panel of a deal, 20 notes", "/activities/deals/" + string(c.deals[20_350]) + "/panel", rep,
					`select id, text from notes where org_id = $1 and deal_id = $2 and state = 'kept' order by pinned_at desc, written_at desc, id desc limit 10`, []any{c.org, c.deals[20_350]}},
				{"find a deal, two words", "/activities/find?q=deal+4711", all,
					`select id, title from opportunities where org_id = $1 and outcome is null and title_key like '%deal%' and title_key like '%4711%' limit 8`, []any{c.org}},
			} {
				bench.Measure(b, p.name+"/page", func(b *testing.B) { c.page(b, pages, p.path, p.who) })
				bench.Measure(b, p.name+"/bare", func(b *testing.B) { c.bare(b, p.sql, p.args) })
			}
			c.log(b, rep)
		})
	}
}

func (c *crowd) page(b *testing.B, pages http.Handler, path string, who people.ID) {
	r := httptest.NewRequestWithContext(b.Context(), "GET", path, nil)
	r.AddCookie(&http.Cookie{Name: "person", Value: string(who)})
	r.Header.Set("HX-Request", "true")
	w := httptest.NewRecorder()
	if pages.ServeHTTP(w, r); w.Code != 200 {
		b.Error(w.Code, w.Body)
	}
}

type bareRow struct {
	ID     string           `db:"id"`
	Deal   string           `db:"deal_id"`
	Person string           `db:"person_id"`
	Type   string           `db:"type"`
	At     calendar.Instant `db:"at"`
	Text   string           `db:"text"`
	Title  string           `db:"title"`
	Count  int64            `db:"count"`
	Count2 int64            `db:"count(*)"`
}

func (c *crowd) bare(b *testing.B, query string, args []any) {
	if _, err := db.All[bareRow](b.Context(), c.d, query, args...); err != nil {
		b.Error(err)
	}
}

// log logs a call in one deal after another: entry, the deal's row, the activity.
func (c *crowd) log(b *testing.B, who people.ID) {
	v, err := people.LoadViewer(b.Context(), c.d, c.org, who, c.now)
	if err != nil {
		b.Fatal(err)
	}
	deal := 1
	bench.Measure(b, "log a call", func(b *testing.B) {
		deal = (deal + benchPeople - 1) % (benchDeals - 400)
		err := ledger.Record(b.Context(), c.d, people.ByViewer(v, c.now), func(w *ledger.Writer) error {
			_, err := activities.Log(b.Context(), w, v, c.deals[deal], activities.Said{Type: "call", Text: "A word"})
			return err
		})
		if err != nil {
			b.Error(err)
		}
	})
}
