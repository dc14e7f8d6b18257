// Package slice says what a capability brings to the program: its tables, its
// routes, its lines in the navigation, its jobs. The program's main package lists
// the slices; nothing registers itself.
package slice

import (
	"context"
	"io/fs"
	"log/slog"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/web"
)

// Slice is one capability as the program sees it.
type Slice struct {
	Name   string
	Schema fs.FS // nil when it has no tables
	Routes []web.Route
	Menu   []web.MenuItem
	Jobs   []jobs.Job
	// Commands are what the capability lets people do from anywhere.
	Commands []web.Command
	// Check compares the capability's tables with the ledger of an organization, for
	// milepost verify, and says in words where they differ; nil when there is nothing
	// to compare.
	Check func(ctx context.Context, d *db.DB, org db.Org) (differences []string, err error)
}

// Program is what the running program hands to every capability.
type Program struct {
	DB     *db.DB
	Clock  calendar.Clock
	Log    *slog.Logger
	Folder string // the data folder, for files
	// Stages names, in their order, the stages that work is meant to go through in the
	// organization that the handle is confined to; nil where nobody says so.
	Stages func(ctx context.Context, d *db.DB) ([]string, error)
}
