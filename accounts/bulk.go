package accounts

import (
	"time"

	"milepost/calendar"
	"milepost/people"
	"milepost/problem"
)

// bulk is one change of many accounts: chosen, planned (and looked at), run in
// batches, and, if its person wants that, undone in batches. It belongs to whoever
// chose. It goes as a bulk change of deals does; what a deal is changed by and what an
// account is changed by have little in common, so that each room keeps its own.
type bulk struct {
	ID        string           `db:"id"`
	Person    people.ID        `db:"person_id"`
	What      string           `db:"what"`
	Value     string           `db:"value"`
	State     string           `db:"state"`
	MadeAt    calendar.Instant `db:"made_at"`
	EndedAt   calendar.Instant `db:"ended_at"` // 0 before it has run
	TouchedAt calendar.Instant `db:"touched_at"`
}

// The states of a bulk change.
const (
	bulkChosen  = "chosen"
	bulkPlanned = "planned"
	bulkRunning = "running"
	bulkDone    = "done"
	bulkUndoing = "undoing"
	bulkUndone  = "undone"
)

// The states of an account in it.
const (
	rowChosen   = "chosen"
	rowReady    = "ready"
	rowRefused  = "refused"
	rowChanged  = "changed"
	rowRestored = "restored"
	rowKept     = "kept" // could not be restored
)

// What a bulk change can change: fields of an account, under their names.
const (
	bulkOwner    = "owner"
	bulkIndustry = "industry"
)

// nobody is what is chosen so that nobody looks after the accounts any more; to
// choose nothing is something else.
const nobody = "nobody"

const (
	mostInBulk  = 10_000             // accounts of one change
	planBatch   = 1000               // accounts looked at at once for a preview; nothing is held meanwhile
	bulkBatch   = 100                // accounts for which the ledger is held at once
	undoFor     = 7 * 24 * time.Hour // for how long a change can be undone
	bulkResting = time.Minute        // for how long it may stand still before the job goes on with it
)

// Why an account stays as it is, beside what the rule of its field says.
const (
	becauseSame    = "It is so already."
	becauseHidden  = "It is no longer yours to see."
	becauseMerged  = "It went into another account."
	becauseChanged = "Someone changed it since you looked at the preview."
	becauseSince   = "Someone changed it since."
	becauseStopped = "It was stopped before its turn."
	becauseGone    = "Whoever asked for it has left."
)

// picked is an account of a bulk change, and what becomes of it.
type picked struct {
	Account ID     `db:"account_id"`
	Place   int64  `db:"place"`
	State   string `db:"state"`
	Version int64  `db:"version"` // that the preview saw; once changed, the sequence of the change
	Before  string `db:"value_before"`
	After   string `db:"value_after"`
	Reason  string `db:"reason"`
}

// to is the value that every account shall have, as the rule of its field wants it
// and within the reach of whoever asks.
func (b *bulk) to(k desk) (string, error) {
	switch {
	case b.What == bulkOwner && b.Value == nobody:
		return "", nil
	case b.What == bulkOwner && b.Value == "":
		return "", problem.Invalid(bulkOwner, "Choose who shall look after them.")
	case b.What == bulkOwner:
		return b.Value, k.mayLookAfter(b.Value)
	case b.What == bulkIndustry:
		f, err := fieldNamed(accountFields, bulkIndustry)
		if err != nil {
			return "", err
		}
		value, err := f.cleaned(b.Value)
		if err == nil && value == "" {
			err = problem.Invalid(bulkIndustry, "Say which industry they are in.")
		}
		return value, err
	}
	return "", problem.Invalid("", "Choose what shall change.")
}

// mayLookAfter refuses a new owner who is out of reach or has left.
func (k desk) mayLookAfter(id string) error {
	if err := k.mayBecome(bulkOwner, id); err != nil {
		return err
	}
	p, err := people.PersonOf(k.ctx, k.d, k.d.Org(), people.ID(id))
	switch {
	case problem.Is(err, problem.KindNotFound):
		return problem.Invalid(bulkOwner, "There is no such person here.")
	case err == nil && !p.Active():
		return problem.Invalid(bulkOwner, "%s has left. Choose someone who is here.", p.Name)
	}
	return err
}

// foresee says what would become of an account as it stands.
func (p *picked) foresee(a *Account, what, to string) {
	p.Version, p.Before, p.After = a.Version, *a.at(what), to
	switch {
	case a.MergedInto != "":
		p.refuse(becauseMerged)
	case p.Before == to:
		p.refuse(becauseSame)
	default:
		p.State, p.Reason = rowReady, ""
	}
}

// refuse keeps why an account does not change, in words for whoever asked.
func (p *picked) refuse(reason string) { p.State, p.Reason = rowRefused, reason }

// keep says why an account could not be brought back.
func (p *picked) keep(reason string) { p.State, p.Reason = rowKept, reason }

// mayUndo tells whether a change can still be undone as a whole.
func (b *bulk) mayUndo(now calendar.Instant) bool {
	return b.State == bulkDone && now.Sub(b.EndedAt) < undoFor
}
