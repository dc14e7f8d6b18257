// Package jobs runs what recurs without a person: freezing forecasts, cleaning up.
// A job is run for each organization when it is due; its last run, and what went
// wrong, are kept where an administrator can read them.
package jobs

import (
	"context"
	"embed"
	"log/slog"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
)

// Schema holds the table of runs.
//
//go:embed schema
var Schema embed.FS

// Job is something that recurs. Run must be idempotent: it is run again when a run
// was cut off.
type Job struct {
	Name  string
	Every time.Duration
	// Run works for one organization, to which the handle is confined.
	Run func(ctx context.Context, d *db.DB, now calendar.Instant) error
}

// Run is the last run of a job in an organization.
type Run struct {
	Job     string           `db:"job"`
	BeganAt calendar.Instant `db:"began_at"`
	EndedAt calendar.Instant `db:"ended_at"` // 0 while it runs, or when it was cut off
	Problem string           `db:"problem"`
}

// Runner runs jobs when they are due.
type Runner struct {
	DB    *db.DB
	Clock calendar.Clock
	Log   *slog.Logger
	Jobs  []Job
}

// Serve looks every minute for what is due, until the context ends.
func (r *Runner) Serve(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		r.RunDue(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// RunDue runs every job that is due now, in every organization, one after another.
func (r *Runner) RunDue(ctx context.Context) {
	orgs, err := organizations(ctx, r.DB.Everywhere())
	if err != nil {
		if ctx.Err() == nil {
			r.Log.Error("listing organizations for jobs", "error", err)
		}
		return
	}
	for _, org := range orgs {
		for _, job := range r.Jobs {
			if ctx.Err() != nil {
				return
			}
			r.runIfDue(ctx, r.DB.For(org), job)
		}
	}
}

func (r *Runner) runIfDue(ctx context.Context, d *db.DB, job Job) {
	now := r.Clock()
	due, err := claim(ctx, d, job, now)
	if err != nil || !due {
		if err != nil && ctx.Err() == nil {
			r.Log.Error("claiming a job", "job", job.Name, "error", err)
		}
		return
	}
	problem := ""
	if err := job.Run(ctx, d, now); err != nil {
		problem = err.Error()
		if ctx.Err() == nil { // else the program is being stopped, and the job begins again at the next start
			r.Log.Error("a job failed", "job", job.Name, "organization", d.Org(), "error", err)
		}
	}
	if err := finish(context.WithoutCancel(ctx), d, job.Name, r.Clock(), problem); err != nil {
		r.Log.Error("noting the end of a job", "job", job.Name, "error", err)
	}
}
