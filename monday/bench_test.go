package monday

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/bench"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// crowdSize is how many deals the benchmarks have, 100,000 unless
// MILEPOST_BENCH_DEALS says otherwise.
func crowdSize() int {
	if n, err := strconv.Atoi(os.Getenv("MILEPOST_BENCH_DEALS")); err == nil {
		return n
	}
	return 100_000
}

// floor is a large sales floor: 400 people, ten to a manager, about a fifth of the
// deals open, two years of history.
type floor struct {
	d      *db.DB
	org    db.Org
	now    calendar.Instant
	people []people.Person
	random *rand.Rand
	pages  *pages
	site   http.Handler
	walker *people.Viewer
}

func newFloor(b *testing.B, kind db.Kind) *floor {
	b.Helper()
	f := &floor{d: testdb.Kept(b, kind, schemas...).For("floor"), org: "floor", now: companyNow, random: rand.New(rand.NewPCG(1, 2))}
	there, err := db.One[int](b.Context(), f.d, `select count(*) from opportunities where org_id = $1`, f.org)
	f.must(b, err)
	if there == crowdSize() {
		f.people, err = db.All[people.Person](b.Context(), f.d, `select id, name from people where org_id = $1 order by name`, f.org)
		f.must(b, err)
	} else {
		f.hire(b)
		f.sell(b)
	}
	p := slice.Program{DB: f.d, Clock: calendar.Stopped(f.now), Log: slog.New(slog.DiscardHandler)}
	memory := &forecasts.Memory{}
	f.pages = newPages(p, memory)
	s := f.pages.slice()
	house := &web.House{Log: p.Log, Decide: people.Decide, Frame: people.Frame, Menu: s.Menu,
		Authenticate: func(r *http.Request) (context.Context, error) {
			v, err := people.LoadViewer(r.Context(), f.d, f.org, f.walker.ID, f.now) // as each request does
			return people.WithViewer(r.Context(), v), err
		}}
	f.site = house.Handler(s.Routes)
	began := time.Now()
	f.must(b, activities.CatchUp(b.Context(), f.d))
	f.must(b, targets.CatchUp(b.Context(), f.d))
	caught := time.Now()
	f.must(b, f.pages.reckon(b.Context(), f.d, f.now))
	b.Logf("%s: following activities and wins took %.1f s, reckoning what is usual and past biases %.1f s", kind, caught.Sub(began).Seconds(), time.Since(caught).Seconds())
	return f
}

func (f *floor) must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// hire makes 400 people: 0 leads 1 to 3, who lead 4 to 39, who lead ten each.
func (f *floor) hire(b *testing.B) {
	began := before(f.now, 800)
	_, err := people.Found(b.Context(), f.d.Everywhere(), people.Organization{ID: f.org, Name: "Floor", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: began})
	f.must(b, err)
	f.must(b, ledger.Record(b.Context(), f.d, ledger.By{Via: ledger.ViaImport, At: began}, func(w *ledger.Writer) error {
		for i := range 400 {
			role, lead := people.Rep, 4+(i-40)/10
			if i < 40 {
				role, lead = people.Manager, max(0, (i-4)/12+1)
			}
			if i > 0 && i < 4 {
				lead = 0
			}
			p, err := people.Join(b.Context(), w, people.Person{Name: fmt.Sprintf("Person %03d", i)}, began)
			f.must(b, err)
			f.must(b, people.Grant(b.Context(), w, p.ID, role))
			if i > 0 {
				f.must(b, people.SetManager(b.Context(), w, p.ID, f.people[lead].ID, began))
			}
			f.people = append(f.people, p)
		}
		return nil
	}))
}

// sell writes the deals by thousands, as an import does.
func (f *floor) sell(b *testing.B) {
	n := crowdSize()
	for first := 0; first < n; first += 2000 {
		f.must(b, ledger.Record(b.Context(), f.d, ledger.By{Via: ledger.ViaWeb, At: before(f.now, 1)}, func(w *ledger.Writer) error {
			entries, fresh, order := map[deals.ID][]ledger.Entry{}, map[deals.ID]bool{}, []deals.ID{}
			for i := first; i < min(n, first+2000); i++ {
				id := deals.ID(db.NewID(f.now))
				entries[id] = f.story(b, w, id, before(f.now, 730*(1-float64(i)/float64(n))))
				order, fresh[id] = append(order, id), true
			}
			return deals.Rewrite(b.Context(), w.DB, entries, order, fresh)
		}))
	}
}

var floorStages = []string{"Discovery", "Solution fit", "Evaluation", "Proposal", "Negotiation"}

