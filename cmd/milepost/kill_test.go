package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

const (
	writerEnv  = "MILEPOST_TEST_WRITER" // the store that a child of this test writes to
	killedOrg  = db.Org("00000000-0000-7000-8000-000000000001")
	killRounds = 50
)

func TestMain(m *testing.M) {
	if where := os.Getenv(writerEnv); where != "" {
		writeUntilKilled(where)
		return
	}
	os.Exit(m.Run())
}

// storeAt names a data folder or an address.
func storeAt(where string) store {
	if strings.HasPrefix(where, "postgres:") {
		return store{Data: os.TempDir(), Database: where}
	}
	return store{Data: where}
}

// writeUntilKilled writes deals from four sides and prints the id of each that the
// database has acknowledged.
func writeUntilKilled(where string) {
	ctx := context.Background()
	p, err := storeAt(where).open(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		fmt.Println("error", err)
		return
	}
	var printing sync.Mutex
	var writing sync.WaitGroup
	for range 4 {
		writing.Go(func() {
			for {
				id, err := writeOne(ctx, p)
				printing.Lock()
				if err != nil {
					fmt.Println("error", err)
				} else {
					fmt.Println("done", id)
				}
				printing.Unlock()
			}
		})
	}
	writing.Wait()
}

// writeOne opens a deal and moves it, in two transactions; its id is given when both
// are committed.
func writeOne(ctx context.Context, p slice.Program) (deals.ID, error) {
	by := ledger.By{Via: ledger.ViaWeb, At: p.Clock()}
	var made deals.Opportunity
	err := ledger.Record(ctx, p.DB.For(killedOrg), by, func(w *ledger.Writer) (err error) {
		account, err := deals.EnsureAccount(ctx, w, fmt.Sprint("Account ", rand.IntN(50)))
		if err != nil {
			return err
		}
		made, err = deals.Open(ctx, w,
			deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: strings.Repeat("A long title. ", 1+rand.IntN(40))}},
			deals.Change{Kind: deals.AccountSet, Fact: deals.Fact{Account: account}},
			deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "first"}})
		return err
	})
	if err != nil {
		return "", err
	}
	return made.ID, ledger.Record(ctx, p.DB.For(killedOrg), by, func(w *ledger.Writer) error {
		_, err := deals.Record(ctx, w, made.ID, made.Version,
			deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "second"}},
			deals.Change{Kind: deals.AttributeSet, Fact: deals.Fact{Name: "source", Value: "referral"}})
		return err
	})
}

// A program that is killed in the middle of writes, fifty times in a row, loses
// nothing that it acknowledged, and leaves a ledger that verifies and tables that
// agree with it.
func TestKilledInTheMiddleOfWrites(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			where := t.TempDir()
			if kind == db.Postgres {
				where = testdb.PostgresAddress(t)
			}
			p, err := storeAt(where).open(t.Context(), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			defer p.DB.Close()
			if _, err := people.Found(t.Context(), p.DB, people.Organization{ID: killedOrg, Name: "Killed",
				TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: calendar.Instant(1)}); err != nil {
				t.Fatal(err)
			}
			acknowledged := 0
			for round := range killRounds {
				ids := killAWriter(t, where)
				acknowledged += len(ids)
				mustHold(t, p.DB, ids)
				if _, err := ledger.Verify(t.Context(), p.DB, killedOrg); err != nil {
					t.Fatalf("after round %d: %v", round+1, err)
				}
			}
			if acknowledged < killRounds {
				t.Errorf("only %d writes were acknowledged in %d rounds: too few to show anything", acknowledged, killRounds)
			}
			differences, err := deals.Check(t.Context(), p.DB, killedOrg)
			if err != nil || len(differences) > 0 {
				t.Errorf("the tables differ from the ledger: %v %v", differences, err)
			}
			t.Logf("%d acknowledged writes, all there", acknowledged)
		})
	}
}

// killAWriter starts a writer, kills it at a random moment after its first
// acknowledgement, and gives the ids that it acknowledged.
func killAWriter(t *testing.T, where string) []deals.ID {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), writerEnv+"="+where)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	var ids []deals.ID
	for kill := (<-chan time.Time)(nil); ; {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			break // killed; a line cut in half was not acknowledged
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if err != nil || word != "done" {
			child.Process.Kill()
			t.Fatalf("the writer said %q (%v)", line, err)
		}
		ids = append(ids, deals.ID(rest))
		if kill == nil {
			kill = time.After(time.Duration(rand.IntN(120)) * time.Millisecond)
			go func() {
				<-kill
				child.Process.Kill() // SIGKILL
			}()
		}
	}
	child.Wait()
	return ids
}

func mustHold(t *testing.T, d *db.DB, ids []deals.ID) {
	t.Helper()
	for _, id := range ids {
		o, err := deals.Find(t.Context(), d.For(killedOrg), killedOrg, id)
		if err != nil || o.Stage != "second" {
			t.Fatalf("the acknowledged deal %s is not as it was written: stage %q, %v", id, o.Stage, err)
		}
	}
}
