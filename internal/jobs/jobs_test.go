package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
)

func organization(t *testing.T, d *db.DB, org db.Org) {
	t.Helper()
	if _, err := d.For(org).Exec(t.Context(), `
		insert into organizations (org_id, name, time_zone, fiscal_start, currency, created_at)
		values ($1, $1, 'UTC', 1, 'EUR', 0)`, org); err != nil {
		t.Fatal(err)
	}
}

func TestJobsRunWhenTheyAreDueInEveryOrganization(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		organization(t, d, "one")
		organization(t, d, "two")
		now := calendar.Instant(1_000_000_000)
		ran := map[db.Org]int{}
		runner := &jobs.Runner{DB: d, Clock: func() calendar.Instant { return now }, Log: slog.New(slog.DiscardHandler),
			Jobs: []jobs.Job{{Name: "count", Every: time.Hour, Run: func(_ context.Context, d *db.DB, at calendar.Instant) error {
				ran[d.Org()]++
				return nil
			}}}}
		for _, step := range []struct {
			later time.Duration
			want  int
		}{{0, 1}, {time.Minute, 1}, {58 * time.Minute, 1}, {time.Minute, 2}} {
			now = now.Add(step.later)
			runner.RunDue(t.Context())
			if ran["one"] != step.want || ran["two"] != step.want {
				t.Errorf("%v later: ran %v, want %d in each", step.later, ran, step.want)
			}
		}
	}, ledger.Schema, jobs.Schema)
}

func TestAFailureIsKeptForTheAdministratorAndTheJobRunsAgain(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		organization(t, d, "one")
		now, wrong := calendar.Instant(1_000_000_000), errors.New("the disk is full")
		runner := &jobs.Runner{DB: d, Clock: func() calendar.Instant { return now }, Log: slog.New(slog.DiscardHandler),
			Jobs: []jobs.Job{{Name: "fail", Every: time.Hour, Run: func(context.Context, *db.DB, calendar.Instant) error { return wrong }}}}
		last := func() jobs.Run {
			runs, err := jobs.Runs(t.Context(), d.For("one"), "one")
			if err != nil || len(runs) != 1 {
				t.Fatalf("runs: %v, %v", runs, err)
			}
			return runs[0]
		}
		runner.RunDue(t.Context())
		if run := last(); run.Problem != "the disk is full" || run.EndedAt != now {
			t.Errorf("after a failure: %+v", run)
		}
		now, wrong = now.Add(time.Hour), nil
		runner.RunDue(t.Context())
		if run := last(); run.Problem != "" || run.BeganAt != now {
			t.Errorf("after it went well: %+v", run)
		}
	}, ledger.Schema, jobs.Schema)
}

// Two programs on one database do not both run a job.
func TestAJobIsClaimedOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		organization(t, d, "one")
		now, ran := calendar.Instant(1_000_000_000), make(chan bool, 100)
		runner := func() *jobs.Runner {
			return &jobs.Runner{DB: d, Clock: calendar.Stopped(now), Log: slog.New(slog.DiscardHandler),
				Jobs: []jobs.Job{{Name: "once", Every: time.Hour, Run: func(context.Context, *db.DB, calendar.Instant) error {
					ran <- true
					return nil
				}}}}
		}
		done := make(chan bool)
		for range 4 {
			go func() { runner().RunDue(t.Context()); done <- true }()
		}
		for range 4 {
			<-done
		}
		if len(ran) != 1 {
			t.Errorf("the job ran %d times", len(ran))
		}
	}, ledger.Schema, jobs.Schema)
}
