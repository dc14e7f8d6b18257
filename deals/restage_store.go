package deals

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

// Restaged is a deal that came under another version of a process, and what that made
// of its row.
type Restaged struct {
	ID         ID
	Process    string
	Stage      string
	StageSince calendar.Instant
	Staged     bool  // the stage is another one now
	Moved      bool  // the process is
	Version    int64 // sequence of its newest entry
}

// Restage writes the rows of deals of which nothing changed but process and stage. It
// touches no more columns than it has to: most of them have indexes.
func Restage(ctx context.Context, tx *db.DB, list []Restaged) error {
	var moved, staged, rest [][]any
	for _, r := range list {
		row := []any{string(tx.Org()), string(r.ID), r.Version}
		switch {
		case r.Moved:
			moved = append(moved, append(row, r.Stage, instant(r.StageSince), r.Process))
		case r.Staged:
			staged = append(staged, append(row, r.Stage, instant(r.StageSince)))
		default:
			rest = append(rest, row)
		}
	}
	key := []string{"org_id", "id"}
	if err := tx.UpdateMany(ctx, "opportunities", key, []string{"version", "stage", "stage_since", "process_id"}, moved); err != nil {
		return err
	}
	if err := tx.UpdateMany(ctx, "opportunities", key, []string{"version", "stage", "stage_since"}, staged); err != nil {
		return err
	}
	return tx.UpdateMany(ctx, "opportunities", key, []string{"version"}, rest)
}
