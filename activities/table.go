package activities

import (
	"context"
	"fmt"

	"milepost/deals"
	"milepost/internal/db"
)

// table is one of this room's tables, as far as it is made from the ledger.
type table[T comparable] struct {
	name    string
	columns []string // from the id on; org_id stands before them
	id      func(T) ID
	values  func(T) []any // in the order of the columns
}

// settle makes the rows of a deal what they should be. Rows that change are written
// before new ones, so that a step that was replaced makes room for the next.
func (t *table[T]) settle(ctx context.Context, tx *db.DB, deal deals.ID, want []T) error {
	have, err := t.ofDeals(ctx, tx, []deals.ID{deal})
	if err != nil {
		return fmt.Errorf("reading %s: %w", t.name, err)
	}
	known := make(map[ID]T, len(have))
	for _, row := range have {
		known[t.id(row)] = row
	}
	var fresh []T
	for _, row := range want {
		is, there := known[t.id(row)]
		delete(known, t.id(row))
		switch {
		case !there:
			fresh = append(fresh, row)
		case is != row:
			if err := t.update(ctx, tx, row); err != nil {
				return fmt.Errorf("writing %s: %w", t.name, err)
			}
		}
	}
	for id := range known {
		if err := t.remove(ctx, tx, id); err != nil {
			return fmt.Errorf("clearing %s: %w", t.name, err)
		}
	}
	return t.insert(ctx, tx, fresh)
}

// insert writes new rows.
func (t *table[T]) insert(ctx context.Context, tx *db.DB, list []T) error {
	rows := make([][]any, len(list))
	for i, row := range list {
		rows[i] = append([]any{string(tx.Org())}, t.values(row)...)
	}
	return tx.InsertMany(ctx, t.name, append([]string{"org_id"}, t.columns...), rows)
}

var activityTable = &table[Activity]{
	name: "activities",
	columns: []string{"id", "deal_id", "owner_id", "person_id", "type", "state", "at", "minutes", "participants", "text",
		"outcome", "via", "recorded_at", "version"},
	id: func(a Activity) ID { return a.ID },
	values: func(a Activity) []any {
		return []any{a.ID, a.Deal, a.Owner, a.Person, a.Type, a.State, int64(a.At), a.Minutes, a.Participants, a.Text,
			a.Outcome, a.Via, int64(a.RecordedAt), a.Version}
	},
}

var noteTable = &table[Note]{
	name: "notes",
	columns: []string{"id", "deal_id", "author_id", "state", "text", "versions", "pinned_at", "written_at", "changed_at",
		"changed_by", "version"},
	id: func(n Note) ID { return n.ID },
	values: func(n Note) []any {
		return []any{n.ID, n.Deal, n.Author, n.State, n.Text, n.Versions, int64(n.PinnedAt), int64(n.WrittenAt),
			int64(n.ChangedAt), n.ChangedBy, n.Version}
	},
}

var stepTable = &table[Step]{
	name:    "next_steps",
	columns: []string{"id", "deal_id", "owner_id", "text", "due", "state", "set_at", "set_by", "ended_at", "result", "version"},
	id:      func(s Step) ID { return s.ID },
	values: func(s Step) []any {
		return []any{s.ID, s.Deal, s.Owner, s.Text, s.Due, s.State, int64(s.SetAt), s.SetBy, int64(s.EndedAt), s.Result, s.Version}
	},
}

var fileTable = &table[File]{
	name: "files",
	columns: []string{"id", "deal_id", "name", "size", "type", "hash", "attached_by", "attached_at", "removed_at",
		"removed_by", "version", "confidential"},
	id: func(f File) ID { return f.ID },
	values: func(f File) []any {
		return []any{f.ID, f.Deal, f.Name, f.Size, f.Type, f.Hash, f.AttachedBy, int64(f.AttachedAt), int64(f.RemovedAt),
			f.RemovedBy, f.Version, f.Confidential}
	},
}
