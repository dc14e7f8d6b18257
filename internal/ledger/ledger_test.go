package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
)

const org db.Org = "org-1"

func begin(t *testing.T, d *db.DB, org db.Org) *db.DB {
	t.Helper()
	confined := d.For(org)
	err := confined.InTx(t.Context(), func(tx *db.DB) error {
		if _, err := tx.Exec(t.Context(), `
			insert into organizations (org_id, name, time_zone, fiscal_start, currency, created_at)
			values ($1, $1, 'UTC', 1, 'EUR', 0)`, org); err != nil {
			return err
		}
		return ledger.Open(t.Context(), tx, org)
	})
	if err != nil {
		t.Fatal(err)
	}
	return confined
}

func record(ctx context.Context, d *db.DB, at calendar.Instant, names ...string) error {
	return ledger.Record(ctx, d, ledger.By{Actor: "kim", Via: ledger.ViaWeb, At: at}, func(w *ledger.Writer) error {
		for _, name := range names {
			if _, err := w.Add("thing.named", name, "", at, map[string]string{"name": name}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestChainVerifiesAndNamesTheFirstMisfit(t *testing.T) {
	damage := map[string]string{
		"it was changed":             `update entries set actor = 'lee' where org_id = $1 and sequence = 3`,
		"its content was changed":    `update entries set payload = '{}' where org_id = $1 and sequence = 3`,
		"entry 3 is missing":         `delete from entries where org_id = $1 and sequence = 3`,
		"no erasure was recorded":    `update entries set payload = '', salt = '' where org_id = $1 and sequence = 3`,
		"or an entry before it was":  `update entries set recorded_at = recorded_at + 1 where org_id = $1 and sequence = 3`,
		"but they end here":          `delete from entries where org_id = $1 and sequence = 5`,
		"holds 9 entries, but they ": `update ledger_heads set sequence = 9 where org_id = $1`,
	}
	for reason, statement := range damage {
		t.Run(reason, func(t *testing.T) {
			testdb.Each(t, func(t *testing.T, d *db.DB) {
				d = begin(t, d, org)
				if err := record(t.Context(), d, 10, "a", "b", "c"); err != nil {
					t.Fatal(err)
				}
				if err := record(t.Context(), d, 20, "d", "e"); err != nil {
					t.Fatal(err)
				}
				if n, err := ledger.Verify(t.Context(), d, org); err != nil || n != 5 {
					t.Fatalf("an untouched ledger: %d entries, %v", n, err)
				}
				if _, err := d.Exec(t.Context(), statement, org); err != nil {
					t.Fatal(err)
				}
				_, err := ledger.Verify(t.Context(), d, org)
				var misfit *ledger.Misfit
				if !errors.As(err, &misfit) || !strings.Contains(misfit.Reason, reason) {
					t.Errorf("after damage: %v, want a misfit that says %q", err, reason)
				}
			}, ledger.Schema)
		})
	}
}

func TestErasureEmptiesPayloadsAndKeepsTheChain(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = begin(t, d, org)
		if err := record(t.Context(), d, 10, "secret", "kept"); err != nil {
			t.Fatal(err)
		}
		by := ledger.By{Actor: "admin", Via: ledger.ViaWeb, At: 30}
		if err := ledger.Record(t.Context(), d, by, func(w *ledger.Writer) error {
			return ledger.Erase(t.Context(), w, "secret", []int64{1}, "asked for")
		}); err != nil {
			t.Fatal(err)
		}
		if n, err := ledger.Verify(t.Context(), d, org); err != nil || n != 3 {
			t.Errorf("after an erasure: %d entries, %v", n, err)
		}
		var payloads []string
		ledger.EachSince(t.Context(), d, org, 0, func(e *ledger.Entry) error {
			payloads = append(payloads, e.Payload)
			return nil
		})
		if payloads[0] != "" || payloads[1] != `{"name":"kept"}` {
			t.Errorf("payloads after the erasure: %q", payloads)
		}
	}, ledger.Schema)
}

func TestNothingIsRecordedWhenTheWorkFails(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = begin(t, d, org)
		wrong := errors.New("wrong")
		err := ledger.Record(t.Context(), d, ledger.By{At: 1}, func(w *ledger.Writer) error {
			w.Add("thing.named", "a", "", 1, nil)
			return wrong
		})
		if !errors.Is(err, wrong) {
			t.Errorf("the work's error came back as %v", err)
		}
		if head, _ := ledger.Head(t.Context(), d, org); head != 0 {
			t.Errorf("the ledger holds %d entries, want none", head)
		}
	}, ledger.Schema)
}

func TestSameIDTwiceIsRefused(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = begin(t, d, org)
		id := db.IDFrom(5, [10]byte{1})
		again := func() error {
			return ledger.Record(t.Context(), d, ledger.By{At: 1}, func(w *ledger.Writer) error {
				_, err := w.AddAs(ledger.Entry{ID: id, Kind: "thing.named", Subject: "a"}, nil)
				return err
			})
		}
		if err := again(); err != nil {
			t.Fatal(err)
		}
		if err := again(); err == nil {
			t.Error("the same entry was recorded twice")
		}
	}, ledger.Schema)
}

