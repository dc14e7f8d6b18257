// Package process is how an organization sells, written down: the phases in which a
// buyer decides, and in each the milestones that must be true of a deal before it has
// moved on. A milestone counts when it is shown, not when it is felt, so each has
// markers: a document that there is, or an action that somebody on the buyer's side
// confirms. Beside them stand the criteria of the qualification triad: is there a need,
// is there money, is there support.
//
// A process is published as a version. A version never changes: what a deal earned
// under it stays readable as it was, and a new version says what became of each
// milestone of the one before.
package process

import (
	"embed"

	"milepost/internal/ledger"
)

// Schema holds the tables of processes.
//
//go:embed schema
var Schema embed.FS

// ID names a process. The other ids are unique within a process and stay the same
// from version to version, whatever the words become.
type (
	ID          string
	PhaseID     string
	MilestoneID string
	MarkerID    string
	CriterionID string
)

// The kinds of entry about a process; the subject is the process.
const (
	DraftSaved ledger.Kind = "process.draft_saved"  // payload: DraftFact
	Published  ledger.Kind = "process.published"    // payload: Version
	ChoiceSet  ledger.Kind = "process.choice_set"   // payload: Choice
	Retired    ledger.Kind = "process.retired"      // no new deals; those under it go on
	Revived    ledger.Kind = "process.brought_back" // chosen for new deals again
)

// Kinds lists every kind of entry about a process.
var Kinds = []ledger.Kind{DraftSaved, Published, ChoiceSet, Retired, Revived}

// DraftFact is the payload of a draft that was saved.
type DraftFact struct {
	Definition Definition `json:"definition"`
	Words      string     `json:"words,omitempty"`  // what was done to it, for the history
	Undoes     int64      `json:"undoes,omitempty"` // the sequence of the act that this takes back
}
