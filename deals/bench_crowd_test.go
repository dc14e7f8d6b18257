package deals_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/testworld/bench"
)

// The lists and deeds of a working day, by one and by eight at once, each beside the
// bare statements on the same driver and database.

// benchLists measures the list of one owner in the order of the expected close, and
// one with three filters, for who sees every deal.
func (f *floor) benchLists(b *testing.B) {
	owner := string(f.one.ID)
	of := "and o.owner_id = '" + owner + "'"
	bench.InCrowds(b, "by owner and close/bare", func(b *testing.B) {
		f.ask(b, fmt.Sprintf(bareRows, of))
		f.ask(b, fmt.Sprintf(bareTotals, of))
	})
	bench.InCrowds(b, "by owner and close/page", func(b *testing.B) { f.page(b, f.all, "GET", "/deals?owner="+owner+"&sort=close", nil, 200) })
	// The page tells of each stage what stands there, whichever stage it is narrowed to.
	team := ownersOf(f.ten)
	quarter := ` and o.close_date >= '2026-04-01' and o.close_date < '2026-07-01'`
	bench.InCrowds(b, "three filters/bare", func(b *testing.B) {
		f.ask(b, fmt.Sprintf(bareRows, team+quarter+` and o.stage = 'Proposal'`))
		f.ask(b, fmt.Sprintf(bareTotals, team+quarter))
	})
	path := "/deals?" + url.Values{"owner": {string(f.ten.ID) + ".line"}, "stage": {"Proposal"}, "period": {"this-quarter"}}.Encode()
	bench.InCrowds(b, "three filters/page", func(b *testing.B) { f.page(b, f.all, "GET", path, nil, 200) })
	for _, step := range []string{"none", "overdue", "week", "set"} {
		bench.Measure(b, "next step "+step+"/page", func(b *testing.B) { f.page(b, f.all, "GET", "/deals?step="+step, nil, 200) })
		bench.Measure(b, "next step "+step+" of ten/page", func(b *testing.B) { f.page(b, f.ten, "GET", "/deals?step="+step, nil, 200) })
	}
	bench.Measure(b, "by next step/page", func(b *testing.B) { f.page(b, f.all, "GET", "/deals?sort=step", nil, 200) })
}

func (f *floor) benchDeal(b *testing.B) {
	id := string(f.deal)
	bench.InCrowds(b, "deal/bare", func(b *testing.B) {
		f.ask(b, `select o.*, a.name, p.name
			from opportunities o
			left join accounts a on a.org_id = o.org_id and a.id = o.account_id
			left join people p on p.org_id = o.org_id and p.id = o.owner_id
			where o.org_id = 'floor' and o.id = $1`, id)
		f.ask(b, `select name, value from opportunity_attributes where org_id = 'floor' and opportunity_id = $1`, id)
		f.ask(b, `select sequence, id, recorded_at, effective_at, actor, via, kind, subject, payload from entries
			where org_id = 'floor' and opportunity_id = $1 order by sequence`, id)
	})
	bench.InCrowds(b, "deal/page", func(b *testing.B) { f.page(b, f.one, "GET", "/deals/"+id, nil, 200) })
	bench.Measure(b, "deal as of/page", func(b *testing.B) { f.page(b, f.one, "GET", "/deals/"+id+"?as-of=2026-05-01", nil, 200) })
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
		b.Error(err)
	}
}

var made atomic.Int64

func (f *floor) benchWrites(b *testing.B) {
	owner := string(f.one.ID)
	bench.InCrowds(b, "create/bare", func(b *testing.B) {
		f.inBare(b, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `insert into opportunities (org_id, id, title, owner_id, amount_minor, currency, close_date, stage, stage_since, created_at, version)
				values ('floor', $1, 'Another hall', $2, 1500000, 'EUR', '2026-07-01', 'Proposal', 1, 1, 1)`, db.NewID(calendar.Instant(made.Add(1))), owner)
			return err
		})
	})
	bench.InCrowds(b, "create/page", func(b *testing.B) {
		f.page(b, f.one, "POST", "/deals/new", url.Values{"title": {"Another hall"}, "owner": {owner}, "amount": {"15,000"}, "currency": {"EUR"},
			"close_date": {"2026-07-01"}, "stage": {"Proposal"}}, 303)
	})
	ids := f.openDeals(b) // deal after deal, so that no story grows over the run
	bench.InCrowds(b, "stage/bare", func(b *testing.B) {
		f.inBare(b, func(ctx context.Context, tx *sql.Tx) error {
			n := made.Add(1)
			_, err := tx.ExecContext(ctx, `update opportunities set stage = $1, stage_since = 5 where org_id = 'floor' and id = $2`, fmt.Sprint("Stage ", n%5), ids[int(n)%len(ids)])
			return err
		})
	})
	bench.InCrowds(b, "stage/page", func(b *testing.B) {
		n := made.Add(1)
		f.page(b, f.all, "POST", "/deals/"+ids[int(n)%len(ids)]+"/stage", url.Values{"stage": {fmt.Sprint("Stage ", n%5)}}, 303)
	})
}

func (f *floor) openDeals(b *testing.B) (ids []string) {
	rows, err := f.bare.QueryContext(b.Context(), `select id from opportunities where org_id = 'floor' and outcome is null and version > 1`)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			b.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}
