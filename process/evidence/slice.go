package evidence

import (
	"context"
	"time"

	"milepost/activities"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
)

// Slice is what evidence brings to the program.
func Slice(p slice.Program) slice.Slice {
	s := &pages{Program: p, vault: activities.NewFileVault(p.Folder)}
	s.keeper = ledger.NewKeeper(p.DB, p.Log, Reader, 0, func(ctx context.Context, d *db.DB) error { return CatchUp(ctx, d, p.Clock()) })
	return slice.Slice{Name: "evidence", Schema: Schema, Routes: s.routes(), Check: Check,
		Jobs: []jobs.Job{{Name: "follow milestones", Every: time.Minute, Run: func(ctx context.Context, d *db.DB, now calendar.Instant) error {
			return CatchUp(ctx, d, now)
		}}}}
}