// Sixteen writers and a following reader at once: no gap, no duplicate, nothing
// skipped.
func TestWritersLeaveNoGapAndReadersSkipNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = begin(t, d, org)
		const writers, each = 16, 25
		var writing sync.WaitGroup
		for i := range writers {
			writing.Go(func() {
				for n := range each {
					if err := record(t.Context(), d, calendar.Instant(n), fmt.Sprintf("%d-%d", i, n), "more"); err != nil {
						t.Errorf("writer %d: %v", i, err)
					}
				}
			})
		}
		done := make(chan struct{})
		go func() { writing.Wait(); close(done) }()
		seen := follow(t, d, done)
		if len(seen) != writers*each*2 {
			t.Errorf("the reader saw %d entries, want %d", len(seen), writers*each*2)
		}
		for i, sequence := range seen {
			if sequence != int64(i+1) {
				t.Fatalf("the reader saw entry %d in place %d", sequence, i+1)
			}
		}
		if _, err := ledger.Verify(t.Context(), d, org); err != nil {
			t.Error(err)
		}
	}, ledger.Schema)
}

// follow reads by bookmark while others write, and once more after they are done.
func follow(t *testing.T, d *db.DB, done chan struct{}) []int64 {
	var seen []int64
	for last := false; ; {
		var batch []int64
		n, err := ledger.Follow(t.Context(), d, "reader", 7, func(_ *db.DB, entries []ledger.Entry) error {
			batch = batch[:0]
			for _, e := range entries {
				batch = append(batch, e.Sequence)
			}
			return nil
		})
		if err != nil {
			t.Errorf("following: %v", err)
			return seen
		}
		seen = append(seen, batch...)
		if n > 0 {
			continue
		}
		if last {
			return seen
		}
		select {
		case <-done:
			last = true
		default:
		}
	}
}

func TestOrganizationsNeverMeet(t *testing.T) {
	d := testdb.Open(t, db.Postgres, ledger.Schema)
	one, two := begin(t, d, "one"), begin(t, d, "two")
	if err := record(t.Context(), one, 1, "a"); err != nil {
		t.Fatal(err)
	}
	// The query forgets the organization; row-level security does not.
	count := func(d *db.DB) int {
		n, err := db.One[int](t.Context(), d, `select count(*) from entries`)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := [3]int{count(one), count(two), count(d.Everywhere())}; got != [3]int{1, 0, 1} {
		t.Errorf("entries seen by one, two and everywhere: %v, want [1 0 1]", got)
	}
	if changed, err := two.Exec(t.Context(), `delete from entries`); err != nil || changed != 0 {
		t.Errorf("one organization deleted %d entries of another (%v)", changed, err)
	}
}

// While one writer takes long, the others wait, and whoever reads does not.
func TestReadersDoNotWaitForWriters(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		d = begin(t, d, org)
		holds, release := make(chan struct{}), make(chan struct{})
		var writers sync.WaitGroup
		writers.Go(func() {
			err := ledger.Record(t.Context(), d, ledger.By{Actor: "kim", Via: ledger.ViaWeb, At: 1}, func(w *ledger.Writer) error {
				close(holds)
				<-release
				return nil
			})
			if err != nil {
				t.Errorf("the long one: %v", err)
			}
		})
		<-holds
		for range 60 {
			writers.Go(func() {
				if err := record(t.Context(), d, 2, "a"); err != nil {
					t.Errorf("one who waited: %v", err)
				}
			})
		}
		time.Sleep(100 * time.Millisecond)
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		head, err := ledger.Head(ctx, d, org)
		if err != nil || head != 0 {
			t.Errorf("meanwhile the head is %d: %v", head, err)
		}
		close(release)
		writers.Wait()
		if n, err := ledger.Verify(t.Context(), d, org); err != nil || n != 60 {
			t.Errorf("in the end: %d entries, %v", n, err)
		}
	}, ledger.Schema)
}
