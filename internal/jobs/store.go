package jobs

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

func organizations(ctx context.Context, d *db.DB) ([]db.Org, error) {
	return db.All[db.Org](ctx, d, `select org_id from organizations order by org_id`)
}

// claim takes a job for this run when it is due, so that two programs on one
// database do not both run it.
func claim(ctx context.Context, d *db.DB, job Job, now calendar.Instant) (bool, error) {
	changed, err := d.Exec(ctx, `
		insert into job_runs (org_id, job, began_at) values ($1, $2, $3)
		on conflict (org_id, job) do update set began_at = $3, ended_at = null, problem = ''
		where job_runs.began_at <= $4`, d.Org(), job.Name, now, now.Add(-job.Every))
	return changed > 0, err
}

func finish(ctx context.Context, d *db.DB, job string, at calendar.Instant, problem string) error {
	_, err := d.Exec(ctx, `
		update job_runs set ended_at = $3, problem = $4
		where org_id = $1 and job = $2`, d.Org(), job, at, problem)
	return err
}

// Runs lists the last run of every job in an organization.
func Runs(ctx context.Context, d *db.DB, org db.Org) ([]Run, error) {
	return db.All[Run](ctx, d, `
		select job, began_at, coalesce(ended_at, 0) as ended_at, problem
		from job_runs
		where org_id = $1
		order by job`, org)
}
