package imports

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

const runFields = `i.id, i.file, i.size, i.actor, coalesce(p.name, '') as actor_name, i.via, i.strict, i.state,
	i.began_at, i.beat_at, coalesce(i.ended_at, 0) as ended_at, i.writing, i.bytes_read, i.facts, i.facts_done,
	i.taken, i.already_there, i.rejected, i.deals_new, i.deals_changed, i.people_made, i.accounts_made,
	i.after_outcome, i.before_creation, i.refused, i.shared_names, i.took_ms, i.rejects, i.problem, i.worker`

const fromRuns = `
	from imports i
	left join people p on p.org_id = i.org_id and p.id = i.actor`

// latestRuns lists imports, the newest first, at most so many of those that began
// before an instant.
func latestRuns(ctx context.Context, d *db.DB, before calendar.Instant, most int) ([]Run, error) {
	return db.All[Run](ctx, d, `
		select `+runFields+fromRuns+`
		where i.org_id = $1 and i.began_at < $2
		order by i.began_at desc, i.id desc
		limit $3`, d.Org(), before, most)
}

func runOf(ctx context.Context, d *db.DB, id string) (Run, error) {
	return db.One[Run](ctx, d, `
		select `+runFields+fromRuns+`
		where i.org_id = $1 and i.id = $2`, d.Org(), id)
}

func runningNow(ctx context.Context, d *db.DB) ([]Run, error) {
	return db.All[Run](ctx, d, `
		select `+runFields+fromRuns+`
		where i.org_id = $1 and i.state = 'running'`, d.Org())
}

// endSilent ends a run that gives no sign of life any more.
func endSilent(ctx context.Context, tx *db.DB, id string, now calendar.Instant) error {
	_, err := tx.Exec(ctx, `
		update imports set state = 'interrupted', ended_at = $3
		where org_id = $1 and id = $2`, tx.Org(), id, now)
	return err
}

// insertRun notes a run that begins, or begins again.
func insertRun(ctx context.Context, tx *db.DB, r *Run) error {
	_, err := tx.Exec(ctx, `
		insert into imports (org_id, id, file, size, actor, via, strict, state, began_at, beat_at, worker)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (org_id, id) do update set
			state = excluded.state, began_at = excluded.began_at, beat_at = excluded.beat_at, actor = excluded.actor,
			worker = excluded.worker,
			ended_at = null, writing = 0, bytes_read = 0, facts = 0, facts_done = 0, problem = ''`,
		tx.Org(), r.ID, r.File, r.Size, r.Actor, r.Via, flag(r.Strict), r.State, r.BeganAt, r.BeatAt, r.Worker)
	return err
}

func updateProgress(ctx context.Context, d *db.DB, id string, p Progress, now calendar.Instant) error {
	_, err := d.Exec(ctx, `
		update imports set beat_at = $3, writing = $4, bytes_read = $5, facts = $6, facts_done = $7
		where org_id = $1 and id = $2 and state = 'running'`,
		d.Org(), id, now, flag(p.Writing), p.Read, p.Facts, p.Done)
	return err
}

func finishRun(ctx context.Context, d *db.DB, r *Run) error {
	_, err := d.Exec(ctx, `
		update imports set state = $3, ended_at = $4, taken = $5, already_there = $6, rejected = $7, deals_new = $8,
			deals_changed = $9, people_made = $10, accounts_made = $11, after_outcome = $12, before_creation = $13,
			refused = $14, shared_names = $15, took_ms = $16, rejects = $17, problem = $18
		where org_id = $1 and id = $2`,
		d.Org(), r.ID, r.State, r.EndedAt, r.Taken, r.AlreadyThere, r.Rejected, r.DealsNew, r.DealsChanged, r.People,
		r.Accounts, r.AfterOutcome, r.BeforeCreation, flag(r.Refused), r.Shared, r.TookMs, r.Rejects, r.Problem)
	return err
}

func flag(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
