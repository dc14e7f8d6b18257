package activities

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/problem"
)

// openStep is the open next step of a deal, and the one that ended last; nil where
// there is none.
func stepsOf(ctx context.Context, d *db.DB, deal deals.ID) (open, last *Step, err error) {
	const fields = `id, deal_id, owner_id, text, due, state, set_at, set_by, ended_at, result, version`
	one := func(where string) (*Step, error) {
		step, err := db.One[Step](ctx, d, `
			select `+fields+`
			from next_steps
			where org_id = $1 and deal_id = $2 and `+where+`
			limit 1`, d.Org(), deal)
		if problem.Is(err, problem.KindNotFound) {
			return nil, nil
		}
		return &step, err
	}
	if open, err = one("state = 'open'"); err != nil || open != nil {
		return open, nil, err
	}
	last, err = one("state in ('done', 'dropped') order by ended_at desc, id desc")
	return nil, last, err
}

// latest lists the newest activities of a deal in a state; of plans, what comes next.
func latest(ctx context.Context, d *db.DB, deal deals.ID, state State, most int) ([]Activity, error) {
	order := "at desc, id desc"
	if state == Ahead {
		order = "at, id"
	}
	return db.All[Activity](ctx, d, `
		select id, deal_id, owner_id, person_id, type, state, at, minutes, participants, text, outcome, via, recorded_at, version
		from activities
		where org_id = $1 and deal_id = $2 and state = $3
		order by `+order+`
		limit $4`, d.Org(), deal, state, most)
}

// notesOf lists the notes of a deal: the pinned one first, then what was written
// last.
func notesOf(ctx context.Context, d *db.DB, deal deals.ID, most int) ([]Note, error) {
	return db.All[Note](ctx, d, `
		select id, deal_id, author_id, state, text, versions, pinned_at, written_at, changed_at, changed_by, version
		from notes
		where org_id = $1 and deal_id = $2 and state = 'kept'
		order by pinned_at desc, written_at desc, id desc
		limit $3`, d.Org(), deal, most)
}

// filesOf lists the files of a deal, newest first.
func filesOf(ctx context.Context, d *db.DB, deal deals.ID) ([]File, error) {
	return db.All[File](ctx, d, `
		select id, deal_id, name, size, type, hash, attached_by, attached_at, removed_at, removed_by, version, confidential
		from files
		where org_id = $1 and deal_id = $2 and removed_at = 0
		order by attached_at desc, version desc`, d.Org(), deal)
}

// counts tells how much a deal has, for the heads of the panel.
type counts struct {
	Done  int64 `db:"done"`
	Notes int64 `db:"notes"`
}

func countsOf(ctx context.Context, d *db.DB, deal deals.ID) (counts, error) {
	return db.One[counts](ctx, d, `
		select (select count(*) from activities where org_id = $1 and deal_id = $2 and state = 'done') as done,
			(select count(*) from notes where org_id = $1 and deal_id = $2 and state = 'kept') as notes`, d.Org(), deal)
}
