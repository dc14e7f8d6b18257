package search_test

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/bench"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/people"
	"milepost/search"
)

// crowdSize is how many deals the benchmarks have, with ten notes each: 100,000 unless
// MILEPOST_BENCH_DEALS says otherwise.
func crowdSize() int {
	if n, err := strconv.Atoi(os.Getenv("MILEPOST_BENCH_DEALS")); err == nil {
		return n
	}
	return 100_000
}

// floor is a large sales floor: 400 people, ten to a manager.
type floor struct {
	d                   *db.DB
	bare                *sql.DB // the same database, without anything of ours between
	people              []people.Person
	all, head, ten, one *people.Viewer // operations, the head of all 400, a manager of ten, a rep
	site                http.Handler
	random              *rand.Rand
	vocabulary          []string
}

// newFloor writes the floor as an import does, and follows it; what that took is the
// rate of catching up.
func newFloor(b *testing.B, kind db.Kind) *floor {
	b.Helper()
	f := &floor{random: rand.New(rand.NewPCG(1, 2))}
	var err error
	if kind == db.SQLite {
		folder := cmp.Or(os.Getenv("MILEPOST_BENCH_FLOOR"), b.TempDir())
		f.d, err = db.OpenSQLite(b.Context(), folder)
		if err == nil {
			f.bare, err = sql.Open("sqlite", "file:"+f.d.Path()+"?_pragma=cache_size(-16000)&_pragma=mmap_size(268435456)&_pragma=query_only(on)")
		}
	} else {
		address := os.Getenv("MILEPOST_BENCH_POSTGRES")
		if address == "" {
			address = testdb.PostgresAddress(b)
		}
		if f.d, err = db.OpenPostgres(b.Context(), address); err == nil {
			f.bare, err = sql.Open("pgx", address)
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.bare.Close(); f.d.Close() })
	if err := f.d.Migrate(b.Context(), allSchemas...); err != nil {
		b.Fatal(err)
	}
	if kind == db.Postgres {
		f.bare.SetMaxOpenConns(1)
		f.bare.ExecContext(b.Context(), `select set_config('milepost.org', 'floor', false)`)
	}
	f.d = f.d.For("floor")
	for i := range 4000 {
		f.vocabulary = append(f.vocabulary, word(f.random, i))
	}
	there, err := db.One[int](b.Context(), f.d, `select count(*) from opportunities where org_id = $1`, "floor")
	must(b, err)
	if there != crowdSize() {
		f.fill(b)
	}
	f.follow(b)
	f.signIn(b)
	p := slice.Program{DB: f.d, Clock: calendar.Stopped(now), Log: slog.New(slog.DiscardHandler)}
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil }}
	f.site = house.Handler(search.Slice(p).Routes)
	return f
}

// word makes a word that can be said; the first ones are short.
func word(random *rand.Rand, i int) string {
	text := ""
	for range 2 + min(i/200, 2) {
		text += string("bdfgklmnprstvw"[random.IntN(14)]) + string("aeiou"[random.IntN(5)])
	}
	return text
}

