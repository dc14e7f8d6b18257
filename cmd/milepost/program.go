package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"milepost/accounts"
	"milepost/activities"
	"milepost/board"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/forecasts/changes"
	"milepost/forecasts/record"
	"milepost/forecasts/reference"
	"milepost/imports"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/monday"
	"milepost/money/rates"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/editor"
	"milepost/process/evidence"
	"milepost/process/past"
	"milepost/process/plans"
	"milepost/process/triad"
	"milepost/products"
	"milepost/search"
	"milepost/targets"
	"milepost/views"
)

type writer = io.Writer

// streams are where a command writes: answers to Out, progress to Err.
type streams struct{ Out, Err writer }

// capabilities lists what the program is made of. To add a capability is to add
// its folder, and its line here.
func capabilities(p slice.Program) []slice.Slice {
	p.Stages = process.PhaseNames
	memory := &forecasts.Memory{} // the history of deals, held once for all who ask
	return []slice.Slice{
		{Name: "ledger", Schema: ledger.Schema},
		{Name: "jobs", Schema: jobs.Schema},
		people.Slice(p),
		rates.Slice(p),
		views.Slice(p),
		{Name: "bulk", Schema: bulk.Schema},
		deals.Storied(p, []deals.Teller{accounts.TellDeal}, evidence.PanelPath, activities.DealPanel, triad.DealPanel, calls.DealPanel, plans.DealPanel, products.DealPanel, forecasts.DealPanel, accounts.DealPanel),
		products.Slice(p),
		accounts.Slice(p),
		activities.Slice(p, evidence.Keeps),
		{Name: "process", Schema: process.Schema, Check: process.Check},
		evidence.Slice(p),
		triad.Slice(p),
		plans.Slice(p),
		editor.Slice(p),
		past.Slice(p),
		audits.Slice(p),
		targets.Slice(p),
		calls.Slice(p),
		forecasts.Slice(p, memory),
		changes.Slice(p, memory),
		reference.Slice(p, memory.Taught, forecasts.KeptByTable),
		record.Slice(p, memory),
		board.Slice(p),
		monday.Slice(p, memory, calls.DayPanel),
		imports.Slice(p),
		search.Slice(p),
	}
}

// store is the flags by which a command finds its data.
type store struct {
	Data     string `help:"Folder that holds the data." type:"path" default:"${data}" env:"MILEPOST_DATA"`
	Database string `help:"A PostgreSQL address (postgres://...) to use instead of the file in the data folder." env:"MILEPOST_DATABASE" placeholder:"ADDRESS"`
}

// defaultFolder is where data is kept when nobody says otherwise.
func defaultFolder(name string) string {
	base := os.Getenv("XDG_DATA_HOME")
	if base == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			home = "."
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "milepost", name)
}

// open opens the database, making it where there is none, and brings its schema up
// to date.
func (s store) open(ctx context.Context, log *slog.Logger) (slice.Program, error) {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return slice.Program{}, fmt.Errorf("the data folder %s cannot be made: %w", s.Data, err)
	}
	d, err := s.connect(ctx)
	if err != nil {
		return slice.Program{}, err
	}
	p := slice.Program{DB: d, Clock: calendar.SystemClock(), Log: log, Folder: s.Data}
	if err := d.Migrate(ctx, schemas(p)...); err != nil {
		d.Close()
		return slice.Program{}, err
	}
	return p, nil
}

// existing opens a database that must be there already, for commands that read.
func (s store) existing(ctx context.Context, log *slog.Logger) (slice.Program, error) {
	if s.Database == "" {
		if _, err := os.Stat(filepath.Join(s.Data, db.FileName)); err != nil {
			return slice.Program{}, fmt.Errorf("there is no Milepost data in %s; name the folder with --data", s.Data)
		}
	}
	return s.open(ctx, log)
}

func (s store) connect(ctx context.Context) (*db.DB, error) {
	if s.Database == "" {
		return db.OpenSQLite(ctx, s.Data)
	}
	if !strings.HasPrefix(s.Database, "postgres://") && !strings.HasPrefix(s.Database, "postgresql://") {
		return nil, fmt.Errorf("--database wants an address like postgres://user:password@host/name")
	}
	return db.OpenPostgres(ctx, s.Database)
}

func schemas(p slice.Program) []fs.FS {
	var list []fs.FS
	for _, s := range capabilities(p) {
		if s.Schema != nil {
			list = append(list, s.Schema)
		}
	}
	return list
}

// organization chooses the organization that a command works on: the one named by
// its name or id, or the only one there is.
func organization(ctx context.Context, p slice.Program, named string) (people.Organization, error) {
	all, err := people.Organizations(ctx, p.DB.Everywhere())
	if err != nil {
		return people.Organization{}, err
	}
	var names []string
	for _, o := range all {
		if named != "" && (string(o.ID) == named || people.Key(o.Name) == people.Key(named)) || named == "" && len(all) == 1 {
			return o, nil
		}
		names = append(names, o.Name)
	}
	switch {
	case len(all) == 0:
		return people.Organization{}, fmt.Errorf("there is no organization in this data yet; import a history, or start milepost serve and set one up")
	case named == "":
		return people.Organization{}, fmt.Errorf("there are several organizations here (%s); say which with --organization", strings.Join(names, ", "))
	}
	return people.Organization{}, fmt.Errorf("there is no organization called %q here; there is: %s", named, strings.Join(names, ", "))
}
