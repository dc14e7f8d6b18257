package evidence

import (
	"context"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/slice"
)

// Slice is what evidence brings to the program.
func Slice(slice.Program) slice.Slice {
	return slice.Slice{Name: "evidence", Schema: Schema,
		Jobs: []jobs.Job{{Name: "follow milestones", Every: time.Minute, Run: func(ctx context.Context, d *db.DB, now calendar.Instant) error {
			return CatchUp(ctx, d, now)
		}}}}
}
