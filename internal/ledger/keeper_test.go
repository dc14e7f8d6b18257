package ledger_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
)

// Whoever looks sees what was written just before; nobody waits for what takes long,
// and it is done once however many look.
func TestKeeperIsFreshAndPatientOnlyForAMoment(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = begin(t, d, org)
		var runs atomic.Int64
		held := make(chan struct{})
		catchUp := func(ctx context.Context, d *db.DB) error {
			if runs.Add(1); runs.Load() > 1 {
				<-held
			}
			_, err := ledger.Follow(ctx, d, "reader", 100, func(*db.DB, []ledger.Entry) error { return nil })
			return err
		}
		k := ledger.NewKeeper(d.Everywhere(), slog.New(slog.DiscardHandler), "reader", 3, catchUp)
		fresh := func(want int64) {
			t.Helper()
			if got, err := k.Freshen(t.Context(), org); err != nil || got != want {
				t.Errorf("%d entries behind, %v; want %d", got, err, want)
			}
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		fresh(0)
		must(record(t.Context(), d, 10, "a", "b"))
		fresh(0)
		fresh(0)
		must(record(t.Context(), d, 20, "c"))
		fresh(1) // after a moment
		must(record(t.Context(), d, 30, "d", "e", "f"))
		fresh(4) // at once: too far behind to wait for
		close(held)
		for range 200 {
			if n, err := ledger.Behind(t.Context(), d, "reader"); err == nil && n == 0 {
				return
			}
			if _, err := k.Freshen(t.Context(), org); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Errorf("not followed in the end, after %d runs", runs.Load())
	}, ledger.Schema)
}
