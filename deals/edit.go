package deals

import (
	"context"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Rule says which facts to record of a deal as it stands: none when it is so
// already, or why not.
type Rule func(*Opportunity) ([]Change, error)

// Edit records what a rule makes of a deal as it stands, for a person who sees it:
// who sees a deal may work on it. Version is the one that the person saw, or 0. When
// someone else changed the deal since, nothing is written; that something was
// merely added to it (an activity, a milestone) stands in nobody's way.
func Edit(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, version int64, rule Rule) (Opportunity, error) {
	o, err := FindFor(ctx, w.DB, v, id)
	if err != nil {
		return o, err
	}
	if version != 0 && version != o.Version {
		since, err := changesSince(ctx, w.DB, id, version)
		if err != nil {
			return o, err
		}
		if len(since) > 0 {
			return o, problem.Conflict("", "Someone changed this deal while you were at it. Nothing of yours was saved yet: look at what changed, then save again.")
		}
	}
	changes, err := rule(&o)
	if err != nil || len(changes) == 0 {
		return o, err
	}
	after, err := Record(ctx, w, id, 0, changes...)
	if err != nil {
		return after, err
	}
	return after, mustHold(&after, changes)
}

// FindFor reads a deal that a person may see; what they may not see is not there.
func FindFor(ctx context.Context, d *db.DB, v *people.Viewer, id ID) (Opportunity, error) {
	o, err := Find(ctx, d, v.Org, id)
	if problem.Is(err, problem.KindNotFound) {
		return o, problem.NotFound("There is no such deal, or it is not yours to see.") // the words of MustSee
	}
	if err != nil {
		return o, err
	}
	return o, v.MustSee(o.Owner)
}

// changing are the kinds that change what a deal is; the others, of this room and
// of others, add to it (an activity, a note, a file), and hold up nobody's edit.
var changing = map[ledger.Kind]bool{Created: true, Retitled: true, AccountSet: true, OwnerSet: true, AttributeSet: true,
	AmountSet: true, ProcessSet: true, CloseDateSet: true, StageSet: true, Closed: true, Reopened: true}

// changesSince lists the entries after a version that changed what the deal was.
func changesSince(ctx context.Context, d *db.DB, id ID, version int64) ([]ledger.Entry, error) {
	entries, err := ledger.OfOpportunity(ctx, d, d.Org(), string(id))
	var since []ledger.Entry
	for _, e := range entries {
		if e.Sequence > version && changing[e.Kind] {
			since = append(since, e)
		}
	}
	return since, err
}

// mustHold refuses a change that something which is true from a later moment
// overrules: the person would find it undone.
func mustHold(o *Opportunity, changes []Change) error {
	for _, c := range changes {
		switch {
		case c.Kind == Closed && o.IsOpen():
			return problem.Invalid("date", "The deal was reopened after that day. Choose a day since then.")
		case c.Kind == Reopened && !o.IsOpen():
			return problem.Invalid("reason", "The deal's end is dated later than now, so it cannot be reopened yet.")
		}
	}
	return nil
}
