package board_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/bench"
	"milepost/internal/testworld/testdb"
	"milepost/money"
)

// The board as somebody would write it by hand.
const (
	bareCards = `
		select o.id as a, o.title as b, coalesce(a.name, '') as c, coalesce(p.name, '') as d, coalesce(o.amount_minor, 0) as e,
			coalesce(o.close_date, '') as f, o.stage as g
		from (
			select o.id, row_number() over (partition by o.stage order by o.close_date, o.id) as place
			from opportunities o
			where o.org_id = $1 and o.outcome is null
		) page
		join opportunities o on o.org_id = $1 and o.id = page.id
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		where page.place <= 40
		order by o.stage, page.place`
	bareSums = `
		select o.stage as a, coalesce(o.currency, '') as b, cast(count(*) as text) as c, cast(coalesce(sum(o.amount_minor), 0) as text) as d,
			0 as e, '' as f, '' as g
		from opportunities o
		where o.org_id = $1 and o.outcome is null
		group by o.stage, o.currency`
)

// BenchmarkBoard measures the board of 2,000 open deals, beside the bare statements on
// the same database. Page is the first 40 of each column; column is the
// next 200 of one.
func BenchmarkBoard(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			d := testdb.Open(b, kind, schemas...)
			o := testworld.Small(b, d)
			fill(b, o, 2000)
			pages := site(d, o.ID, calendar.Stopped(testworld.SmallNow))
			get := func(b *testing.B, path string) {
				r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
				r.AddCookie(&http.Cookie{Name: "person", Value: string(o.Olga.ID)})
				r.Header.Set("Accept-Encoding", "gzip")
				w := httptest.NewRecorder()
				if pages.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Errorf("%s: %d", path, w.Code)
				}
			}
			bench.InCrowds(b, "bare", func(b *testing.B) {
				bare(b, o, bareCards)
				bare(b, o, bareSums)
			})
			bench.InCrowds(b, "page", func(b *testing.B) { get(b, "/board") })
			bench.InCrowds(b, "column", func(b *testing.B) { get(b, "/board/cards?in=Proposal&skip=40") })
		})
	}
}

// bareRow is a line of either statement.
type bareRow struct {
	A string `db:"a"`
	B string `db:"b"`
	C string `db:"c"`
	D string `db:"d"`
	E int64  `db:"e"`
	F string `db:"f"`
	G string `db:"g"`
}

func bare(b *testing.B, o *testworld.SmallOrganization, text string) {
	if _, err := db.All[bareRow](b.Context(), o.DB, text, o.ID); err != nil {
		b.Error(err)
	}
}

// fill opens many deals.
func fill(b *testing.B, o *testworld.SmallOrganization, count int) {
	stages := []string{"Discovery", "Evaluation", "Proposal", "Negotiation"}
	err := ledger.Record(b.Context(), o.DB, ledger.By{At: testworld.SmallNow - 1}, func(w *ledger.Writer) error {
		for i := range count {
			amount := money.Amount{Minor: int64(i) * 1000, Currency: "EUR"}
			if err := open(b.Context(), w, o, i, stages[i%4], amount); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func open(ctx context.Context, w *ledger.Writer, o *testworld.SmallOrganization, i int, stage string, amount money.Amount) error {
	owner := []deals.Change{{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID, Value: o.Dan.Name}}}
	_, err := deals.Open(ctx, w, append(owner,
		deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: fmt.Sprint("Deal number ", i)}},
		deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: stage}},
		deals.Change{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: calendar.Date("2026-06-01").AddDays(i % 90)}},
		deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &amount}})...)
	return err
}
