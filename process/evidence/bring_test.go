package evidence

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// rows are the rows of a table of this room, as text, in order.
func (h *hall) rows(table string, columns []string) []string {
	h.b.Helper()
	fields := "''"
	for _, c := range columns {
		fields += " || '|' || " + c
	}
	list, err := db.All[string](h.b.Context(), h.d, `select `+fields+` from `+table+` where org_id = $1`, h.d.Org())
	h.must(err)
	slices.Sort(list)
	return list
}

func (h *hall) tables() map[string][]string {
	return map[string][]string{"deal_milestones": h.rows("deal_milestones", milestoneColumns), "evidence": h.rows("evidence", itemColumns),
		"deal_processes": h.rows("deal_processes", []string{"deal_id", "process_id", "number", "since"})}
}

// What is written when deals come along is what their entries come to: nothing less,
// though no more is written than changed.
func TestBringWritesWhatTheEntriesComeTo(t *testing.T) {
	inPartsOf(t, 7)
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			h := newHall(t, kind, 24)
			for round, to := range []func(process.MilestoneID, process.MilestoneID) []process.MilestoneID{
				func(is, _ process.MilestoneID) []process.MilestoneID { return []process.MilestoneID{is} },
				func(is, other process.MilestoneID) []process.MilestoneID { return []process.MilestoneID{is, other} },
				func(process.MilestoneID, process.MilestoneID) []process.MilestoneID { return nil },
			} {
				mapping := h.next(round)
				for from, is := range mapping {
					p, err := process.Find(t.Context(), h.d, h.id)
					h.must(err)
					mapping[from] = to(is[0], p.Draft.Phases[1].Milestones[1].ID)
				}
				h.record(func(ctx context.Context, w *ledger.Writer) error {
					if _, err := process.Publish(ctx, w, h.id, 0, mapping, ""); err != nil {
						return err
					}
					n, err := Migrate(ctx, w, h.id, nil)
					if n != 24 {
						t.Errorf("round %d: %d deals came along", round, n)
					}
					return err
				})
				h.sameAsFolded(fmt.Sprint("round ", round))
			}
		})
	}
}

// sameAsFolded fails unless the tables hold what folding every deal anew writes.
func (h *hall) sameAsFolded(when string) {
	h.b.Helper()
	written := h.tables()
	library, err := process.ReadLibrary(h.b.Context(), h.d)
	h.must(err)
	ids, err := db.All[deals.ID](h.b.Context(), h.d, `select id from opportunities where org_id = $1`, h.d.Org())
	h.must(err)
	standings := map[deals.ID]*Standing{}
	for _, id := range ids {
		s, err := Read(h.b.Context(), h.d, library, id)
		h.must(err)
		standings[id] = &s
	}
	h.must(h.d.InTx(h.b.Context(), func(tx *db.DB) error { return settleMany(h.b.Context(), tx, standings) }))
	for table, folded := range h.tables() {
		if !slices.Equal(written[table], folded) {
			h.b.Errorf("%s: %s holds %d rows, other than the %d that the entries come to", when, table, len(written[table]), len(folded))
		}
	}
	differences, err := deals.Check(h.b.Context(), h.d, h.d.Org())
	h.must(err)
	for _, d := range differences {
		h.b.Errorf("%s: %s", when, d)
	}
}

// inPartsOf lets few deals make a part.
func inPartsOf(t *testing.T, few int) {
	usual := atOnce
	atOnce = few
	t.Cleanup(func() { atOnce = usual })
}

// A publication that is cut off in the middle leaves everything as it was, and the next
// one finds nothing in its way.
func TestBringThatIsCutOff(t *testing.T) {
	inPartsOf(t, 5)
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			h := newHall(t, kind, 24)
			mapping, before := h.next(0), h.tables()
			publish := func(ctx context.Context, told func(done, all int)) (came int, err error) {
				err = ledger.Record(ctx, h.d, ledger.By{Via: ledger.ViaWeb, At: benchNow}, func(w *ledger.Writer) error {
					if _, err := process.Publish(ctx, w, h.id, 0, mapping, ""); err != nil {
						return err
					}
					came, err = Migrate(ctx, w, h.id, told)
					return err
				})
				return came, err
			}
			ctx, cut := context.WithCancel(t.Context())
			_, err := publish(ctx, func(done, all int) {
				if done == 10 && all == 24 {
					cut()
				}
			})
			if err == nil {
				t.Error("it was not cut off")
			}
			for table, rows := range h.tables() {
				if !slices.Equal(rows, before[table]) {
					t.Errorf("%s is not as it was", table)
				}
			}
			h.sameAsFolded("after it was cut off")
			if came, err := publish(t.Context(), nil); err != nil || came != 24 {
				t.Errorf("afterwards %d came along: %v", came, err)
			}
			h.sameAsFolded("afterwards")
		})
	}
}
