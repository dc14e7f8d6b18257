// Package activities is what happened in a deal and what is next: calls, meetings
// and visits; the notes and files that people keep with it; and the one next step
// that somebody owns. A rep logs from anywhere in a few seconds; a manager reads
// what the team did this week, and sees which deals have nothing planned.
//
// Everything is an entry in the ledger. The four tables are made from it by one
// fold (see fold.go), in the transaction that adds the entry and, for entries that
// imports and other rooms wrote, by a follower.
package activities

import (
	"embed"

	"milepost/deals"
	"milepost/internal/ledger"
)

// Schema holds the tables of activities.
//
//go:embed schema
var Schema embed.FS

// The kinds of entry of this room, beside deals.ActivityLogged, whose payload it
// shares. All carry the deal they belong to. The subject of a later entry is the id
// of the first, which is also the id of the activity, note, step or file.
const (
	Planned   ledger.Kind = "activity.planned"      // a Report; At: when it is to be. About an activity: it is planned again
	Corrected             = deals.ActivityCorrected // a Report, whole: what counts instead; Person: who did it after all
	Withdrawn             = deals.ActivityWithdrawn // it did not happen, or was logged by mistake

	NoteWritten  ledger.Kind = "note.written" // Value: the text, of which this is the newest version
	NotePinned   ledger.Kind = "note.pinned"
	NoteUnpinned ledger.Kind = "note.unpinned"
	NoteRemoved  ledger.Kind = "note.removed"

	StepSet  = deals.StepSet
	StepDone = deals.StepDone

	FileAttached ledger.Kind = "file.attached" // Name; Hash, Size and Type of the content
	FileRemoved  ledger.Kind = "file.removed"
)

// Kinds lists every kind that this room reads.
var Kinds = []ledger.Kind{deals.ActivityLogged, Planned, Corrected, Withdrawn, NoteWritten, NotePinned, NoteUnpinned,
	NoteRemoved, StepSet, StepDone, FileAttached, FileRemoved}

// paper is the payload of notes, steps and files.
type paper struct {
	deals.Fact
	Hash string `json:"hash,omitempty"`
	Size int64  `json:"size,omitempty"`
	Type string `json:"type,omitempty"`
}
