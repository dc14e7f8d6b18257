package bulk

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// step works on the next batch of a change, and tells whether there is more. The
// ledger is held for one batch only, so that nobody waits long behind it; the batch is
// chosen while it is held, so that two windows never work on the same records.
func (l *List) step(k Desk, id string, by ledger.By) (more bool, err error) {
	err = ledger.Record(k.Ctx, k.DB, by, func(w *ledger.Writer) error {
		inside := k.within(w.DB)
		c, err := changeOf(k.Ctx, w.DB, l.Name, k.Viewer.ID, id)
		if err != nil {
			return err
		}
		if more = c.goesOn(); !more {
			return nil
		}
		ready, work, next := rowReady, l.changeEach, done
		if c.State == undoing {
			ready, work, next = rowChanged, l.restoreEach, undone
		}
		list, err := rowsIn(k.Ctx, w.DB, id, ready, batch)
		if err != nil {
			return err
		}
		if more = len(list) == batch; more {
			next = c.State
		}
		if err := work(inside, w, &c, list); err != nil {
			return err
		}
		if err := putRows(k.Ctx, w.DB, id, list); err != nil {
			return err
		}
		return c.move(inside, w.DB, next, k.Now)
	})
	return more, err
}

// changeEach changes each record of a batch, or keeps why not.
func (l *List) changeEach(k Desk, w *ledger.Writer, c *change, list []Row) error {
	choice, err := l.choice(c.What)
	if err != nil {
		return err
	}
	ready, refused := choice.Ready(k, c.Value) // once more: whom it goes to may have left meanwhile
	if _, err := sentence(refused); err != nil {
		return err
	}
	var found map[string]Glance
	if refused == nil {
		if found, err = ready.Look(k, idsOf(list)); err != nil {
			return err
		}
	}
	for i := range list {
		r := &list[i]
		now, seen := found[r.ID]
		switch {
		case refused != nil:
			r.refuse(refused)
		case !seen:
			r.refuse(Hidden)
		case now.Refusal != nil:
			r.refuse(now.Refusal)
		case now.Before == now.After:
			r.refuse(SoAlready)
		default:
			version, err := ready.Change(k, w, *r, now)
			if _, wrong := sentence(err); wrong != nil {
				return fmt.Errorf("changing the %s %s: %w", l.One, r.ID, wrong)
			}
			if r.State = rowChanged; err != nil {
				r.refuse(err)
				continue
			}
			r.Version, r.Before, r.After = version, now.Before, now.After
		}
	}
	return nil
}

// restoreEach gives each record of a batch back what it had, where nothing newer was
// said of the same.
func (l *List) restoreEach(k Desk, w *ledger.Writer, c *change, list []Row) error {
	choice, err := l.choice(c.What)
	if err != nil {
		return err
	}
	for i := range list {
		why, err := sentence(choice.Undo(k, w, list[i]))
		if err != nil {
			return fmt.Errorf("restoring the %s %s: %w", l.One, list[i].ID, err)
		}
		if list[i].State, list[i].Reason = rowRestored, why; why != "" {
			list[i].State = rowKept
		}
	}
	return nil
}

// finish goes on with changes that nobody watches any more: the window was closed, or
// the program was.
func (l *List) finish(ctx context.Context, d *db.DB, at calendar.Instant) error {
	list, err := underWay(ctx, d, l.Name, at.Add(-resting))
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := l.finishOne(ctx, d, c, at); err != nil {
			return fmt.Errorf("going on with the change of %s %s: %w", l.Many, c.ID, err)
		}
	}
	return nil
}

// finishOne works on a change to its end, for whoever asked for it.
func (l *List) finishOne(ctx context.Context, d *db.DB, c change, at calendar.Instant) error {
	v, err := people.LoadViewer(ctx, d, d.Org(), c.Person, at)
	k := Desk{ctx, v, d, at}
	if problem.Is(err, problem.KindForbidden) || err == nil && v.SeesNoDeals() {
		return c.giveUp(k, becauseGone)
	}
	for more := true; more && err == nil; {
		more, err = l.step(k, c.ID, ledger.By{Actor: string(v.ID), Via: ledger.ViaJob, At: at})
	}
	return err
}

// giveUp ends a change where it stands.
func (c change) giveUp(k Desk, reason string) error {
	from, to, end := rowReady, rowRefused, done
	if c.State == undoing {
		from, to, end = rowChanged, rowKept, undone
	}
	return k.DB.InTx(k.Ctx, func(tx *db.DB) error {
		if err := stopRows(k.Ctx, tx, c.ID, from, to, reason); err != nil {
			return err
		}
		return c.move(k, tx, end, k.Now)
	})
}
