// Package imports brings in what an organization knows already: the log of its past
// deals, so that on the first day there is a pipeline to look at, a story behind
// each deal, and a history to forecast from.
//
// A history is read twice over. First every line is read, checked by itself and put
// into order on disk; nothing is written, so a damaged file leaves no trace. Then
// deal by deal, in batches that are each one transaction, the facts become entries
// of the ledger with the instants of the file. A fact's id is made from what it
// says, which is why a file that is imported twice adds nothing, a file that
// overlaps adds what is new, and an import that was cut off is simply started again.
package imports

import (
	"context"
	"embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/money"
	"milepost/people"
)

// Schema holds the table of imports.
//
//go:embed schema
var Schema embed.FS

// Import is one file on its way into an organization's ledger.
type Import struct {
	Program slice.Program
	Org     people.Organization // its ID is empty while there is none yet: see Found
	Actor   people.ID           // who asked for it; empty at the command line
	Name    string              // of the file
	Strict  bool                // take nothing if one line is bad
	// Found makes the organization when there is something to take and Org is empty;
	// it is told the commonest currency of the file.
	Found func(context.Context, money.Currency) (people.Organization, error)
	// Progress is told, often, how far the import is. It must return quickly.
	Progress func(Progress)

	began   calendar.Instant
	read    *counter
	size    int64
	facts   *sorter
	rejects *rejects
	names   names
	sum     Summary
	most    limits
}

// limits are what tests make smaller.
type limits struct {
	room       int   // bytes of facts that are sorted in memory
	expanded   int64 // bytes of text in a packed file
	batchDeals int
	batchFacts int
	batchBytes int
	dealBytes  int // of one deal's facts in one file
}

var usualLimits = limits{room: sortRoom, expanded: maxExpanded, batchDeals: 1000, batchFacts: 10_000,
	batchBytes: 8 << 20, dealBytes: 64 << 20}

// Summary is what came of an import.
type Summary struct {
	File           string
	Taken          int64 // facts that are new in the ledger
	AlreadyThere   int64 // facts that the ledger held before
	Rejected       int64 // lines that could not be taken
	DealsNew       int64
	DealsChanged   int64
	People         int64 // made
	Accounts       int64 // made
	AfterOutcome   int64 // facts taken that are dated after their deal's outcome
	BeforeCreation int64 // facts taken that are dated before their deal's creation
	SharedNames    []string
	Refused        bool // strict, and something was rejected: nothing was written
	Took           time.Duration
	Rejects        string // path of the file of rejected lines, if there are any
}

// NothingTaken tells whether the file left nothing in the ledger.
func (s Summary) NothingTaken() bool { return s.Refused || s.Taken+s.AlreadyThere == 0 }

// Run imports the file. An error means that the import stopped: what was written
// before stays, whole deals each, and the same file continues where it stopped.
func (i *Import) Run(ctx context.Context, in io.Reader, size int64) (Summary, error) {
	i.prepare(in, size)
	if err := os.MkdirAll(i.folder(), 0o700); err != nil {
		return i.sum, fmt.Errorf("the folder for imports cannot be made: %w", err)
	}
	i.facts, i.rejects = newSorter(i.folder(), i.most.room), newRejects(i.folder())
	defer i.facts.close()
	defer i.rejects.sorter.close()
	if err := i.readAll(ctx); err != nil {
		return i.sum, err
	}
	if i.Strict {
		if err := i.eachBatch(ctx, i.judgeOnly); err != nil {
			return i.sum, err
		}
		i.sum.Refused = i.rejects.count > 0
	}
	if !i.sum.Refused {
		if err := i.eachBatch(ctx, i.take); err != nil {
			return i.sum, err
		}
	}
	return i.sum, i.finish()
}

func (i *Import) prepare(in io.Reader, size int64) {
	i.began = i.Program.Clock()
	i.read, i.size = &counter{in: in}, size
	i.sum = Summary{File: i.Name}
	i.names = newNames()
	if i.most == (limits{}) {
		i.most = usualLimits
	}
	if i.Progress == nil {
		i.Progress = func(Progress) {}
	}
}

// folder is where imports keep their files: <data>/imports.
func (i *Import) folder() string { return filepath.Join(i.Program.Folder, "imports") }

// finish writes the rejects beside the data and closes the account.
func (i *Import) finish() error {
	i.sum.Rejected = i.rejects.count
	i.sum.Took = i.Program.Clock().Sub(i.began)
	if i.rejects.count == 0 {
		return nil
	}
	name := i.began.Time().Format("2006-01-02T15-04-05") + "-" + plainName(i.Name)
	path := filepath.Join(i.folder(), name+"-rejects.csv")
	for n := 2; exists(path); n++ {
		path = filepath.Join(i.folder(), fmt.Sprintf("%s-%d-rejects.csv", name, n))
	}
	if err := i.rejects.write(path); err != nil {
		return fmt.Errorf("the file of rejected lines cannot be written: %w", err)
	}
	i.sum.Rejects = path
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// plainName is a file's name without what file systems dislike, and without the
// endings that say how it is packed.
func plainName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".csv")
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
	if len(name) > 60 {
		name = name[:60]
	}
	return strings.Trim(name, "-")
}

// handle is the database, confined to the organization.
func (i *Import) handle() *db.DB { return i.Program.DB.For(i.Org.ID) }
