package activities

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Note is a text that is kept with a deal, in Markdown. Whoever sees the deal reads
// it and may write on.
type Note struct {
	ID        ID               `db:"id"`
	Deal      deals.ID         `db:"deal_id"`
	Author    people.ID        `db:"author_id"`
	State     NoteState        `db:"state"`
	Text      string           `db:"text"`
	Versions  int64            `db:"versions"` // how often it was written; the newest counts
	PinnedAt  calendar.Instant `db:"pinned_at"`
	WrittenAt calendar.Instant `db:"written_at"`
	ChangedAt calendar.Instant `db:"changed_at"`
	ChangedBy people.ID        `db:"changed_by"`
	Version   int64            `db:"version"` // sequence of the newest entry about it
}

// NoteState tells whether a note is still there.
type NoteState string

// The states of a note.
const (
	NoteKept NoteState = "kept"
	NoteGone NoteState = "removed"
)

const longestNote = 50_000

// cleanNote refuses an empty note and one that is no note any more.
func cleanNote(text string) (string, error) {
	text, err := cleanParagraphs("text", "The note", text, longestNote)
	if err == nil && text == "" {
		err = problem.Invalid("text", "There is nothing in the note yet. Write a line, then save.")
	}
	return text, err
}

// mayRemove tells whether someone may remove a note: its author, whoever the author
// reports to, and operations.
func (n *Note) mayRemove(v *people.Viewer) bool {
	return n.Author == v.ID || v.IsAbove(n.Author) || v.SeesEveryDeal()
}

func (f *folding) note(e *ledger.Entry) error {
	var p paper
	if err := e.Read(&p); err != nil {
		return err
	}
	i, known := f.notes[ID(e.Subject)]
	if !known {
		if e.Kind == NoteWritten {
			f.notes[ID(e.Subject)] = len(f.Notes)
			f.Notes = append(f.Notes, Note{ID: ID(e.Subject), Deal: deals.ID(e.Opportunity), Author: people.ID(e.Actor),
				State: NoteKept, Text: p.Value, Versions: 1, WrittenAt: e.EffectiveAt, ChangedAt: e.EffectiveAt,
				ChangedBy: people.ID(e.Actor), Version: e.Sequence})
		}
		return nil
	}
	n := &f.Notes[i]
	n.Version = e.Sequence
	switch e.Kind {
	case NoteWritten:
		n.Text, n.ChangedAt, n.ChangedBy = p.Value, e.EffectiveAt, people.ID(e.Actor)
		n.Versions++
	case NotePinned:
		for other := range f.Notes { // one note is on top, not ten
			f.Notes[other].PinnedAt = 0
		}
		n.PinnedAt = e.EffectiveAt
	case NoteUnpinned:
		n.PinnedAt = 0
	case NoteRemoved:
		n.State, n.PinnedAt = NoteGone, 0
	}
	return nil
}
