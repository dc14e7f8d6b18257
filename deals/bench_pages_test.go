package deals_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/testworld/bench"
	"milepost/people"
)

// The list as somebody would write it by hand: one statement for the rows, one for
// the totals.
const (
	bareRows = `
		select o.id, o.title, a.name, o.owner_id, p.name, o.amount_minor, o.currency, o.close_date, o.stage, o.stage_since, o.slips, o.created_at
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		where o.org_id = 'floor' and o.outcome is null and o.close_date is not null %s
		order by o.close_date, o.id
		limit 51`
	bareTotals = `
		select o.stage, o.currency, count(*), sum(o.amount_minor), sum(case when o.close_date < '2026-05-20' then 1 else 0 end)
		from opportunities o
		where o.org_id = 'floor' and o.outcome is null %s
		group by o.stage, o.currency`
	barePipeline = `
		select o.owner_id, o.stage, o.currency, count(*), sum(o.amount_minor)
		from opportunities o
		where o.org_id = 'floor' and o.outcome is null %s
		group by o.owner_id, o.stage, o.currency`
)

// ownersOf is the condition on the owner, written out.
func ownersOf(v *people.Viewer) string {
	ids, all := v.Visible()
	if all {
		return ""
	}
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = "'" + string(id) + "'"
	}
	return "and o.owner_id in (" + strings.Join(quoted, ",") + ")"
}

// BenchmarkDeals measures pages and writes at 100,000 deals, each beside the bare
// statements on the same driver and database.
func BenchmarkDeals(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			f := newFloor(b, kind)
			for _, x := range []struct {
				name string
				v    *people.Viewer
			}{{"rep", f.one}, {"manager of ten", f.ten}, {"everyone", f.all}, {"head of 400", f.viewer(b, 0)}} {
				name, v := x.name, x.v
				bench.Measure(b, "list "+name+"/bare", func(b *testing.B) {
					f.ask(b, fmt.Sprintf(bareRows, ownersOf(v)))
					f.ask(b, fmt.Sprintf(bareTotals, ownersOf(v)))
				})
				bench.Measure(b, "list "+name+"/page", func(b *testing.B) { f.page(b, v, "GET", "/deals", nil, 200) })
				bench.Measure(b, "pipeline "+name+"/bare", func(b *testing.B) { f.ask(b, fmt.Sprintf(barePipeline, ownersOf(v))) })
				bench.Measure(b, "pipeline "+name+"/ours", func(b *testing.B) {
					if _, err := deals.Pipeline(b.Context(), f.d, v); err != nil {
						b.Fatal(err)
					}
				})
				bench.Measure(b, "viewer "+name, func(b *testing.B) {
					if _, err := people.LoadViewer(b.Context(), f.d, f.org, v.ID, f.now.At); err != nil {
						b.Fatal(err)
					}
				})
			}
			f.benchWide(b)
			bench.Measure(b, "export everyone's open deals", func(b *testing.B) { f.page(b, f.all, "GET", "/deals.csv", nil, 200) })
			f.benchLists(b)
			f.benchDeal(b)
			began := time.Now()
			if differences, err := deals.Check(b.Context(), f.d, f.org); err != nil || len(differences) > 0 {
				b.Fatal(differences, err)
			}
			b.Logf("every deal compared with the ledger in %v", time.Since(began))
			f.benchWrites(b)
		})
	}
}

// benchWide measures lists that read far more than they show: what was won in a
// quarter, deals of every outcome, and open deals with a word in the title or in the
// account's name.
func (f *floor) benchWide(b *testing.B) {
	const fields = `select o.id, o.title, a.name, p.name, o.amount_minor, o.currency, o.close_date, o.stage, o.outcome, o.closed_at
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		where o.org_id = 'floor' `
	const sums = `select o.stage, o.currency, count(*), sum(o.amount_minor) from opportunities o where o.org_id = 'floor' %s group by o.stage, o.currency`
	const word = `and o.outcome is null and (o.title_key like '%hall 77%' or o.account_id in (select id from accounts where org_id = 'floor' and name_key like '%hall 77%')) `
	won := fmt.Sprintf(`and o.outcome = 'won' and o.outcome is not null and o.closed_at >= %d and o.closed_at < %d `,
		calendar.Date("2026-04-01").Midnight(time.UTC), calendar.Date("2026-07-01").Midnight(time.UTC))
	for _, x := range []struct{ name, narrowed, order, path string }{
		{"list won", won, "o.closed_at desc, o.id desc", "/deals?outcome=won&period=this-quarter"},
		{"list all", "", "o.created_at desc, o.id desc", "/deals?outcome=all"},
		{"list words", word, "o.close_date, o.id", "/deals?q=hall+77"},
	} {
		bench.Measure(b, x.name+"/bare", func(b *testing.B) {
			f.ask(b, fields+x.narrowed+"order by "+x.order+" limit 51")
			f.ask(b, fmt.Sprintf(sums, x.narrowed))
		})
		bench.Measure(b, x.name+"/page", func(b *testing.B) { f.page(b, f.all, "GET", x.path, nil, 200) })
	}
}
