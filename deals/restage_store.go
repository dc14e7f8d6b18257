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
	for _, r := range list {
		var err error
		switch {
		case r.Moved:
			_, err = tx.Exec(ctx, `
				update opportunities set version = $3, stage = $4, stage_since = $5, process_id = $6
				where org_id = $1 and id = $2`, tx.Org(), r.ID, r.Version, r.Stage, instant(r.StageSince), r.Process)
		case r.Staged:
			_, err = tx.Exec(ctx, `
				update opportunities set version = $3, stage = $4, stage_since = $5
				where org_id = $1 and id = $2`, tx.Org(), r.ID, r.Version, r.Stage, instant(r.StageSince))
		default:
			_, err = tx.Exec(ctx, `
				update opportunities set version = $3
				where org_id = $1 and id = $2`, tx.Org(), r.ID, r.Version)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
