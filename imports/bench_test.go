package imports

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"milepost/internal/db"
	"milepost/internal/testworld/testdb"
)

// BenchmarkImport measures the import of a log against bare batched inserts of the
// very rows that it writes, into the same schema, on the same driver and database.
//
//	go test ./imports -bench Import -benchtime 3x -run '^$'
func BenchmarkImport(b *testing.B) {
	text := benchLog(b)
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			model := newWorld(b, testdb.Open(b, kind, schemas...))
			sum, err := Conduct(b.Context(), model.fresh(), bytes.NewReader(text), int64(len(text)))
			if err != nil {
				b.Fatal(err)
			}
			tables := rowsOf(b, model.d())
			var bare, full float64
			b.Run("bare", func(b *testing.B) { bare = benchBare(b, kind, tables, sum.Taken) })
			b.Run("import", func(b *testing.B) {
				full = benchFull(b, kind, text, sum.Taken)
				b.ReportMetric(100*full/bare, "%-of-bare")
			})
		})
	}
}

// benchLog is a real log when it is here, otherwise one of the same shape.
func benchLog(b *testing.B) []byte {
	if packed, err := os.ReadFile("../../shared/data/bpic2012_history.csv.gz"); err == nil {
		return packed
	}
	return generated(13_000)
}

// generated is a log of so many deals in the shape of BPI 2012.
func generated(n int) []byte {
	var text bytes.Buffer
	packed := gzip.NewWriter(&text)
	fmt.Fprintln(packed, header)
	for i := range n {
		day := time.Date(2011, 10, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 17 * time.Minute)
		say := func(minutes int, rest string, args ...any) {
			fmt.Fprintf(packed, "%d,%s,%s\n", 100_000+i, day.Add(time.Duration(minutes)*time.Minute).Format(time.RFC3339), fmt.Sprintf(rest, args...))
		}
		say(0, "created,Application %d,", i)
		say(0, "amount,EUR,%d", 1000+i%50*500)
		say(0, "stage,submitted,")
		for k := range 3 + i%9 {
			say(60*k+60, "owner,clerk-%d,", 10_000+(i+k)%70)
			say(60*k+61, "activity,call,after offer %d", k)
			say(60*k+62, "milestone,step %d,achieved", k)
		}
		say(2000, "outcome,%s,", []string{"won", "lost", "lost", "lost", "no_action"}[i%5])
	}
	packed.Close()
	return text.Bytes()
}

// table is what an import wrote into one table.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

// rowsOf reads the rows that an import wrote, parents before children.
func rowsOf(b *testing.B, d *db.DB) []table {
	b.Helper()
	tables := []table{
		{name: "accounts", columns: []string{"org_id", "id", "name", "name_key", "created_at"}},
		{name: "people", columns: []string{"org_id", "id", "name", "name_key", "joined_at", "imported", "version"}},
		{name: "opportunities", columns: []string{"org_id", "id", "external_id", "title", "account_id", "owner_id",
			"amount_minor", "currency", "close_date", "stage", "stage_since", "source", "segment", "product", "created_at",
			"outcome", "closed_at", "competitor", "reason", "last_activity_at", "activities", "reopened", "slips", "version"}},
		{name: "opportunity_attributes", columns: []string{"org_id", "opportunity_id", "name", "value"}},
		{name: "entries", columns: []string{"org_id", "sequence", "id", "recorded_at", "effective_at", "actor", "via",
			"kind", "subject", "opportunity_id", "payload", "salt", "payload_hash", "hash"}},
	}
	for n := range tables {
		tables[n].rows = readRows(b, d, tables[n].name, tables[n].columns)
	}
	return tables
}

// benchBare inserts the rows, 10,000 a transaction, and tells facts per second.
func benchBare(b *testing.B, kind db.Kind, tables []table, facts int64) float64 {
	for range b.N {
		b.StopTimer()
		w := newWorld(b, testdb.Open(b, kind, schemas...))
		if _, err := w.d().Exec(b.Context(), `delete from entries where org_id = $1`, org); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for _, t := range tables {
			for rest := t.rows; len(rest) > 0; {
				some := rest[:min(10_000, len(rest))]
				rest = rest[len(some):]
				err := w.d().InTx(b.Context(), func(tx *db.DB) error {
					return tx.InsertMany(b.Context(), t.name, t.columns, some)
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	return perSecond(b, facts)
}

func benchFull(b *testing.B, kind db.Kind, text []byte, facts int64) float64 {
	var peak atomic.Uint64
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	go watchHeap(ctx, &peak)
	for range b.N {
		b.StopTimer()
		w := newWorld(b, testdb.Open(b, kind, schemas...))
		runtime.GC()
		b.StartTimer()
		if _, err := Conduct(b.Context(), w.fresh(), io.Reader(bytes.NewReader(text)), int64(len(text))); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(peak.Load())/(1<<20), "peak-heap-MB")
	return perSecond(b, facts)
}

func perSecond(b *testing.B, facts int64) float64 {
	rate := float64(facts) * float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(rate, "facts/s")
	return rate
}

func watchHeap(ctx context.Context, peak *atomic.Uint64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		<-tick.C
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak.Store(max(peak.Load(), m.HeapAlloc))
	}
}
