package imports

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
)

const org db.Org = "org-1"

// now is when everything in these tests happens.
var now = at("2026-11-21T12:00:00Z")

func at(text string) calendar.Instant {
	i, err := calendar.ParseInstant(text)
	if err != nil {
		panic(err)
	}
	return i
}

var schemas = []fs.FS{ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, Schema}

// world is a database with one organization, and a data folder.
type world struct {
	slice.Program
	org people.Organization
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{Program: slice.Program{DB: d, Clock: calendar.Stopped(now), Log: slog.New(slog.DiscardHandler), Folder: t.TempDir()}}
	var err error
	w.org, err = people.Found(t.Context(), d, people.Organization{ID: org, Name: "Ours", TimeZone: "Europe/Amsterdam",
		FiscalStart: 1, Currency: "EUR", CreatedAt: at("2026-01-01T00:00:00Z")})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// each runs a test in a world on every database.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, newWorld(t, d)) }, schemas...)
}

func (w *world) d() *db.DB { return w.DB.For(org) }

// take imports a text, which begins below the header.
func (w *world) take(t testing.TB, lines ...string) Summary {
	t.Helper()
	sum, err := w.try(t, w.fresh(), header+"\n"+strings.Join(lines, "\n")+"\n")
	if err != nil {
		t.Fatalf("importing: %v", err)
	}
	return sum
}

func (w *world) fresh() *Import { return &Import{Program: w.Program, Org: w.org, Name: "test.csv"} }

func (w *world) try(t testing.TB, i *Import, text string) (Summary, error) {
	t.Helper()
	return Conduct(t.Context(), i, strings.NewReader(text), int64(len(text)))
}

// rejected gives the rejects file as lines without its header.
func rejected(t testing.TB, sum Summary) []string {
	t.Helper()
	if sum.Rejects == "" {
		return nil
	}
	text, err := os.ReadFile(sum.Rejects)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
}

// log finds one of the shared real logs, or skips the test aloud.
func realLog(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("../../shared/data/" + name)
	if err != nil {
		t.Skip("SKIPPED: the log is not here: " + err.Error())
	}
	return text
}

// foundNew is how an import makes its organization.
func (w *world) foundNew() func(context.Context, money.Currency) (people.Organization, error) {
	return func(ctx context.Context, in money.Currency) (people.Organization, error) {
		return people.Found(ctx, w.DB, people.Organization{Name: "New", TimeZone: "UTC", FiscalStart: 1, Currency: in, CreatedAt: now})
	}
}

func reader(text []byte) *bytes.Reader { return bytes.NewReader(text) }

// deal reads a deal by its id in the log.
func (w *world) deal(t testing.TB, external string) deals.Opportunity {
	t.Helper()
	ids, err := deals.ByExternalID(t.Context(), w.d(), org, []string{external})
	if err != nil {
		t.Fatal(err)
	}
	o, err := deals.Find(t.Context(), w.d(), org, ids[external])
	if err != nil {
		t.Fatalf("the deal %s: %v", external, err)
	}
	return o
}

// verify checks the ledger's chain.
func (w *world) verify(t testing.TB) {
	t.Helper()
	if _, err := ledger.Verify(t.Context(), w.d(), org); err != nil {
		t.Errorf("the ledger: %v", err)
	}
}

type instant = calendar.Instant

// newWorldBeside makes another world of the same kind of database.
func newWorldBeside(t *testing.T, w *world) *world {
	t.Helper()
	return newWorld(t, testdb.Open(t, w.DB.Kind(), schemas...))
}

func (w *world) newest(t testing.TB) Run {
	t.Helper()
	runs, err := latestRuns(t.Context(), w.d(), now+1, 1)
	if err != nil || len(runs) == 0 {
		t.Fatalf("no run: %v", err)
	}
	return runs[0]
}
