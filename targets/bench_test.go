package targets

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld/bench"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
)

const largeDeals = 100_000

// large is a company of forty, with a hundred thousand deals over two years.
func large(b *testing.B, kind db.Kind) (*company, []people.ID) {
	c := found(b, testdb.Open(b, kind, ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, Schema))
	var ids []people.ID
	c.record(at(began), func(w *ledger.Writer) error {
		for i := range 40 {
			p, err := people.Join(b.Context(), w, people.Person{Name: fmt.Sprint("Rep ", i)}, at(began))
			if err != nil {
				return err
			}
			ids = append(ids, p.ID)
			if err := people.SetManager(b.Context(), w, p.ID, c.ids[[]string{"Mara Moss", "Milan Marsh"}[i%2]], at(began)); err != nil {
				return err
			}
		}
		return nil
	})
	r := rand.New(rand.NewPCG(1, 2))
	for from := 0; from < largeDeals; from += 10_000 {
		entries, order, fresh := map[deals.ID][]ledger.Entry{}, []deals.ID{}, map[deals.ID]bool{}
		c.record(at(began), func(w *ledger.Writer) error {
			for i := from; i < from+10_000; i++ {
				id := deals.ID(fmt.Sprintf("00000000-0000-7000-8000-%012d", i))
				order, fresh[id] = append(order, id), true
				when := at(began) + calendar.Instant(r.Int64N(int64(700*24*time.Hour/time.Millisecond)))
				add := func(kind ledger.Kind, fact deals.Fact) error {
					e, err := w.AddAs(ledger.Entry{ID: db.NewID(when), RecordedAt: when, EffectiveAt: when, Kind: kind, Subject: string(id), Opportunity: string(id)}, fact)
					entries[id] = append(entries[id], e)
					when += calendar.Instant(r.Int64N(int64(20 * 24 * time.Hour / time.Millisecond)))
					return err
				}
				for _, f := range []struct {
					kind ledger.Kind
					fact deals.Fact
				}{
					{deals.Created, deals.Fact{Value: "Deal"}}, {deals.OwnerSet, deals.Fact{Person: ids[r.IntN(40)]}},
					{deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: r.Int64N(5_000_000), Currency: "EUR"}}},
					{deals.StageSet, deals.Fact{Value: "proposed"}}, {deals.ActivityLogged, deals.Fact{Name: "call"}},
					{deals.Closed, deals.Fact{Name: string(deals.Outcomes[r.IntN(3)])}},
				} {
					if err := add(f.kind, f.fact); err != nil {
						return err
					}
				}
			}
			return deals.Rewrite(b.Context(), w.DB, entries, order, fresh)
		})
	}
	return c, ids
}

// BenchmarkAttainment holds a quarter's and a year's attainment at 100,000 deals
// against the bare SQL over today's table of deals, which knows neither the past nor
// who owned a deal when it was won.
func BenchmarkAttainment(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			c, ids := large(b, kind)
			if kind == db.Postgres { // as autovacuum does within a minute
				if _, err := c.db.Exec(b.Context(), `analyze`); err != nil {
					b.Fatal(err)
				}
			}
			before := time.Now()
			if err := CatchUp(b.Context(), c.db); err != nil {
				b.Fatal(err)
			}
			b.Logf("following %d entries took %s", 6*largeDeals, time.Since(before))
			before = time.Now()
			c.record(at("2025-01-01"), func(w *ledger.Writer) error { return SetAll(b.Context(), w, years(ids)) })
			b.Logf("setting 40 people times 36 months took %s", time.Since(before))
			for name, p := range map[string]calendar.Period{"quarter": calendar.Fiscal{}.Quarter("2025-02-01"), "year": calendar.Fiscal{}.Year("2025-02-01")} {
				bench.Measure(b, name, func(b *testing.B) { c.attained(p, c.now) })
				bench.Measure(b, name+" as of a past day", func(b *testing.B) { c.attained(p, at("2025-03-01")) })
				bench.Measure(b, name+" bare", func(b *testing.B) {
					if _, err := db.All[wonRow](b.Context(), c.db, `
						select owner_id, currency, count(*) as wins, cast(sum(amount_minor) as bigint) as minor
						from opportunities
						where org_id = $1 and outcome = 'won' and closed_at >= $2 and closed_at < $3
						group by owner_id, currency`, c.org.ID, at(p.From), at(p.Until)); err != nil {
						b.Error(err)
					}
				})
			}
		})
	}
}

// years are three years of quotas, each year set on its first of December before.
func years(ids []people.ID) []Setting {
	var list []Setting
	for _, id := range ids {
		for month := range 36 {
			first := calendar.Date("2024-01-01").AddMonths(month)
			value := int64(1_000_000 + month)
			list = append(list, Setting{Cell: Cell{id, Own, first, "EUR"}, Value: &value, At: at(calendar.NewDate(first.Time().Year()-1, 12, 1))})
		}
	}
	return list
}
