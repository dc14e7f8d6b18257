package activities

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

const noNote = "There is no such note, or it is not yours to see."

// WriteNote keeps a note with a deal.
func WriteNote(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, text string) (ID, error) {
	pen, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return "", err
	}
	if text, err = cleanNote(text); err != nil {
		return "", err
	}
	id, err := pen.begin(NoteWritten, deals.Fact{Value: text})
	if err != nil {
		return "", err
	}
	return id, pen.putDown(ctx)
}

// Rewritten is that someone else wrote a note while it was being edited: both texts
// are kept apart until the person has chosen.
type Rewritten struct {
	Now Note
	error
}

// Unwrap lets the refusal be known as a conflict.
func (r *Rewritten) Unwrap() error { return r.error }

// RewriteNote makes a further version of a note. Versions is how many there were
// when the person began.
func RewriteNote(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, versions int64, text string) (Note, error) {
	pen, n, err := takeUpNote(ctx, w, v, id)
	if err != nil {
		return Note{}, err
	}
	if text, err = cleanNote(text); err != nil {
		return *n, err
	}
	if text == n.Text {
		return *n, nil
	}
	if versions != n.Versions {
		return *n, &Rewritten{*n, problem.Conflict("", "Someone saved this note while you were writing. Your text is below and nothing is lost: put both together, then save.")}
	}
	if _, err := pen.add(NoteWritten, id, deals.Fact{Value: text}); err != nil {
		return *n, err
	}
	return *n, pen.putDown(ctx)
}

// PinNote puts a note on top of the deal's notes, in the place of the one that was
// there; or takes it down again.
func PinNote(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, up bool) (Note, error) {
	pen, n, err := takeUpNote(ctx, w, v, id)
	if err != nil {
		return Note{}, err
	}
	note := *n
	if up == (n.PinnedAt != 0) {
		return note, nil
	}
	kind := NoteUnpinned
	if up {
		kind = NotePinned
	}
	if _, err := pen.add(kind, id, struct{}{}); err != nil {
		return note, err
	}
	return note, pen.putDown(ctx)
}

// RemoveNote takes a note away; its versions stay in the ledger.
func RemoveNote(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) (Note, error) {
	pen, n, err := takeUpNote(ctx, w, v, id)
	if err != nil {
		return Note{}, err
	}
	note := *n
	if !note.mayRemove(v) {
		return note, problem.Forbidden("Only whoever wrote the note, or answers for them, can remove it.")
	}
	if _, err := pen.add(NoteRemoved, id, struct{}{}); err != nil {
		return note, err
	}
	return note, pen.putDown(ctx)
}

func takeUpNote(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) (*pen, *Note, error) {
	row, err := noteTable.one(ctx, w.DB, id, noNote)
	if err != nil {
		return nil, nil, err
	}
	pen, err := takeUp(ctx, w, v, row.Deal)
	if err != nil {
		return nil, nil, hidden(err, noNote)
	}
	n, err := findIn(pen.Notes, noteTable.id, id, noNote)
	if err == nil && n.State == NoteGone {
		err = problem.NotFound("This note was removed. Its history stays in the deal's story.")
	}
	return pen, n, err
}

// NoteVersion is one text that a note has had.
type NoteVersion struct {
	Number int64
	Text   string
	By     people.ID
	At     calendar.Instant
}

// versionsOf lists what a note has said, newest first.
func versionsOf(entries []ledger.Entry, id ID) ([]NoteVersion, error) {
	var list []NoteVersion
	for i := range entries {
		e := &entries[i]
		if e.Kind != NoteWritten || ID(e.Subject) != id {
			continue
		}
		var fact deals.Fact
		if err := e.Read(&fact); err != nil {
			return nil, err
		}
		made := NoteVersion{Number: int64(len(list)) + 1, Text: fact.Value, By: people.ID(e.Actor), At: e.EffectiveAt}
		list = append([]NoteVersion{made}, list...)
	}
	return list, nil
}
