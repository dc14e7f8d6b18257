package forecasts

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// large draws the history of many deals over two years: ten facts each, of which
// three are activities that forecasts do not use, in the order of time.
func large(n int, add func(deal int, at calendar.Instant, kind ledger.Kind, fact deals.Fact)) {
	r := rand.New(rand.NewPCG(1, 2))
	start := calendar.NewDate(2024, 1, 1).Midnight(time.UTC)
	stages := []string{"qualified", "proposed", "shortlisted", "negotiating"}
	for i := range n {
		at := start + calendar.Instant(float64(730*DayMillis)*float64(i)/float64(n))
		step := func() calendar.Instant {
			at += calendar.Instant(r.Float64() * 30 * float64(DayMillis))
			return at
		}
		add(i, at, deals.Created, deals.Fact{Name: fmt.Sprint(i), Value: "Deal"})
		owner := fmt.Sprintf("rep %d", r.IntN(200))
		add(i, at, deals.OwnerSet, deals.Fact{Person: people.ID(owner), Value: owner})
		add(i, at, deals.CloseDateSet, deals.Fact{Date: calendar.DateOf(at, time.UTC).AddDays(60)})
		for _, stage := range stages {
			add(i, step(), deals.StageSet, deals.Fact{Value: stage})
			if stage != "negotiating" {
				add(i, step(), deals.ActivityLogged, deals.Fact{Name: "call", Value: "We spoke."})
			}
		}
		add(i, step(), deals.Closed, deals.Fact{Name: string(deals.Outcomes[r.IntN(3)])})
	}
}

const largeDeals = 100_000

func largeLog() *Log {
	b := NewBuilder(time.UTC)
	sequence := int64(0)
	large(largeDeals, func(deal int, at calendar.Instant, kind ledger.Kind, said deals.Fact) {
		sequence++
		id := fmt.Sprint(deal)
		b.Deal(id, id)
		b.Put(kind, id, Fact{Recorded: at, Effective: at, Sequence: sequence}, &said)
	})
	return b.Log()
}

// BenchmarkForecast tells where the time of a forecast of 100,000 deals goes.
func BenchmarkForecast(b *testing.B) {
	log := largeLog()
	now := log.Known() - calendar.Instant(60*DayMillis)
	horizons := []Horizon{7, 14, 30}
	b.Run("as of now", func(b *testing.B) {
		for b.Loop() {
			Say(log, now, horizons, Methods())
		}
	})
	b.Run("a page of it", func(b *testing.B) {
		f := Say(log, now, horizons, Methods())
		year := calendar.Fiscal{}.Year(calendar.DateOf(now, time.UTC))
		everyone := func(people.ID) bool { return true }
		for b.Loop() {
			LookAhead(f, year, Organigram{}, "", "EUR", everyone)
		}
	})
	b.Run("taking in what is new", func(b *testing.B) {
		for b.Loop() {
			Resume(log).Log()
		}
	})
	b.Run("json", func(b *testing.B) {
		f := Say(log, now, horizons, Methods())
		for b.Loop() {
			if _, err := f.MarshalJSON(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("backtest of 52 weeks", func(b *testing.B) {
		asOfs := make([]calendar.Instant, 52)
		for i := range asOfs {
			asOfs[i] = now - calendar.Instant(int64(i)*7*DayMillis)
		}
		for b.Loop() {
			if _, err := Backtest(b.Context(), log, asOfs, horizons, Methods(), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkRead reads a ledger of a million entries; "bare" runs the same SQL and
// throws the rows away.
func BenchmarkRead(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			d := testdb.Open(b, kind, ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, Schema)
			o := found(b, d, "Large", "UTC")
			d = d.For(o.ID)
			fillLarge(b, d)
			b.Run("log", func(b *testing.B) {
				for b.Loop() {
					if _, _, err := Read(b.Context(), d, o); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("bare", func(b *testing.B) {
				for b.Loop() {
					if err := bareLines(b.Context(), d); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// bareLines reads what a log is made of, and forgets it.
func bareLines(ctx context.Context, d *db.DB) error {
	type line struct {
		Sequence    int64            `db:"sequence"`
		RecordedAt  calendar.Instant `db:"recorded_at"`
		EffectiveAt calendar.Instant `db:"effective_at"`
		Kind        string           `db:"kind"`
		Opportunity string           `db:"opportunity_id"`
		Payload     string           `db:"payload"`
	}
	used := []ledger.Kind{deals.Created, deals.StageSet, deals.MilestoneRecorded, deals.OwnerSet, deals.AmountSet, deals.CloseDateSet, deals.Closed, deals.Reopened}
	return db.Each(ctx, d, func(*line) error { return nil }, `
		select sequence, recorded_at, effective_at, kind, opportunity_id,
			case when `+d.OneOf("kind", 4)+` then payload else '' end as payload
		from entries
		where org_id = $1 and sequence > $2 and sequence <= $3 and opportunity_id is not null
		order by sequence`, d.Org(), 0, int64(1)<<40, db.List(used))
}

func fillLarge(b *testing.B, d *db.DB) {
	type entry struct {
		ledger.Entry
		fact deals.Fact
	}
	var waiting []entry
	flush := func() {
		err := ledger.Record(b.Context(), d, ledger.By{Via: ledger.ViaImport, At: 1}, func(w *ledger.Writer) error {
			for _, e := range waiting {
				if _, err := w.AddAs(e.Entry, e.fact); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		waiting = waiting[:0]
	}
	large(largeDeals, func(deal int, at calendar.Instant, kind ledger.Kind, fact deals.Fact) {
		id := fmt.Sprintf("00000000-0000-7000-8000-%012d", deal)
		waiting = append(waiting, entry{ledger.Entry{ID: db.NewID(at), RecordedAt: at, EffectiveAt: at, Kind: kind, Subject: id, Opportunity: id}, fact})
		if len(waiting) == 20_000 {
			flush()
		}
	})
	flush()
}
