package deals

import (
	"context"
	"fmt"
	"slices"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// planBatch is how many deals are looked at at once for a preview; nothing is held
// meanwhile.
const planBatch = 1000

// choose keeps which deals a person wants to change. Those that the person does not
// see are left out without a word.
func choose(ctx context.Context, d *db.DB, v *people.Viewer, ids []ID, now Now) (bulk, error) {
	b := bulk{ID: db.NewID(now.At), Person: v.ID, State: bulkChosen, MadeAt: now.At, TouchedAt: now.At}
	var seen []picked
	for part := range slices.Chunk(ids, planBatch) {
		found, err := several(ctx, d, part)
		if err != nil {
			return b, fmt.Errorf("reading what was selected: %w", err)
		}
		for _, id := range part {
			if o, ok := found[id]; ok && v.Sees(o.Owner) {
				delete(found, id) // selected twice is selected once
				seen = append(seen, picked{Deal: id, Place: int64(len(seen) + 1), State: dealChosen})
			}
		}
	}
	if len(seen) == 0 {
		return b, problem.Invalid("deal", "No deal is selected. Tick the deals that shall change, then try again.")
	}
	return b, d.InTx(ctx, func(tx *db.DB) error {
		if err := forgetUnused(ctx, tx, v.ID); err != nil {
			return err
		}
		if err := insertBulk(ctx, tx, b); err != nil {
			return err
		}
		return putPicked(ctx, tx, b.ID, seen)
	})
}

// plan keeps what shall become of the deals, and foresees what would become of each.
func plan(ctx context.Context, d *db.DB, v *people.Viewer, b bulk, now Now) error {
	rule, err := b.rule(ctx, d, v, now)
	if err != nil {
		return err
	}
	if _, err := rule(&Opportunity{CloseDate: now.Today()}); err != nil && b.What != bulkShift {
		return err // it can be so of no deal
	}
	for place := int64(0); ; {
		list, err := pickedAfter(ctx, d, b.ID, place, planBatch)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return setPlan(ctx, d, b, now)
		}
		found, err := several(ctx, d, dealsOf(list))
		if err != nil {
			return err
		}
		for i := range list {
			o, ok := found[list[i].Deal]
			if !ok || !v.Sees(o.Owner) {
				list[i].refuse(problem.NotFound(""))
				continue
			}
			list[i].foresee(&o, b.What, rule)
		}
		if err := keepPlan(ctx, d, b, list); err != nil {
			return err
		}
		place = list[len(list)-1].Place
	}
}

// keepPlan writes a part of a preview, unless the change has begun meanwhile.
func keepPlan(ctx context.Context, d *db.DB, b bulk, list []picked) error {
	return d.InTx(ctx, func(tx *db.DB) error {
		stands, err := bulkOf(ctx, tx, b.Person, b.ID)
		if err == nil && stands.State != bulkChosen && stands.State != bulkPlanned {
			err = errBulkMoved
		}
		if err != nil {
			return err
		}
		return putPicked(ctx, tx, b.ID, list)
	})
}

func setPlan(ctx context.Context, d *db.DB, b bulk, now Now) error {
	from := b.State
	b.State, b.TouchedAt = bulkPlanned, now.At
	ok, err := moveBulk(ctx, d, b, from)
	if err == nil && !ok {
		err = errBulkMoved
	}
	return err
}

var errBulkMoved = problem.Conflict("", "This change went on meanwhile, in another window perhaps. Nothing was done twice; look at how it stands now.")

func dealsOf(list []picked) []ID {
	ids := make([]ID, len(list))
	for i, p := range list {
		ids[i] = p.Deal
	}
	return ids
}

// move brings a bulk change on to its next state.
func (b bulk) move(ctx context.Context, d *db.DB, to string, now calendar.Instant) error {
	from := b.State
	b.State, b.TouchedAt = to, now
	if to == bulkDone || to == bulkUndone {
		b.EndedAt = now
	}
	ok, err := moveBulk(ctx, d, b, from)
	if err == nil && !ok {
		err = errBulkMoved
	}
	return err
}

// step works on the next batch of a bulk change, and tells whether there is more. The
// ledger is held for one batch only, so that nobody waits long behind it; the batch is
// chosen while it is held, so that two windows never work on the same deals.
func step(ctx context.Context, d *db.DB, v *people.Viewer, id string, by ledger.By, now Now) (more bool, err error) {
	err = ledger.Record(ctx, d, by, func(w *ledger.Writer) error {
		b, err := bulkOf(ctx, w.DB, v.ID, id)
		if err != nil {
			return err
		}
		more = b.State == bulkRunning || b.State == bulkUndoing
		if !more {
			return nil
		}
		ready, work, end := dealReady, changeEach, bulkDone
		if b.State == bulkUndoing {
			ready, work, end = dealChanged, restoreEach, bulkUndone
		}
		list, err := pickedIn(ctx, w.DB, id, ready, bulkBatch)
		if err != nil {
			return err
		}
		if more = len(list) > 0; !more {
			return b.move(ctx, w.DB, end, now.At)
		}
		if err := work(ctx, w, v, &b, list, now); err != nil {
			return err
		}
		if err := putPicked(ctx, w.DB, id, list); err != nil {
			return err
		}
		return b.move(ctx, w.DB, b.State, now.At)
	})
	return more, err
}

