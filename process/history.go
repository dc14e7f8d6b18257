package process

import (
	"context"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Step is one act on a draft that still counts: nobody undid it.
type Step struct {
	Sequence   int64
	At         calendar.Instant
	By         people.ID
	Words      string // what was done; empty when nobody said
	Definition Definition
}

// History lists the acts on the draft since the newest version, or since the draft was
// begun. The first is what it began from, and cannot be undone.
func History(ctx context.Context, d *db.DB, id ID) ([]Step, error) {
	entries, err := ledger.OfSubject(ctx, d, d.Org(), string(id))
	if err != nil {
		return nil, err
	}
	return steps(entries)
}

// steps goes through the entries of a process. An act that was undone is taken off, and
// so is the undoing.
func steps(entries []ledger.Entry) ([]Step, error) {
	var list []Step
	for i := range entries {
		e := &entries[i]
		step := Step{Sequence: e.Sequence, At: e.RecordedAt, By: people.ID(e.Actor)}
		switch e.Kind {
		case DraftSaved:
			var fact DraftFact
			if err := e.Read(&fact); err != nil {
				return nil, err
			}
			if fact.Undoes != 0 {
				list = slices.DeleteFunc(list, func(s Step) bool { return s.Sequence == fact.Undoes })
				continue
			}
			step.Words, step.Definition = fact.Words, fact.Definition
			list = append(list, step)
		case Published:
			var v Version
			if err := e.Read(&v); err != nil {
				return nil, err
			}
			step.Definition = v.Definition
			list = []Step{step}
		}
	}
	return list, nil
}

// Undo takes the newest act on the draft back, and says which it was.
func Undo(ctx context.Context, w *ledger.Writer, id ID, seen int64) (Process, Step, error) {
	p, err := takeUp(ctx, w, id, seen)
	if err != nil {
		return Process{}, Step{}, err
	}
	list, err := History(ctx, w.DB, id)
	if err != nil {
		return p.Process, Step{}, err
	}
	if len(list) < 2 {
		return p.Process, Step{}, problem.Invalid("", "There is nothing to undo.")
	}
	undone, before := list[len(list)-1], list[len(list)-2]
	after, err := p.put(ctx, DraftSaved, DraftFact{Definition: before.Definition, Undoes: undone.Sequence})
	return after, undone, err
}
