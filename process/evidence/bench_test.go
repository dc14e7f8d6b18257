package evidence

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
	"milepost/process"
)

var benchNow = calendar.InstantOf(time.Date(2026, time.May, 20, 10, 0, 0, 0, time.UTC))

// hall is an organization with many open deals under one process, each of which has
// shown some of its milestones.
type hall struct {
	b  testing.TB
	d  *db.DB
	id process.ID
	by people.ID
}

// hallSize is how many open deals there are, 100,000 unless MILEPOST_BENCH_DEALS says
// otherwise.
func hallSize() int {
	if n, err := strconv.Atoi(os.Getenv("MILEPOST_BENCH_DEALS")); err == nil {
		return n
	}
	return 100_000
}

func newHall(b testing.TB, kind db.Kind, size int) *hall {
	d := testdb.Open(b, kind, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, Schema)
	o, err := people.Found(b.Context(), d.Everywhere(), people.Organization{Name: "Hall", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: benchNow.Add(-400 * 24 * time.Hour)})
	h := &hall{b: b, d: d.For(o.ID)}
	h.must(err)
	h.record(func(ctx context.Context, w *ledger.Writer) error {
		p, err := people.Join(ctx, w, people.Person{Name: "Rosa Reed"}, benchNow)
		h.by = p.ID
		return err
	})
	made, _ := process.FindReadyMade("complex")
	h.record(func(ctx context.Context, w *ledger.Writer) error {
		p, err := process.Begin(ctx, w, made.Definition.Fresh(benchNow))
		h.id = p.ID
		return err
	})
	h.record(func(ctx context.Context, w *ledger.Writer) error {
		_, err := process.Publish(ctx, w, h.id, 0, nil, "")
		return err
	})
	for first := 0; first < size; first += 2000 {
		h.record(func(ctx context.Context, w *ledger.Writer) error { return h.sell(ctx, w, first, min(size, first+2000)) })
	}
	return h
}

func (h *hall) must(err error) {
	h.b.Helper()
	if err != nil {
		h.b.Fatal(err)
	}
}

func (h *hall) record(work func(context.Context, *ledger.Writer) error) {
	h.b.Helper()
	h.must(ledger.Record(h.b.Context(), h.d, ledger.By{Via: ledger.ViaWeb, At: benchNow}, func(w *ledger.Writer) error { return work(h.b.Context(), w) }))
}

// sell opens deals; the i-th has shown i modulo 8 milestones.
func (h *hall) sell(ctx context.Context, w *ledger.Writer, from, to int) error {
	library, err := process.ReadLibrary(ctx, w.DB)
	h.must(err)
	version, _ := library.Version(h.id, 1)
	milestones := version.Definition.Milestones()
	entries, fresh, order, batch := map[deals.ID][]ledger.Entry{}, map[deals.ID]bool{}, []deals.ID{}, newBatch()
	for i := from; i < to; i++ {
		id := deals.ID(db.NewID(benchNow))
		var told []ledger.Entry
		for _, say := range []struct {
			kind ledger.Kind
			fact deals.Fact
		}{{deals.Created, deals.Fact{Value: "Deal " + strconv.Itoa(i)}}, {deals.OwnerSet, deals.Fact{Person: h.by}}, {deals.AttributeSet, deals.Fact{Name: "segment", Value: "large"}},
			{deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: int64(i) * 100, Currency: "EUR"}}}} {
			e, err := w.AddAs(ledger.Entry{ID: db.NewID(benchNow), RecordedAt: benchNow, EffectiveAt: benchNow, Kind: say.kind, Subject: string(id), Opportunity: string(id)}, say.fact)
			h.must(err)
			told = append(told, e)
		}
		o, _, err := deals.Fold(told, deals.Ever)
		h.must(err)
		p, err := penOf(w, o, library, told)
		h.must(err)
		h.must(p.Put(version, true))
		for _, m := range milestones[:i%8] {
			h.must(p.begin(Given, db.NewID(benchNow), Fact{Fact: deals.Fact{Name: string(m.ID), Value: m.Name}, Marker: m.Markers[0].ID, Proof: &Proof{Sort: NoteSort, Text: "Seen on site"}}))
			h.must(p.add(Claim, string(id), Fact{Fact: deals.Fact{Name: string(m.ID), Value: m.Name}}))
		}
		h.must(p.followStage())
		entries[id], fresh[id] = p.entries, true
		order, batch.standings[id] = append(order, id), &p.Standing
	}
	if err := deals.Rewrite(ctx, w.DB, entries, order, fresh); err != nil {
		return err
	}
	return settleMany(ctx, w.DB, batch.standings)
}

// next drafts a version in which a milestone was dropped for another one.
func (h *hall) next(round int) (mapping map[process.MilestoneID][]process.MilestoneID) {
	h.record(func(ctx context.Context, w *ledger.Writer) error {
		p, err := process.Find(ctx, w.DB, h.id)
		h.must(err)
		d := p.Draft.Copy()
		m := &d.Phases[1].Milestones[0]
		mapping = map[process.MilestoneID][]process.MilestoneID{m.ID: {process.MilestoneID(fmt.Sprint("next-", round))}}
		m.ID, m.Name = mapping[m.ID][0], fmt.Sprint("What it costs is known, said otherwise ", round)
		for i := range d.Phases {
			for j := range d.Phases[i].Milestones {
				after := d.Phases[i].Milestones[j].After
				for k := range after {
					if to, moved := mapping[after[k]]; moved {
						after[k] = to[0]
					}
				}
			}
		}
		for i := range m.Markers {
			m.Markers[i].ID = process.MarkerID(fmt.Sprint(m.ID, i))
		}
		_, err = process.SaveDraft(ctx, w, h.id, 0, d)
		return err
	})
	return mapping
}

// BenchmarkPublish publishes a version with many open deals, in one transaction.
func BenchmarkPublish(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			began := time.Now()
			h := newHall(b, kind, hallSize())
			b.Logf("making %d deals took %.1f s", hallSize(), time.Since(began).Seconds())
			round := 0
			for b.Loop() {
				round++
				mapping := h.next(round)
				began := time.Now()
				came := 0
				h.record(func(ctx context.Context, w *ledger.Writer) (err error) {
					if _, err = process.Publish(ctx, w, h.id, 0, mapping, ""); err != nil {
						return err
					}
					came, err = Migrate(ctx, w, h.id, nil)
					return err
				})
				b.Logf("%d deals came along in %.2f s", came, time.Since(began).Seconds())
			}
		})
	}
}
