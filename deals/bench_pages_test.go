package deals_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

func median(list []float64) float64 {
	slices.Sort(list)
	if len(list) == 0 {
		return 0
	}
	return list[len(list)/2]
}

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
			for name, v := range map[string]*people.Viewer{"rep": f.one, "manager of ten": f.ten, "everyone": f.all, "head of 400": f.viewer(b, 0)} {
				measure(b, "list "+name+"/bare", func(b *testing.B) {
					f.ask(b, fmt.Sprintf(bareRows, ownersOf(v)))
					f.ask(b, fmt.Sprintf(bareTotals, ownersOf(v)))
				})
				measure(b, "list "+name+"/page", func(b *testing.B) { f.page(b, v, "GET", "/deals", nil, 200) })
				measure(b, "pipeline "+name+"/bare", func(b *testing.B) { f.ask(b, fmt.Sprintf(barePipeline, ownersOf(v))) })
				measure(b, "pipeline "+name+"/ours", func(b *testing.B) {
					if _, err := deals.Pipeline(b.Context(), f.d, v); err != nil {
						b.Fatal(err)
					}
				})
				measure(b, "viewer "+name, func(b *testing.B) {
					if _, err := people.LoadViewer(b.Context(), f.d, f.org, v.ID, f.now.At); err != nil {
						b.Fatal(err)
					}
				})
			}
			measure(b, "list won/page", func(b *testing.B) { f.page(b, f.all, "GET", "/deals?outcome=won&period=this-quarter", nil, 200) })
			measure(b, "list all/page", func(b *testing.B) { f.page(b, f.all, "GET", "/deals?outcome=all", nil, 200) })
			measure(b, "list words/page", func(b *testing.B) { f.page(b, f.all, "GET", "/deals?q=hall+77", nil, 200) })
			measure(b, "export everyone's open deals", func(b *testing.B) { f.page(b, f.all, "GET", "/deals.csv", nil, 200) })
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

func (f *floor) benchDeal(b *testing.B) {
	id := string(f.deal)
	measure(b, "deal/bare", func(b *testing.B) {
		f.ask(b, `select o.*, a.name, p.name
			from opportunities o
			left join accounts a on a.org_id = o.org_id and a.id = o.account_id
			left join people p on p.org_id = o.org_id and p.id = o.owner_id
			where o.org_id = 'floor' and o.id = $1`, id)
		f.ask(b, `select name, value from opportunity_attributes where org_id = 'floor' and opportunity_id = $1`, id)
		f.ask(b, `select sequence, id, recorded_at, effective_at, actor, via, kind, subject, payload from entries
			where org_id = 'floor' and opportunity_id = $1 order by sequence`, id)
	})
	measure(b, "deal/page", func(b *testing.B) { f.page(b, f.one, "GET", "/deals/"+id, nil, 200) })
	measure(b, "deal as of/page", func(b *testing.B) { f.page(b, f.one, "GET", "/deals/"+id+"?as-of=2026-05-01", nil, 200) })
}

// inBare runs statements in a transaction of the bare driver.
func (f *floor) inBare(b *testing.B, work func(context.Context, *sql.Tx) error) {
	tx, err := f.bare.BeginTx(b.Context(), nil)
	if err == nil {
		err = work(b.Context(), tx)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		b.Fatal(err)
	}
}

var made atomic.Int64

func (f *floor) benchWrites(b *testing.B) {
	owner := string(f.one.ID)
	measure(b, "create/bare", func(b *testing.B) {
		f.inBare(b, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `insert into opportunities (org_id, id, title, owner_id, amount_minor, currency, close_date, stage, stage_since, created_at, version)
				values ('floor', $1, 'Another hall', $2, 1500000, 'EUR', '2026-07-01', 'Proposal', 1, 1, 1)`, db.NewID(calendar.Instant(made.Add(1))), owner)
			return err
		})
	})
	measure(b, "create/page", func(b *testing.B) {
		f.page(b, f.one, "POST", "/deals/new", url.Values{"title": {"Another hall"}, "owner": {owner}, "amount": {"15,000"}, "currency": {"EUR"},
			"close_date": {"2026-07-01"}, "stage": {"Proposal"}}, 303)
	})
	measure(b, "stage/bare", func(b *testing.B) {
		f.inBare(b, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `update opportunities set stage = $1, stage_since = 5 where org_id = 'floor' and id = $2`, fmt.Sprint("Stage ", made.Add(1)%5), string(f.deal))
			return err
		})
	})
	// Deal after deal, so that no story grows over the run.
	var ids []string
	rows, err := f.bare.QueryContext(b.Context(), `select id from opportunities where org_id = 'floor' and outcome is null and version > 1`)
	if err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		var id string
		rows.Scan(&id)
		ids = append(ids, id)
	}
	rows.Close()
	measure(b, "stage/page", func(b *testing.B) {
		n := made.Add(1)
		f.page(b, f.all, "POST", "/deals/"+ids[int(n)%len(ids)]+"/stage", url.Values{"stage": {fmt.Sprint("Stage ", n%5)}}, 303)
	})
}
