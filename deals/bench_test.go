package deals_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/views"
)

// crowdSize is how many deals the benchmarks have, 100,000 unless
// MILEPOST_BENCH_DEALS says otherwise.
func crowdSize() int {
	if n, err := strconv.Atoi(os.Getenv("MILEPOST_BENCH_DEALS")); err == nil {
		return n
	}
	return 100_000
}

// floor is a large sales floor: 400 people, ten to a manager, a fifth of the deals
// open.
type floor struct {
	d             *db.DB
	bare          *sql.DB // the same database, without anything of ours between
	org           db.Org
	now           deals.Now
	people        []people.Person
	all, ten, one *people.Viewer // operations, a manager of ten, a rep
	deal          deals.ID       // an open deal of the rep
	site          http.Handler
}

var stageNames = []string{"Discovery", "Solution fit", "Evaluation", "Proposal", "Negotiation"}

func newFloor(b *testing.B, kind db.Kind) *floor {
	b.Helper()
	f := &floor{org: "floor", now: noon}
	var err error
	if kind == db.SQLite {
		folder := b.TempDir()
		f.d, err = db.OpenSQLite(b.Context(), folder)
		if err == nil {
			f.bare, err = sql.Open("sqlite", "file:"+f.d.Path()+"?_pragma=busy_timeout(15000)&_pragma=foreign_keys(on)&_pragma=cache_size(-16000)&_pragma=mmap_size(268435456)&_pragma=temp_store(memory)&_pragma=synchronous(full)&_txlock=immediate")
		}
	} else {
		address := testdb.PostgresAddress(b)
		f.d, err = db.OpenPostgres(b.Context(), address)
		if err == nil { // every connection is told its organization as it begins
			f.bare, err = sql.Open("pgx", address+"&options=-c%20milepost.org%3Dfloor")
			f.bare.SetMaxIdleConns(8)
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.bare.Close(); f.d.Close() })
	if err := f.d.Migrate(b.Context(), ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema); err != nil {
		b.Fatal(err)
	}
	f.d = f.d.For(f.org)
	f.fill(b)
	p := slice.Program{DB: f.d, Clock: calendar.Stopped(f.now.At), Log: slog.New(slog.DiscardHandler)}
	s := deals.Slice(p)
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, Menu: s.Menu,
		Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil }}
	f.site = house.Handler(s.Routes)
	return f
}

// fill hires everyone and writes the deals by thousands, as an import does.
func (f *floor) fill(b *testing.B) {
	b.Helper()
	ctx := b.Context()
	began := f.now.At.Add(-800 * 24 * time.Hour)
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	_, err := people.Found(ctx, f.d.Everywhere(), people.Organization{ID: f.org, Name: "Floor", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: began})
	must(err)
	by := ledger.By{Via: ledger.ViaImport, At: began}
	var accounts []deals.AccountID
	must(ledger.Record(ctx, f.d, by, func(w *ledger.Writer) error {
		for i := range 400 {
			role := people.Rep
			if i < 40 {
				role = people.Manager
			}
			if i == 399 {
				role = people.Operations
			}
			p, err := people.Join(ctx, w, people.Person{Name: fmt.Sprintf("Person %03d", i)}, began)
			must(err)
			must(people.Grant(ctx, w, p.ID, role))
			if i > 0 { // 0 leads 1 to 3, who lead 4 to 39, who lead ten each
				lead := (i - 4) / 12
				if i >= 40 {
					lead = 4 + (i-40)/10
				}
				must(people.SetManager(ctx, w, p.ID, f.personOr(max(0, lead)), began))
			}
			f.people = append(f.people, p)
		}
		names := make([]string, 3000)
		for i := range names {
			names[i] = fmt.Sprintf("Account %04d of the river", i)
		}
		known, err := deals.EnsureAccounts(ctx, w, names, began)
		for _, name := range names {
			accounts = append(accounts, known[deals.AccountKey(name)])
		}
		return err
	}))
	random := rand.New(rand.NewPCG(1, 2))
	for first := 0; first < crowdSize(); first += 2000 {
		must(ledger.Record(ctx, f.d, by, func(w *ledger.Writer) error {
			entries, fresh, order := map[deals.ID][]ledger.Entry{}, map[deals.ID]bool{}, []deals.ID{}
			for i := first; i < min(first+2000, crowdSize()); i++ {
				id := deals.ID(db.IDFrom(began, [10]byte{7: byte(i), 8: byte(i >> 8), 9: byte(i >> 16)}))
				order, fresh[id] = append(order, id), true
				entries[id] = f.life(w, random, id, i, accounts)
			}
			return deals.Rewrite(ctx, w.DB, entries, order, fresh)
		}))
	}
	f.all, f.ten, f.one = f.viewer(b, 399), f.viewer(b, 10), f.viewer(b, 105)
	if f.d.Kind() == db.Postgres {
		_, err := f.bare.ExecContext(ctx, `vacuum analyze`)
		must(err)
	}
	must(f.bare.QueryRowContext(ctx, `select id from opportunities where org_id = 'floor' and owner_id = $1 and outcome is null order by id limit 1`, string(f.people[105].ID)).Scan(&f.deal))
}