// words are drawn so that some stand nearly everywhere and most are rare (Zipf).
func (f *floor) words(n int) string {
	list := make([]string, n)
	for i := range list {
		at := int(float64(len(f.vocabulary)) * f.random.Float64() * f.random.Float64() * f.random.Float64())
		list[i] = f.vocabulary[at]
	}
	return strings.Join(list, " ")
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (f *floor) fill(b *testing.B) {
	b.Helper()
	ctx, began := b.Context(), now.Add(-800*24*time.Hour)
	_, err := people.Found(ctx, f.d.Everywhere(), people.Organization{ID: "floor", Name: "Floor", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: began})
	must(b, err)
	by := ledger.By{Via: ledger.ViaImport, At: began}
	var accounts []deals.AccountID
	must(b, ledger.Record(ctx, f.d, by, func(w *ledger.Writer) error {
		for i := range 400 {
			p, err := people.Join(ctx, w, people.Person{Name: fmt.Sprintf("Person %s %03d", f.words(1), i)}, began)
			must(b, err)
			role := people.Rep
			if i == 399 {
				role = people.Operations
			}
			must(b, people.Grant(ctx, w, p.ID, role))
			switch {
			case i > 0 && i < 40:
				must(b, people.SetManager(ctx, w, p.ID, f.people[0].ID, began))
			case i >= 40:
				must(b, people.SetManager(ctx, w, p.ID, f.people[1+(i-40)/10].ID, began))
			}
			f.people = append(f.people, p)
		}
		names := make([]string, 30_000)
		for i := range names {
			names[i] = fmt.Sprintf("%s %d", f.words(2), i)
		}
		known, err := deals.EnsureAccounts(ctx, w, names, began)
		for _, name := range names {
			accounts = append(accounts, known[deals.AccountKey(name)])
		}
		return err
	}))
	for first := 0; first < crowdSize(); first += 500 {
		must(b, ledger.Record(ctx, f.d, by, func(w *ledger.Writer) error { return f.write(ctx, w, first, min(first+500, crowdSize()), accounts) }))
	}
}

// signIn loads those who ask.
func (f *floor) signIn(b *testing.B) {
	b.Helper()
	names, err := db.All[people.ID](b.Context(), f.d, `select id from people where org_id = $1 order by substr(name, length(name) - 2)`, "floor")
	must(b, err)
	for at, into := range map[int]**people.Viewer{399: &f.all, 0: &f.head, 10: &f.ten, 145: &f.one} {
		*into, err = people.LoadViewer(b.Context(), f.d, "floor", names[at], now)
		must(b, err)
	}
	owners, _ := f.head.Visible()
	team, _ := f.ten.Visible()
	b.Logf("the head sees the deals of %d, the manager those of %d", len(owners), len(team))
}

// write brings some deals in, and ten notes of each: into the ledger, and into the
// table of notes, which the room of activities would follow.
func (f *floor) write(ctx context.Context, w *ledger.Writer, first, until int, accounts []deals.AccountID) error {
	entries, fresh, order := map[deals.ID][]ledger.Entry{}, map[deals.ID]bool{}, []deals.ID{}
	var notes [][]any
	for i := first; i < until; i++ {
		at := now.Add(-time.Duration(20+f.random.IntN(700)) * 24 * time.Hour)
		id := deals.ID(db.NewID(at))
		order, fresh[id] = append(order, id), true
		add := func(kind ledger.Kind, subject string, fact deals.Fact) ledger.Entry {
			e, err := w.AddAs(ledger.Entry{ID: db.NewID(at), RecordedAt: at, EffectiveAt: at, Kind: kind, Subject: subject, Opportunity: string(id)}, fact)
			if err != nil {
				panic(err)
			}
			return e
		}
		owner := f.people[40+i%359]
		entries[id] = []ledger.Entry{add(deals.Created, string(id), deals.Fact{Value: f.words(4)}), add(deals.AccountSet, string(id), deals.Fact{Account: accounts[i%len(accounts)]}),
			add(deals.OwnerSet, string(id), deals.Fact{Person: owner.ID, Value: owner.Name})}
		if i%5 > 0 {
			entries[id] = append(entries[id], add(deals.Closed, string(id), deals.Fact{Name: string(deals.Won)}))
		}
		for range 10 {
			note, text := db.NewID(at), f.words(12+f.random.IntN(14))
			add(activities.NoteWritten, note, deals.Fact{Value: text})
			notes = append(notes, []any{"floor", note, string(id), string(owner.ID), "kept", text, int64(1), int64(at), int64(at), int64(1)})
		}
	}
	if err := deals.Rewrite(ctx, w.DB, entries, order, fresh); err != nil {
		return err
	}
	return w.DB.InsertMany(ctx, "notes", []string{"org_id", "id", "deal_id", "author_id", "state", "text", "versions", "written_at", "changed_at", "version"}, notes)
}

// follow catches up, and says how fast, and for how long at most somebody who writes
// waited meanwhile.
func (f *floor) follow(b *testing.B) {
	b.Helper()
	head, err := ledger.Head(b.Context(), f.d, "floor")
	must(b, err)
	done := make(chan struct{})
	go func() { defer close(done); must(b, search.CatchUp(b.Context(), f.d)) }()
	began := time.Now()
	var waits []time.Duration
	for waiting := true; waiting; {
		select {
		case <-done:
			waiting = false
		case <-time.After(50 * time.Millisecond):
			from := time.Now()
			_, err := f.d.Exec(b.Context(), `update bookmarks set sequence = sequence where org_id = $1 and reader = 'nobody'`, "floor")
			must(b, err)
			waits = append(waits, time.Since(from))
		}
	}
	took := time.Since(began)
	slices.Sort(waits)
	if n := len(waits); n > 0 {
		b.Logf("caught up with %d entries in %v: %.0f a second; a writer beside waited %v at the median, %v at 99 %%, %v at most", head, took.Round(time.Millisecond),
			float64(head)/took.Seconds(), waits[n/2], waits[n*99/100], waits[n-1])
	}
	if f.d.Kind() == db.Postgres {
		_, err := f.bare.ExecContext(b.Context(), `vacuum analyze`)
		must(b, err)
	} else {
		var pages, size int64
		f.bare.QueryRow(`select sum(pgsize) from dbstat where name like 'search_words%'`).Scan(&pages)
		f.bare.QueryRow(`pragma page_count`).Scan(&size)
		b.Logf("the index has %d MB of %d", pages>>20, size*4096>>20)
	}
}

// ask asks for suggestions with the viewer known, as after sign-in.
func (f *floor) ask(b *testing.B, v *people.Viewer, path string) {
	r := httptest.NewRequestWithContext(people.WithViewer(b.Context(), v), http.MethodGet, path, nil)
	w := httptest.NewRecorder()
	if f.site.ServeHTTP(w, r); w.Code != 200 {
		b.Fatalf("%s: %d %.300s", path, w.Code, w.Body.String())
	}
}

// handmade is what one would write by hand for the deals and notes of a query: two
// statements, no ranking, for somebody who sees everything.
func (f *floor) handmade(b *testing.B, typed string) {
	for _, kind := range []string{"deal", "note"} {
		m := db.Word(kind[:1] + typed + "~")
		if len(typed) > 3 {
			m = db.Prefix(kind[:1] + typed)
		}
		inner, args := f.d.Matching(kind, m, 1<<60, 5)
		query := `select w.n, o.title from (` + strings.Replace(inner, "limit 5", "", 1) + `) w cross join search_entries e cross join opportunities o where e.org_id = 'floor' and e.n = w.n and o.org_id = 'floor' and o.id = e.deal_id`
		rows, err := f.bare.QueryContext(b.Context(), query+` order by w.n desc limit 5`, f.d.Afresh(args...)...)
		must(b, err)
		for rows.Next() {
		}
		must(b, rows.Err())
		rows.Close()
	}
}

func BenchmarkSuggest(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			f := newFloor(b, kind)
			typed := map[string]string{"one letter": f.vocabulary[3][:1], "two letters": f.vocabulary[3][:2], "common word": f.vocabulary[1], "rare begun": f.vocabulary[3500][:5],
				"common and rare": f.vocabulary[0] + "+" + f.vocabulary[3000][:4], "nothing": "zzqx"}
			for _, name := range []string{"two letters", "rare begun"} {
				bench.Measure(b, "operations/"+name+" by hand", func(b *testing.B) { f.handmade(b, typed[name]) })
			}
			for _, who := range []struct {
				name string
				v    *people.Viewer
			}{{"rep", f.one}, {"manager of ten", f.ten}, {"head of 400", f.head}, {"operations", f.all}} {
				for name, text := range typed {
					bench.Measure(b, who.name+"/"+name, func(b *testing.B) { f.ask(b, who.v, "/search/suggest?q="+text) })
				}
				bench.Measure(b, who.name+"/page", func(b *testing.B) { f.ask(b, who.v, "/search?q="+typed["common word"]) })
				bench.InCrowds(b, who.name+"/any beginning", func(b *testing.B) {
					w := f.vocabulary[rand.IntN(len(f.vocabulary))]
					f.ask(b, who.v, "/search/suggest?q="+w[:1+rand.IntN(len(w))])
				})
			}
		})
	}
}
