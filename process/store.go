package process

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

type processRow struct {
	ID        ID               `db:"id"`
	State     State            `db:"state"`
	Draft     string           `db:"draft"`
	Changed   int64            `db:"changed"`
	Choice    string           `db:"choice"`
	ChangedAt calendar.Instant `db:"changed_at"`
	ChangedBy people.ID        `db:"changed_by"`
	Version   int64            `db:"version"`
}

type versionRow struct {
	Process ID     `db:"process_id"`
	Number  int    `db:"number"`
	Content string `db:"content"`
}

var processColumns = []string{"id", "state", "draft", "changed", "choice", "changed_at", "changed_by", "version"}

// write makes the rows of a process what it comes to; versions that are there stay.
func write(ctx context.Context, tx *db.DB, p *Process) error {
	draft, err := json.Marshal(p.Draft)
	if err != nil {
		return fmt.Errorf("packing the draft of process %s: %w", p.ID, err)
	}
	choice, err := json.Marshal(p.Choice)
	if err != nil {
		return fmt.Errorf("packing the choice of process %s: %w", p.ID, err)
	}
	changed := 0
	if p.Changed {
		changed = 1
	}
	if _, err := tx.Exec(ctx, `
		insert into processes (org_id, id, state, draft, changed, choice, changed_at, changed_by, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (org_id, id) do update set state = excluded.state, draft = excluded.draft, changed = excluded.changed,
			choice = excluded.choice, changed_at = excluded.changed_at, changed_by = excluded.changed_by, version = excluded.version`,
		tx.Org(), p.ID, p.State, string(draft), changed, string(choice), int64(p.ChangedAt), p.ChangedBy, p.Version); err != nil {
		return fmt.Errorf("writing process %s: %w", p.ID, err)
	}
	for i := range p.Versions {
		content, err := json.Marshal(p.Versions[i])
		if err != nil {
			return fmt.Errorf("packing version %d of process %s: %w", p.Versions[i].Number, p.ID, err)
		}
		if _, err := tx.Exec(ctx, `
			insert into process_versions (org_id, process_id, number, content)
			values ($1, $2, $3, $4)
			on conflict (org_id, process_id, number) do nothing`, tx.Org(), p.ID, p.Versions[i].Number, string(content)); err != nil {
			return fmt.Errorf("writing version %d of process %s: %w", p.Versions[i].Number, p.ID, err)
		}
	}
	return nil
}

// All reads every process of the organization that the handle is confined to, those
// that deals are worked by first, in the order in which they are chosen.
func All(ctx context.Context, d *db.DB) ([]Process, error) {
	rows, err := db.All[processRow](ctx, d, `
		select `+strings.Join(processColumns, ", ")+`
		from processes
		where org_id = $1
		order by id`, d.Org())
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	versions, err := db.All[versionRow](ctx, d, `
		select process_id, number, content
		from process_versions
		where org_id = $1
		order by process_id, number`, d.Org())
	if err != nil {
		return nil, err
	}
	list := make([]Process, len(rows))
	for i, r := range rows {
		if list[i], err = r.process(); err != nil {
			return nil, err
		}
		for _, v := range versions {
			if v.Process != r.ID {
				continue
			}
			read, err := readVersion(d.Org(), v)
			if err != nil {
				return nil, err
			}
			list[i].Versions = append(list[i].Versions, read)
		}
	}
	inOrder(list)
	return list, nil
}

// Find reads one process.
func Find(ctx context.Context, d *db.DB, id ID) (Process, error) {
	list, err := All(ctx, d)
	for _, p := range list {
		if p.ID == id {
			return p, nil
		}
	}
	if err == nil {
		err = problem.NotFound("There is no such process.")
	}
	return Process{}, err
}

func (r processRow) process() (Process, error) {
	p := Process{ID: r.ID, State: r.State, Changed: r.Changed == 1, Version: r.Version, ChangedAt: r.ChangedAt, ChangedBy: r.ChangedBy}
	if err := json.Unmarshal([]byte(r.Draft), &p.Draft); err != nil {
		return p, fmt.Errorf("reading the draft of process %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Choice), &p.Choice); err != nil {
		return p, fmt.Errorf("reading the choice of process %s: %w", r.ID, err)
	}
	return p, nil
}

// recordedProcesses lists the processes that entries are about.
func recordedProcesses(ctx context.Context, d *db.DB) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct subject
		from entries
		where org_id = $1 and `+d.OneOf("kind", 2)+`
		order by subject`, d.Org(), db.List([]string{string(DraftSaved), string(Published)}))
}