// changeEach changes each deal of a batch, or keeps why not.
func changeEach(ctx context.Context, w *ledger.Writer, v *people.Viewer, b *bulk, list []picked, now Now) error {
	rule, refused := b.rule(ctx, w.DB, v, now)
	if _, ok := problem.Of(refused); refused != nil && !ok {
		return refused
	}
	for i := range list {
		p := &list[i]
		if refused != nil {
			p.refuse(refused) // the heir has left meanwhile
			continue
		}
		changed := false
		after, err := Edit(ctx, w, v, p.Deal, p.Version, func(o *Opportunity) ([]Change, error) {
			changes, err := rule(o)
			changed = len(changes) > 0
			return changes, err
		})
		if _, ok := problem.Of(err); err != nil && !ok {
			return fmt.Errorf("changing deal %s: %w", p.Deal, err)
		}
		switch {
		case err != nil:
			p.refuse(err)
		case !changed:
			p.State, p.Reason = dealRefused, "It is so already."
		default:
			p.State, p.Version = dealChanged, after.Version
		}
	}
	return nil
}

// restoreEach gives each deal of a batch back what it had, where nobody changed it
// since.
func restoreEach(ctx context.Context, w *ledger.Writer, v *people.Viewer, b *bulk, list []picked, _ Now) error {
	former, err := formerOwners(ctx, w.DB, b, list)
	if err != nil {
		return err
	}
	found, err := several(ctx, w.DB, dealsOf(list))
	if err != nil {
		return err
	}
	for i := range list {
		p, o := &list[i], found[list[i].Deal]
		since, err := changesSince(ctx, w.DB, p.Deal, p.Version)
		if err != nil {
			return err
		}
		p.State = dealKept
		switch owner := former[people.ID(p.Before)]; {
		case len(since) > 0:
			p.Reason = "Someone changed it since."
		case !v.Sees(o.Owner) && !(b.What == bulkOwner && v.Sees(people.ID(p.Before))):
			p.Reason = "It is no longer yours to change."
		case owner.ID != "" && !owner.Active():
			p.Reason = owner.Name + ", who had it, has left."
		default:
			if _, err := Record(ctx, w, p.Deal, 0, back(b.What, p)); err != nil {
				return fmt.Errorf("restoring deal %s: %w", p.Deal, err)
			}
			p.State, p.Reason = dealRestored, ""
		}
	}
	return nil
}

// formerOwners reads who had the deals, each person once.
func formerOwners(ctx context.Context, d *db.DB, b *bulk, list []picked) (map[people.ID]people.Person, error) {
	known := map[people.ID]people.Person{"": {}}
	for _, p := range list {
		id := people.ID(p.Before)
		if _, read := known[id]; b.What != bulkOwner || read {
			continue
		}
		person, err := people.PersonOf(ctx, d, d.Org(), id)
		if err != nil {
			return nil, fmt.Errorf("reading who had a deal: %w", err)
		}
		known[id] = person
	}
	return known, nil
}

// back is the fact that gives a deal its former value, and takes back the change.
func back(what string, p *picked) Change {
	switch what {
	case bulkOwner:
		return Change{Kind: OwnerSet, Fact: Fact{Person: people.ID(p.Before), Undoes: p.Version}}
	case bulkStage:
		return Change{Kind: StageSet, Fact: Fact{Value: p.Before, Undoes: p.Version}}
	}
	return Change{Kind: CloseDateSet, Fact: Fact{Date: calendar.Date(p.Before), Undoes: p.Version}}
}

// bulkResting is for how long a change may stand still before the job goes on with
// it: its window was closed, or the program was.
const bulkResting = time.Minute

// finishBulks goes on with changes that nobody watches any more.
func finishBulks(ctx context.Context, d *db.DB, at calendar.Instant) error {
	list, err := bulksUnderWay(ctx, d, at.Add(-bulkResting))
	if err != nil {
		return err
	}
	for _, b := range list {
		if err := finish(ctx, d, b, at); err != nil {
			return fmt.Errorf("going on with the bulk change %s: %w", b.ID, err)
		}
	}
	return nil
}

// finish works on a bulk change to its end, for whoever asked for it.
func finish(ctx context.Context, d *db.DB, b bulk, at calendar.Instant) error {
	v, err := people.LoadViewer(ctx, d, d.Org(), b.Person, at)
	if problem.Is(err, problem.KindForbidden) {
		return giveUp(ctx, d, b, "Whoever asked for it has left.", at)
	}
	for more := true; more && err == nil; {
		by := ledger.By{Actor: string(v.ID), Via: ledger.ViaJob, At: at}
		more, err = step(ctx, d, v, b.ID, by, Now{at, v.Organization.Place()})
	}
	return err
}

// giveUp ends a bulk change where it stands.
func giveUp(ctx context.Context, d *db.DB, b bulk, reason string, at calendar.Instant) error {
	return d.InTx(ctx, func(tx *db.DB) error {
		if b.State == bulkUndoing {
			if err := stopPicked(ctx, tx, b.ID, dealChanged, dealKept, reason); err != nil {
				return err
			}
			return b.move(ctx, tx, bulkUndone, at)
		}
		if err := stopPicked(ctx, tx, b.ID, dealReady, dealRefused, reason); err != nil {
			return err
		}
		return b.move(ctx, tx, bulkDone, at)
	})
}
