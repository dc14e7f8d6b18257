package accounts

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// finishBulks goes on with changes that nobody watches any more: the window was
// closed, or the program was.
func finishBulks(ctx context.Context, d *db.DB, at calendar.Instant) error {
	list, err := bulksUnderWay(ctx, d, at.Add(-bulkResting))
	if err != nil {
		return err
	}
	for _, b := range list {
		if err := finish(ctx, d, b, at); err != nil {
			return fmt.Errorf("going on with the change of accounts %s: %w", b.ID, err)
		}
	}
	return nil
}

// finish works on a bulk change to its end, for whoever asked for it.
func finish(ctx context.Context, d *db.DB, b bulk, at calendar.Instant) error {
	v, err := people.LoadViewer(ctx, d, d.Org(), b.Person, at)
	k := desk{ctx, v, d, at}
	if problem.Is(err, problem.KindForbidden) {
		return k.giveUp(b, becauseGone)
	}
	for more := true; more && err == nil; {
		more, err = k.step(b.ID, ledger.By{Actor: string(v.ID), Via: ledger.ViaJob, At: at})
	}
	return err
}

// giveUp ends a bulk change where it stands.
func (k desk) giveUp(b bulk, reason string) error {
	from, to, end := rowReady, rowRefused, bulkDone
	if b.State == bulkUndoing {
		from, to, end = rowChanged, rowKept, bulkUndone
	}
	return k.d.InTx(k.ctx, func(tx *db.DB) error {
		if err := stopPicked(k.ctx, tx, b.ID, from, to, reason); err != nil {
			return err
		}
		return b.move(k, tx, end, k.now)
	})
}