// story tells one deal: ten facts and a bit, as far as they lie before now.
func (f *floor) story(b *testing.B, w *ledger.Writer, id deals.ID, at calendar.Instant) []ledger.Entry {
	owner := f.people[40+f.random.IntN(359)]
	w.By.Actor = string(owner.ID)
	var told []ledger.Entry
	say := func(kind ledger.Kind, fact deals.Fact) {
		if at >= f.now {
			return
		}
		e, err := w.AddAs(ledger.Entry{ID: db.NewID(at), RecordedAt: at, EffectiveAt: at, Kind: kind, Subject: string(id), Opportunity: string(id)}, fact)
		f.must(b, err)
		told = append(told, e)
	}
	say(deals.Created, deals.Fact{Value: "Deal number " + string(id[len(id)-6:])})
	say(deals.OwnerSet, deals.Fact{Person: owner.ID, Value: owner.Name})
	say(deals.AttributeSet, deals.Fact{Name: "segment", Value: []string{"small", "medium", "large"}[f.random.IntN(3)]})
	say(deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: int64(1+f.random.IntN(400)) * 25000, Currency: []money.Currency{"EUR", "EUR", "USD"}[f.random.IntN(3)]}})
	say(deals.CloseDateSet, deals.Fact{Date: calendar.DateOf(at, time.UTC).AddDays(60 + f.random.IntN(120))})
	for _, stage := range floorStages {
		say(deals.StageSet, deals.Fact{Value: stage})
		if f.random.Float64() < .2 {
			break
		}
		at = at.Add(time.Duration(f.random.Float64() * 30 * 24 * float64(time.Hour)))
		say(deals.ActivityLogged, deals.Fact{Name: "call", Value: "We spoke about what comes next."})
		at = at.Add(time.Duration(f.random.Float64() * 30 * 24 * float64(time.Hour)))
	}
	say(deals.Closed, deals.Fact{Name: string(deals.Outcomes[f.random.IntN(3)])})
	return told
}

func (f *floor) viewer(b *testing.B, i int) *people.Viewer {
	v, err := people.LoadViewer(b.Context(), f.d, f.org, f.people[i].ID, f.now)
	f.must(b, err)
	return v
}

// foresee waits until past deals are learnt from, and tells how long it takes then to say
// what the period comes to.
func (f *floor) foresee(b *testing.B) time.Duration {
	for range 600 {
		f.pages.prospects.held = nil
		w := httptest.NewRecorder()
		began := time.Now()
		f.site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/monday/together", nil))
		if took := time.Since(began); strings.Contains(w.Body.String(), "Eight times in ten") {
			return took
		}
		time.Sleep(time.Second)
	}
	b.Fatal("past deals are still being learnt from")
	return 0
}

func (f *floor) open(b *testing.B, path string) time.Duration {
	w := httptest.NewRecorder()
	began := time.Now()
	f.site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	took := time.Since(began)
	if w.Code != http.StatusOK {
		b.Fatalf("%s: %d: %.300s", path, w.Code, pagetest.Words(w.Body.String()))
	}
	return took
}

// BenchmarkPages measures the pages of a manager of ten, of a head of 400 and of a rep,
// beside the SQL that a page without a shelf would have to run for the same people.
func BenchmarkPages(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			f := newFloor(b, kind)
			for _, page := range []struct {
				name, path string
				who        int
			}{{"manager of 10", "/monday", 5}, {"head of 400", "/monday", 0}, {"rep", "/day", 60}} {
				f.walker = f.viewer(b, page.who)
				b.Logf("%s: first asked for, %v", page.name, f.open(b, page.path).Round(time.Millisecond))
				if page.path == "/monday" {
					b.Logf("%s: what the period comes to, %v", page.name, f.foresee(b).Round(time.Millisecond))
				}
				bench.InCrowds(b, page.name, func(b *testing.B) { f.open(b, page.path) })
				bench.Measure(b, page.name+"/bare SQL", func(b *testing.B) { f.bare(b) })
			}
			f.walker = f.viewer(b, 0)
			write := f.writer(b)
			bench.InCrowds(b, "head of 400, while others write", func(b *testing.B) {
				write(b)
				f.open(b, "/monday")
			})
			b.Log("of while others write, writing itself takes:")
			bench.InCrowds(b, "writing", write)
		})
	}
}

// bare reads the open deals of the walker's line and what became known of them since
// Monday, and does nothing with them.
func (f *floor) bare(b *testing.B) {
	owners, _ := f.walker.Visible()
	since := calendar.DateOf(f.now, time.UTC).LastMonday().Midnight(time.UTC)
	mine, err := bareOpen(b.Context(), f.d, owners)
	f.must(b, err)
	ids, err := changedSince(b.Context(), f.d, since, movingKinds)
	f.must(b, err)
	known := map[string]bool{}
	for i := range mine {
		known[string(mine[i].ID)] = true
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !known[id] })
	f.must(b, eachFactOf(b.Context(), f.d, ids, movingKinds, func(*ledger.Entry) error { return nil }))
}

func bareOpen(ctx context.Context, d *db.DB, owners []people.ID) ([]deal, error) {
	return db.All[deal](ctx, d, `
		select `+dealFields+`
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1 and o.outcome is null and `+d.OneOf("o.owner_id", 2), d.Org(), db.List(owners))
}

// writer changes the amount of a rep's deals, one after another.
func (f *floor) writer(b *testing.B) func(*testing.B) {
	open, err := bareOpen(b.Context(), f.d, []people.ID{f.people[60].ID})
	f.must(b, err)
	var turn atomic.Int64
	return func(b *testing.B) {
		i := turn.Add(1)
		f.must(b, ledger.Record(b.Context(), f.d, ledger.By{Actor: string(f.people[60].ID), Via: ledger.ViaWeb, At: f.now - 1}, func(w *ledger.Writer) error {
			_, err := deals.Record(b.Context(), w, open[i%int64(len(open))].ID, 0, deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: i * 100, Currency: "EUR"}}})
			return err
		}))
	}
}
