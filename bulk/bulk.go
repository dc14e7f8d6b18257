// Package bulk changes many records of a list at once: a manager ticks deals,
// accounts, contacts or activities, or takes all that the list finds, says one thing
// that shall change, looks at a preview, and lets it happen. The preview says what
// changes, what stays as it is, and why. Whatever someone else changed meanwhile is
// left alone, and for a week the whole change can be undone, except where somebody
// said something newer.
//
// This room owns the way from the first tick to the undoing, and what is kept of it.
// A list says only what this room cannot know (see List): which records its filter
// finds, what can be changed of them, and how one of them is changed and given back.
// The records change through their own entries in the ledger, one entry a record.
package bulk

import (
	"context"
	"embed"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Schema holds the tables of this room.
//
//go:embed schema
var Schema embed.FS

// change is one change of many records: chosen, planned (and looked at), run in
// batches, and, if its person wants that, undone in batches. It belongs to whoever
// chose.
type change struct {
	ID        string           `db:"id"`
	Person    people.ID        `db:"person_id"`
	What      string           `db:"what"` // the name of a Choice; "" before one was made
	Value     string           `db:"value"`
	State     string           `db:"state"`
	MadeAt    calendar.Instant `db:"made_at"`
	EndedAt   calendar.Instant `db:"ended_at"` // 0 before it has run
	TouchedAt calendar.Instant `db:"touched_at"`
}

// The states of a change.
const (
	chosen  = "chosen"
	planned = "planned"
	running = "running"
	done    = "done"
	undoing = "undoing"
	undone  = "undone"
)

// The states of a record in it.
const (
	rowChosen   = "chosen"
	rowReady    = "ready"
	rowRefused  = "refused"
	rowChanged  = "changed"
	rowRestored = "restored"
	rowKept     = "kept" // could not be restored
)

// Most is how many records one change may be of.
const Most = 10_000

const (
	planBatch = 1000               // records looked at at once for a preview; nothing is held meanwhile
	batch     = 100                // records for which the ledger is held at once
	undoFor   = 7 * 24 * time.Hour // for how long a change can be undone
	resting   = time.Minute        // for how long it may stand still before the job goes on with it
	shown     = 100                // records of a kind that a page lists
)

// Why a record stays as it is, beside what the rules of its room say.
var (
	SoAlready = problem.Invalid("", "It is so already.")
	Hidden    = problem.NotFound("It is no longer yours to see.")
	Overtaken = problem.Conflict("", "Someone changed it since you looked at the preview.")
	Since     = problem.Conflict("", "Someone changed it since.") // it was changed: it is not given back
	NotYours  = problem.Forbidden("It is no longer yours to change.")
)

const (
	becauseStopped = "It was stopped before its turn."
	becauseGone    = "Whoever asked for it has left."
)

var errMoved = problem.Conflict("", "This change went on meanwhile, in another window perhaps. Nothing was done twice; look at how it stands now.")

// mayUndo tells whether a change can still be undone as a whole.
func (c *change) mayUndo(now calendar.Instant) bool {
	return c.State == done && now.Sub(c.EndedAt) < undoFor
}

func (c *change) goesOn() bool { return c.State == running || c.State == undoing }

// Desk is what the work on a change is done with: who asked for it, the
// organization's data, the moment.
type Desk struct {
	Ctx    context.Context
	Viewer *people.Viewer
	DB     *db.DB
	Now    calendar.Instant
}

func (k Desk) within(tx *db.DB) Desk {
	k.DB = tx
	return k
}

// Today is the day where the organization is.
func (k Desk) Today() calendar.Date { return calendar.DateOf(k.Now, k.Viewer.Organization.Place()) }

// by is who records something from a page.
func (k Desk) by() ledger.By { return people.ByViewer(k.Viewer, k.Now) }