func (f *floor) personOr(i int) people.ID {
	return f.people[min(i, len(f.people)-1)].ID
}

// life is the ten entries of a deal.
func (f *floor) life(w *ledger.Writer, random *rand.Rand, id deals.ID, i int, accounts []deals.AccountID) []ledger.Entry {
	at := f.now.At.Add(-time.Duration(20+random.IntN(700)) * 24 * time.Hour)
	owner := f.people[40+i%359]
	facts := []struct {
		kind ledger.Kind
		fact deals.Fact
	}{
		{deals.Created, deals.Fact{Value: fmt.Sprintf("Monitoring of hall %d", i)}},
		{deals.AccountSet, deals.Fact{Account: accounts[i%len(accounts)], Value: fmt.Sprintf("Account %04d of the river", i%len(accounts))}},
		{deals.OwnerSet, deals.Fact{Person: owner.ID, Value: owner.Name}},
		{deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: int64(random.IntN(90_000_00)), Currency: []money.Currency{"EUR", "GBP"}[i%5/4]}}},
		{deals.CloseDateSet, deals.Fact{Date: f.now.Today().AddDays(random.IntN(180) - 20)}},
		{deals.AttributeSet, deals.Fact{Name: "source", Value: "fair"}},
		{deals.StageSet, deals.Fact{Value: stageNames[random.IntN(2)]}},
		{deals.StageSet, deals.Fact{Value: stageNames[1+random.IntN(4)]}},
		{deals.ActivityLogged, deals.Fact{Name: "call", Value: "Spoke about the hall and its doors."}},
		{deals.Closed, deals.Fact{Name: string(deals.Outcomes[random.IntN(3)]), Value: "Rival", Reason: "Price"}},
	}
	if i%5 == 0 {
		facts = facts[:9]
		if i%4 > 0 { // three of four open deals have something next
			facts[5].kind, facts[5].fact = deals.StepSet, deals.Fact{Value: "Ask for the drawings", Date: f.now.Today().AddDays(random.IntN(40) - 8)}
		}
	}
	var entries []ledger.Entry
	for n, x := range facts {
		when := at.Add(time.Duration(max(0, n-5)) * 24 * time.Hour)
		e, err := w.AddAs(ledger.Entry{ID: db.NewID(at), RecordedAt: when, EffectiveAt: when, Kind: x.kind, Subject: string(id), Opportunity: string(id)}, x.fact)
		if err != nil {
			panic(err)
		}
		entries = append(entries, e)
	}
	return entries
}

func (f *floor) viewer(b *testing.B, i int) *people.Viewer {
	b.Helper()
	v, err := people.LoadViewer(b.Context(), f.d, f.org, f.people[i].ID, f.now.At)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// page asks for a page with the viewer known, as after sign-in.
func (f *floor) page(b *testing.B, v *people.Viewer, method, path string, form url.Values, want int) {
	r := httptest.NewRequestWithContext(people.WithViewer(b.Context(), v), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	if f.site.ServeHTTP(w, r); w.Code != want { // by whichever worker, so not Fatal
		b.Errorf("%s %s: %d %.500s", method, path, w.Code, w.Body.String())
	}
}

// ask runs a bare query and reads every row.
func (f *floor) ask(b *testing.B, query string, args ...any) {
	rows, err := f.bare.QueryContext(b.Context(), query, args...)
	if err != nil {
		b.Error(err)
		return
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			b.Error(err)
			return
		}
	}
	if rows.Err() != nil {
		b.Error(rows.Err())
	}
}
